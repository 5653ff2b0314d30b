{#-
    The five last periods of a type are enough to call a trend, and fewer are not. Each macro takes the names of five columns each,
    oldest first, and expects all of them to be known.
-#}

{#- Chi-square with one degree of freedom at 0.998: a trend of a rate is called when chance alone would show it once in 500 times. -#}
{% macro chi_square_998() %}9.549535706083223{% endmacro %}

{#- Square of the normal 97.5th percentile: Kendall's test at 0.05 with ties. -#}
{% macro chi_square_95() %}3.841458820694124{% endmacro %}

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

{#- 1 rising, -1 falling, 0 neither: the whole trend is certain and no single period makes it. -#}
{% macro trend_of_rates(x, n) -%}
    {%- set slopes = [] -%}
    {%- for i in range(x | length) -%}{%- do slopes.append(slope_of_rates(x, n, i)) -%}{%- endfor -%}
    case
        when coalesce({{ chi_square_of_trend(x, n) }}, 0) <= {{ chi_square_998() }} then 0
        when least({{ slopes | join(', ') }}) > 0 then 1
        when greatest({{ slopes | join(', ') }}) < 0 then -1
        else 0
    end
{%- endmacro %}

{#- Kendall's S: pairs that rise less pairs that fall. -#}
{% macro kendall_s(v) -%}
    {%- set terms = [] -%}
    {%- for i in range(v | length) -%}{%- for j in range(i + 1, v | length) -%}
        {%- do terms.append('sign(' ~ v[j] ~ ' - ' ~ v[i] ~ ')') -%}
    {%- endfor -%}{%- endfor -%}
    ({{ terms | join(' + ') }})
{%- endmacro %}

{#-
    1 rising, -1 falling, 0 neither, by Kendall's test at 0.05 on five values: exact without ties, where only ten of ten pairs are
    enough (p = 2/120), by the normal approximation with the variance for ties otherwise.
-#}
{% macro trend_of_counts(v) -%}
    {%- set ties = [] -%}
    {%- for i in range(v | length) -%}
        {%- set equal = [] -%}
        {%- for j in range(v | length) -%}
            {%- do equal.append('case when ' ~ v[j] ~ ' = ' ~ v[i] ~ ' then 1 else 0 end') -%}
        {%- endfor -%}
        {%- set t = '(' ~ equal | join(' + ') ~ ')' -%}
        {%- do ties.append('(' ~ t ~ ' - 1) * (2 * ' ~ t ~ ' + 5)') -%}
    {%- endfor -%}
    {%- set tie_sum = '(' ~ ties | join(' + ') ~ ')' -%}
    case
        when {{ tie_sum }} = 0 then case when abs({{ kendall_s(v) }}) = 10 then sign({{ kendall_s(v) }}) else 0 end
        when {{ tie_sum }} >= 300 then 0
        when power({{ kendall_s(v) }}, 2) / ((300 - {{ tie_sum }}) / 18.0) > {{ chi_square_95() }} then sign({{ kendall_s(v) }})
        else 0
    end
{%- endmacro %}

{#- Which way a figure goes, from the sign of its slope; null for a phase and where the value is not known. -#}
{% macro trend(slope_sign, direction, value, is_phase) -%}
    case
        when {{ is_phase }} or {{ value }} is null then null
        when {{ slope_sign }} is null then 'too_few'
        when {{ slope_sign }} = 0 then 'steady'
        when {{ direction }} = 'higher' then case when {{ slope_sign }} > 0 then 'improving' else 'worsening' end
        when {{ direction }} = 'lower' then case when {{ slope_sign }} < 0 then 'improving' else 'worsening' end
    end
{%- endmacro %}
