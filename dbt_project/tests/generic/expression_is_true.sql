{#- Fails for every row for which the expression is false; unknown (null) passes. -#}
{% test expression_is_true(model, expression) %}

select *
from {{ model }}
where not ({{ expression }})

{% endtest %}
