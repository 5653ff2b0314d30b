{#- A threshold of a rule, valid on the day of judgement; null, so that the rule asks nothing, where none is valid. -#}
{% macro plausibility_limit(rule_code, threshold_name) -%}
    (
        select limits.threshold_value
        from {{ ref('plausibility_thresholds') }} as limits
        where limits.rule_code = '{{ rule_code }}'
            and limits.threshold_name = '{{ threshold_name }}'
            and {{ as_of_date() }} >= coalesce(limits.valid_from, date '1900-01-01')
            and {{ as_of_date() }} <= coalesce(limits.valid_to, date '9999-12-31')
    )
{%- endmacro %}

{#-
    How surprising it is that a count comes out the same twice, as the number of digits of its improbability: two Poisson counts
    with mean x are equal with a chance of about 1 / (2 √(πx)). A count below 1 tells nothing.
-#}
{% macro surprise_digits(figure) -%}
    case when {{ figure }} >= 1 then log10(2 * sqrt(pi() * {{ figure }})) else 0 end
{%- endmacro %}

{#- Anscombe's transform: a Poisson count has a standard deviation of about 1 on this scale, whatever its mean. -#}
{% macro anscombe(count) -%}(2 * sqrt({{ count }} + 0.375)){%- endmacro %}

{#- The median of |x₁ − x₂| for two draws from a normal distribution, in standard deviations (Wheeler's 3 / 3.145). -#}
{% macro median_moving_range_per_deviation() %}0.954{% endmacro %}

{#- A number as it is written in English (1,234.5) and in Vietnamese (1.234,5): whole where it is whole, else with one decimal. -#}
{% macro number_en(figure) -%}
    case
        when {{ figure }} = round({{ figure }}) then {{ number_with_commas(figure, 0) }}
        else {{ number_with_commas(figure, 1) }}
    end
{%- endmacro %}
{% macro number_vi(figure) -%}
    replace(replace(replace({{ number_en(figure) }}, ',', ' '), '.', ','), ' ', '.')
{%- endmacro %}

{#- A period inside a sentence; warehouse.reference.periods has the same words. -#}
{% macro period_label_vi(period_code, period_type) -%}
    case {{ period_type }}
        when 'month' then concat(
            'tháng ', cast(substring({{ period_code }}, 6, 2) as integer), '/', substring({{ period_code }}, 1, 4)
        )
        when 'quarter' then concat('quý I/', substring({{ period_code }}, 1, 4))
        when '6M' then concat('6 tháng đầu năm ', substring({{ period_code }}, 1, 4))
        when '9M' then concat('9 tháng năm ', substring({{ period_code }}, 1, 4))
        when 'year' then concat('năm ', {{ period_code }})
        when 'phase' then concat('giai đoạn ', replace({{ period_code }}, '-', '–'))
    end
{%- endmacro %}
{% macro period_label_en(period_code, period_type) -%}
    case {{ period_type }}
        when 'month' then concat(
            case substring({{ period_code }}, 6, 2)
                {% for month in [
                    'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November',
                    'December'
                ] -%}
                    when '{{ "%02d" | format(loop.index) }}' then '{{ month }}'
                {% endfor -%}
            end,
            ' ', substring({{ period_code }}, 1, 4)
        )
        when 'quarter' then concat('the first quarter of ', substring({{ period_code }}, 1, 4))
        when '6M' then concat('the first six months of ', substring({{ period_code }}, 1, 4))
        when '9M' then concat('the first nine months of ', substring({{ period_code }}, 1, 4))
        when 'year' then {{ period_code }}
        when 'phase' then concat('the phase ', replace({{ period_code }}, '-', '–'))
    end
{%- endmacro %}

{#- A sentence with {name} in place of each value given as (name, expression); a value that is not known leaves nothing. -#}
{% macro fill_sentence(sentence, values) -%}
    {%- for _ in values %}replace({% endfor %}{{ sentence }}
    {%- for name, expression in values %}, '{{ "{" ~ name ~ "}" }}', coalesce({{ expression }}, '')){% endfor %}
{%- endmacro %}

{#- The parent whose units a unit is compared with: its province at the time; the country for a province. -#}
{% macro peers_of(units) -%}
    case when {{ units }}.level = 'province' then '' else coalesce({{ units }}.province_unit_key, '') end
{%- endmacro %}

{#-
    How improbable 100 % was for a unit that does as its peers did in that period, in digits: their rate to the power of its cases. Without any others, or with none of theirs that succeeded, a rate that the seed takes as ordinary.
-#}
{% macro digits_of_full(figures, peers) -%}
    case
        when {{ peers }}.rated_cases > {{ figures }}.rated_cases and {{ peers }}.numerator > {{ figures }}.numerator
            then {{ figures }}.rated_cases * log10(
                ({{ peers }}.rated_cases - {{ figures }}.rated_cases) / ({{ peers }}.numerator - {{ figures }}.numerator)
            )
        else -{{ figures }}.rated_cases * log10({{ plausibility_limit('constant_full', 'rate_without_others') }})
    end
{%- endmacro %}
