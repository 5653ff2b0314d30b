-- P(X >= k) for X ~ Binomial(n, p), p being the chance that a count ends in zero. Worked out once for every n that can come up,
-- by logarithms of factorials, since no engine has the function.
{% set most_trials = 200 -%}
with

numbers as (

    select {{ each_whole_number(0, most_trials) }} as whole_number

),

factorials as (

    select
        whole_number,
        sum(case when whole_number > 0 then ln(whole_number) else 0 end) over (order by whole_number) as ln_factorial
    from numbers

),

chances as (

    select
        trials.whole_number as trial_count,
        hits.whole_number as hit_count,
        exp(
            trials.ln_factorial - hits.ln_factorial - misses.ln_factorial
            + hits.whole_number * ln({{ plausibility_limit('round_numbers', 'chance_of_round') }})
            + misses.whole_number * ln(1 - {{ plausibility_limit('round_numbers', 'chance_of_round') }})
        ) as chance
    from factorials as trials
    inner join factorials as hits on hits.whole_number <= trials.whole_number
    inner join factorials as misses on misses.whole_number = trials.whole_number - hits.whole_number

)

-- Summed from the small end, so that a tail of one in a billion is not lost in rounding.
select
    trial_count,
    hit_count,
    sum(chance) over (partition by trial_count order by hit_count desc) as tail_chance
from chances
