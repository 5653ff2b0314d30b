{#- Fails for every row in which any of the columns is null: one look at the table for all of them. -#}
{% test never_null(model, columns) %}

select *
from {{ model }}
where {{ columns | join(' is null or ') }} is null

{% endtest %}
