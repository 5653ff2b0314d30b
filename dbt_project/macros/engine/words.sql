{#- The words of a text as an array: lower case, without any mark, nothing but a–z and digits. An empty text is one empty word. -#}
{% macro plain_words(text) -%}{{ return(adapter.dispatch('plain_words', 'dan_van')(text)) }}{%- endmacro %}
{% macro default__plain_words(text) -%}
    string_split(trim(regexp_replace(replace(strip_accents(lower({{ text }})), 'đ', 'd'), '[^a-z0-9]+', ' ', 'g')), ' ')
{%- endmacro %}
{% macro spark__plain_words(text) -%}
    {%- set letters = {
        'a': 'àáảãạăằắẳẵặâầấẩẫậ', 'e': 'èéẻẽẹêềếểễệ', 'i': 'ìíỉĩị', 'o': 'òóỏõọôồốổỗộơờớởỡợ',
        'u': 'ùúủũụưừứửữự', 'y': 'ỳýỷỹỵ', 'd': 'đ'
    } -%}
    {%- set plain = [] -%}
    {%- for letter, marked in letters.items() -%}{%- do plain.append(letter * (marked | length)) -%}{%- endfor -%}
    split(trim(regexp_replace(regexp_replace(
        translate(lower({{ text }}), '{{ letters.values() | join }}', '{{ plain | join }}'), '[\\u0300-\\u036f]', ''
    ), '[^a-z0-9]+', ' ')), ' ')
{%- endmacro %}

{#- Two columns of a select that gives one row per element of an array: the element, and its number in the array. -#}
{% macro explode_with_number(elements, element_name, number_name) -%}
    {{ return(adapter.dispatch('explode_with_number', 'dan_van')(elements, element_name, number_name)) }}
{%- endmacro %}
{% macro default__explode_with_number(elements, element_name, number_name) -%}
    unnest({{ elements }}) as {{ element_name }}, generate_subscripts({{ elements }}, 1) as {{ number_name }}
{%- endmacro %}
{% macro spark__explode_with_number(elements, element_name, number_name) -%}
    posexplode({{ elements }}) as ({{ number_name }}, {{ element_name }})
{%- endmacro %}

{#- A whole number below 2^28 that depends on the text alone, the same in every engine and version. -#}
{% macro hash_number(text) -%}{{ return(adapter.dispatch('hash_number', 'dan_van')(text)) }}{%- endmacro %}
{% macro default__hash_number(text) -%}cast(concat('0x', substr(md5({{ text }}), 1, 7)) as bigint){%- endmacro %}
{% macro spark__hash_number(text) -%}cast(conv(substr(md5({{ text }}), 1, 7), 16, 10) as bigint){%- endmacro %}
