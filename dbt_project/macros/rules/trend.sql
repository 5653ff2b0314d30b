{#-
    The five last periods of a type are enough to call a trend, and fewer are not. Each macro takes the names of five columns each,
    oldest first, and expects all of them to be known.
-#}

{#- Chi-square with one degree of freedom at 0.998: chance alone passes it once in 500 times. -#}
{% macro chi_square_998() %}9.549535706083223{% endmacro %}

{#- Student's t with three degrees of freedom at 0.975, squared: five points and a line leave three. -#}
{% macro t_square_975() %}10.127964486013928{% endmacro %}

{#- Slope of a weighted line through rates x/n at equal steps, times a positive number; `without` leaves one period out. -#}
{% macro slope_of_rates(x, n, without=none) -%}
    {%- set kept = range(x | length) | reject('equalto', without) | list -%}
    {%- set terms_xt, terms_nt, terms_x, terms_n = [], [], [], [] -%}
    {%- for i in kept -%}
        {%- do terms_xt.append((i - 2) ~ ' * ' ~ x[i]) -%}
        {%- do terms_nt.append((i - 2) ~ ' * ' ~ n[i]) -%}
        {%- do terms_x.append(x[i]) -%}
        {%- do terms_n.append(n[i]) -%}
    {%- endfor -%}
    (({{ terms_xt | join(' + ') }}) - ({{ terms_nt | join(' + ') }}) * ({{ terms_x | join(' + ') }}) / ({{ terms_n | join(' + ') }}))
{%- endmacro %}

{#- Chi-square statistic for a linear trend in proportions (Cochran 1954, Armitage 1955); null when all or none are in the numerator. -#}
{% macro chi_square_of_trend(x, n) -%}
    {%- set sum_x = '(' ~ x | join(' + ') ~ ')' -%}
    {%- set sum_n = '(' ~ n | join(' + ') ~ ')' -%}
    {%- set terms_ntt, terms_nt = [], [] -%}
    {%- for i in range(n | length) -%}
        {%- do terms_ntt.append((i - 2) * (i - 2) ~ ' * ' ~ n[i]) -%}
        {%- do terms_nt.append((i - 2) ~ ' * ' ~ n[i]) -%}
    {%- endfor -%}
    {%- set nt = '(' ~ terms_nt | join(' + ') ~ ')' -%}
    (power({{ slope_of_rates(x, n) }}, 2) / nullif(
        {{ sum_x }} / {{ sum_n }} * (1 - {{ sum_x }} / {{ sum_n }})
        * (({{ terms_ntt | join(' + ') }}) - {{ nt }} * {{ nt }} / {{ sum_n }}), 0
    ))
{%- endmacro %}

{#-
    Whether a t-test calls the slope of a line through rates x/n, weighted by n: chi-square takes months as samples of one rate, and
    they may vary by more than chance. With the sums of squares of steps (S), of rates (R) and of their products (P),
    t² = 3 P² / (S R - P²). A line without residuals passes; a line without a slope fails at chi-square before.
-#}
{% macro is_slope_beyond_scatter(x, n) -%}
    {%- set sum_x = '(' ~ x | join(' + ') ~ ')' -%}
    {%- set sum_n = '(' ~ n | join(' + ') ~ ')' -%}
    {%- set terms_nt, terms_ntt, terms_xx = [], [], [] -%}
    {%- for i in range(x | length) -%}
        {%- do terms_nt.append((i - 2) ~ ' * ' ~ n[i]) -%}
        {%- do terms_ntt.append((i - 2) * (i - 2) ~ ' * ' ~ n[i]) -%}
        {%- do terms_xx.append(x[i] ~ ' * ' ~ x[i] ~ ' / ' ~ n[i]) -%}
    {%- endfor -%}
    {%- set nt = '(' ~ terms_nt | join(' + ') ~ ')' -%}
    {%- set steps = '((' ~ terms_ntt | join(' + ') ~ ') - ' ~ nt ~ ' * ' ~ nt ~ ' / ' ~ sum_n ~ ')' -%}
    {%- set rates = '((' ~ terms_xx | join(' + ') ~ ') - ' ~ sum_x ~ ' * ' ~ sum_x ~ ' / ' ~ sum_n ~ ')' -%}
    (3 + {{ t_square_975() }}) * power({{ slope_of_rates(x, n) }}, 2) > {{ t_square_975() }} * {{ steps }} * {{ rates }}
{%- endmacro %}

{#- 1 rising, -1 falling, 0 neither: the whole trend is certain, no single period makes it, and it stands out of the scatter. -#}
{% macro trend_of_rates(x, n) -%}
    {%- set slopes = [] -%}
    {%- for i in range(x | length) -%}{%- do slopes.append(slope_of_rates(x, n, i)) -%}{%- endfor -%}
    case
        when coalesce({{ chi_square_of_trend(x, n) }}, 0) <= {{ chi_square_998() }} then 0
        when not ({{ is_slope_beyond_scatter(x, n) }}) then 0
        when least({{ slopes | join(', ') }}) > {{ tolerance() }} then 1
        when greatest({{ slopes | join(', ') }}) < -{{ tolerance() }} then -1
        else 0
    end
{%- endmacro %}

{#- Kendall's S: pairs that rise less pairs that fall. -#}
{% macro kendall_s(v) -%}
    {%- set terms = [] -%}
    {%- for i in range(v | length) -%}{%- for j in range(i + 1, v | length) -%}
        {%- do terms.append(
            'case when ' ~ v[j] ~ ' > ' ~ v[i] ~ ' + ' ~ tolerance() ~ ' then 1 when ' ~ v[j] ~ ' < ' ~ v[i] ~ ' - ' ~ tolerance()
            ~ ' then -1 else 0 end'
        ) -%}
    {%- endfor -%}{%- endfor -%}
    ({{ terms | join(' + ') }})
{%- endmacro %}

{#-
    1 rising, -1 falling, 0 neither, by Kendall's test at 0.05 on five values with exact probabilities: ten of ten pairs in one order
    have 2/120, nine of nine beside one tied pair 2/60; of two tied pairs (2/30) and of all else more than 0.05 is chance.
-#}
{% macro trend_of_counts(v) -%}
    case when abs({{ kendall_s(v) }}) >= 9 then sign({{ kendall_s(v) }}) else 0 end
{%- endmacro %}

{#- Which way a figure goes, from the sign of its slope; null where the value is not known, steady where neither way is better. -#}
{% macro trend(slope_sign, direction, value) -%}
    case
        when {{ value }} is null then null
        when {{ slope_sign }} is null then 'too_few'
        when {{ slope_sign }} = 0 then 'steady'
        when {{ direction }} = 'higher' then case when {{ slope_sign }} > 0 then 'improving' else 'worsening' end
        when {{ direction }} = 'lower' then case when {{ slope_sign }} < 0 then 'improving' else 'worsening' end
        else 'steady'
    end
{%- endmacro %}

{#-
    Whether a figure became better or worse beyond chance: a signal of the period decides first, by the way in which it points, then
    the trend.
-#}
{% macro change_class(signal_sign, slope_sign, direction, value) -%}
    case
        when {{ value }} is null then null
        when {{ signal_sign }} is null and {{ slope_sign }} is null then 'too_few'
        when coalesce({{ signal_sign }}, {{ slope_sign }}) = 0 then 'no_real_change'
        when {{ direction }} = 'higher' then case when coalesce({{ signal_sign }}, {{ slope_sign }}) > 0 then 'better' else 'worse' end
        when {{ direction }} = 'lower' then case when coalesce({{ signal_sign }}, {{ slope_sign }}) < 0 then 'better' else 'worse' end
        else 'no_real_change'
    end
{%- endmacro %}
