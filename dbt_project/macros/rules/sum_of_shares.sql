{#-
    A weighted sum in nine decimals: a third and two thirds are one in any order. Without the rounding the
    last digit of a double decides between two equal figures which one is larger, and so a trend or a run.
-#}
{% macro in_nine_decimals(figure) -%}round({{ figure }}, 9){%- endmacro %}

{#- Figures carried by shares and added up. -#}
{% macro sum_of_shares(share, figure) -%}{{ in_nine_decimals('sum(' ~ share ~ ' * ' ~ figure ~ ')') }}{%- endmacro %}
