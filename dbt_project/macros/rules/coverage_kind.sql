{#-
    What the reports are that a figure counts and expects, as a sum of powers of two, so that levels can be united by `bit_or`. An
    office is the own desk of a province or district that is one more part beside its units (own_plus_children).
-#}
{% macro report_kind(level, rollup_level, rollup) -%}
    case
        when {{ rollup_level }} = 'part' then 16
        when {{ rollup }} = 'own_plus_children' and {{ level }} in ('province', 'district') then 32
        when {{ level }} = 'province' then 1
        when {{ level }} = 'district' then 2
        when {{ level }} = 'commune' then 4
        when {{ level }} = 'body' then 8
        else 0
    end
{%- endmacro %}

{#- The word for it: a unit's own report, or what the parts are that a page should name beside "2 of 34". -#}
{% macro coverage_kind(kinds, level, expected_units) -%}
    case
        when {{ expected_units }} = 1 and {{ kinds }} = case {{ level }}
            when 'commune' then 4
            when 'body' then 8
            when 'province' then 1
            when 'district' then 2
        end then 'own_report'
        when {{ expected_units }} = 1 and {{ kinds }} = 32 and {{ level }} in ('province', 'district') then 'own_report'
        when {{ expected_units }} = 1 and {{ kinds }} = 16 and {{ level }} not in ('country', 'province', 'district') then 'own_report'
        when {{ kinds }} = 1 then 'provinces'
        when {{ kinds }} = 2 then 'districts'
        when {{ kinds }} = 4 then 'communes'
        when {{ kinds }} in (8, 32, 40) then 'bodies'
        when {{ kinds }} in (12, 36, 44) then 'communes_and_bodies'
        else 'units'
    end
{%- endmacro %}
