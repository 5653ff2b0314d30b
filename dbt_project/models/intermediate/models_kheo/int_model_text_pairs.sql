-- The pairs of texts that are worth comparing word by word. Signatures are sorted in several ways (an LSH forest); neighbours in
-- any order
-- whose signatures agree enough are taken. So the work grows with the number of texts and not with its square, however many
-- were copied from one original.
{% set sorts = signature_sorts() -%}
with

signatures as (

    select * from {{ ref('int_model_text_signatures') }}

),

sorted as (

    {% for sort in range(sorts.count) %}
        {%- set order_columns = [] -%}
        {%- for step in range(sorts.depth) -%}
            {%- do order_columns.append('signature_' ~ ((sort * (signature_size() // sorts.count) + step) % signature_size())) -%}
        {%- endfor %}
        select
            {{ sort }} as sort_number,
            text_number,
            row_number() over (
                order by
                    {{ order_columns | join(', ') }},
                    text_number
            ) as place
        from signatures
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

with_neighbours as (

    select
        {% for distance in range(1, sorts.neighbours + 1) %}
            lead(text_number, {{ distance }}) over (partition by sort_number order by place) as neighbour_{{ distance }},
        {% endfor %}
        text_number
    from sorted

),

neighbours as (

    {% for distance in range(1, sorts.neighbours + 1) %}
        select
            least(text_number, neighbour_{{ distance }}) as first_text_number,
            greatest(text_number, neighbour_{{ distance }}) as second_text_number
        from with_neighbours
        where neighbour_{{ distance }} is not null
        {% if not loop.last %}union distinct{% endif %}
    {% endfor %}

),

compared as (

    select
        neighbours.first_text_number,
        neighbours.second_text_number,
        0
        {% for i in range(signature_size()) %}
            + case when firsts.signature_{{ i }} = seconds.signature_{{ i }} then 1 else 0 end
        {% endfor %}
            as agreement_count
    from neighbours
    inner join signatures as firsts on firsts.text_number = neighbours.first_text_number
    inner join signatures as seconds on seconds.text_number = neighbours.second_text_number

)

select
    first_text_number,
    second_text_number,
    agreement_count
from compared
where agreement_count >= {{ least_signature_agreement() }}
