{#-
    Of rows that hold numerator, denominator and value against those of another reading (other_numerator …; null where that part
    is not to be compared), the ones in which a part differs by enough, ranked by how much. `difference` says what counts, from
    {found} and {other}; enough is least_difference, and least_ratio of the other reading, both columns of the rows.
-#}
{% macro widest_part(compared, difference) -%}
    select
        *,
        row_number() over (
            partition by rule_code, unit_number, indicator_number, period_type_number, period_number
            order by abs(found_figure - expected_figure) desc, part
        ) as width_rank
    from (
        {% for part in ['numerator', 'denominator', 'value'] %}
            select
                rule_code,
                unit_number,
                indicator_number,
                period_type_number,
                period_number,
                first_period_code,
                figure_count,
                '{{ part }}' as part,
                {{ part }} as found_figure,
                other_{{ part }} as expected_figure
            from {{ compared }}
            where {{ difference | replace('{found}', part) | replace('{other}', 'other_' ~ part) }}
                >= greatest(least_difference, least_ratio * other_{{ part }})
            {% if not loop.last %}union all{% endif %}
        {% endfor %}
    ) as parts
{%- endmacro %}

{#- One question for each run of successive periods among the widest parts: at the last period of the run. -#}
{% macro widest_at_ends_of_runs(questions) -%}
    select *
    from (
        select
            *,
            lead(period_number) over (
                partition by rule_code, unit_number, indicator_number, period_type_number order by period_number
            ) as next_period_number
        from {{ questions }}
        where width_rank = 1
    ) as in_order
    where next_period_number is null or next_period_number > period_number + 1
{%- endmacro %}
