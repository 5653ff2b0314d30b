{#- Fails for every row in which the condition is false; unknown (null) passes. -#}
{% test holds(model, condition) %}

select *
from {{ model }}
where not ({{ condition }})

{% endtest %}
