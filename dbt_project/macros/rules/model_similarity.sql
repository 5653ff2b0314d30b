{#- The columns of form DK that describe a model and its way of work. A copy may differ in place, time and people. -#}
{% macro model_text_columns() -%}
    {{ return([
        'model_name', 'situation', 'objective', 'measure', 'content', 'beneficiaries', 'resources', 'outputs', 'sustainability'
    ]) }}
{%- endmacro %}

{#- Numbers in a signature. Two texts agree in each with a chance equal to the share of their words that they have in common. -#}
{% macro signature_size() -%}{{ return(48) }}{%- endmacro %}

{#- Pairs that agree in fewer numbers are not compared: at a true share of 0.75 one such pair in 400 is missed. -#}
{% macro least_signature_agreement() -%}{{ return(28) }}{%- endmacro %}

{#- Signatures are sorted this many times, each time from another number on, over this many numbers; neighbours in order are compared. -#}
{% macro signature_sorts() -%}{{ return({'count': 12, 'depth': 12, 'neighbours': 3}) }}{%- endmacro %}

{#- Number i (from 0) of the signature: the least of the hashes under the i-th of a family of permutations (modulo a Mersenne prime). -#}
{% macro signature_number(hash_number, i) -%}
    {%- set prime = 2147483647 -%}
    min(({{ (48271 ** (i + 1)) % prime }} * {{ hash_number }} + {{ (69621 ** (i + 1)) % prime }}) % {{ prime }})
{%- endmacro %}
