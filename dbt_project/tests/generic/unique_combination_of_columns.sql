{#-
    Fails for every combination of the columns that stands in more than one row. The key of a model with more than one column.
    Rows are grouped by a hash of the key first, which costs a fraction of the texts themselves; only where hashes are equal are
    the keys compared.
-#}
{% test unique_combination_of_columns(model, combination_of_columns) %}

select
    {{ combination_of_columns | join(', ') }},
    count(*) as row_count
from {{ model }}
where {{ hash_of(combination_of_columns) }} in (
    select hashes.key_hash
    from (select {{ hash_of(combination_of_columns) }} as key_hash from {{ model }}) as hashes
    group by hashes.key_hash
    having count(*) > 1
)
group by {{ combination_of_columns | join(', ') }}
having count(*) > 1

{% endtest %}
