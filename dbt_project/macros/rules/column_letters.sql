{#- The letters of a spreadsheet's column, from its number: A for 1, AA for 27, XFD for 16,384. -#}
{% macro column_letters(number) -%}
    case
        when {{ number }} <= 26 then chr(cast(64 + {{ number }} as integer))
        when {{ number }} <= 702
            then chr(cast(64 + floor(({{ number }} - 1) / 26) as integer)) || chr(cast(65 + ({{ number }} - 1) % 26 as integer))
        else
            chr(cast(65 + floor(({{ number }} - 703) / 676) as integer))
            || chr(cast(65 + floor(({{ number }} - 27) / 26) % 26 as integer))
            || chr(cast(65 + ({{ number }} - 1) % 26 as integer))
    end
{%- endmacro %}
