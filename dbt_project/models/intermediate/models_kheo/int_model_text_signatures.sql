-- MinHash (Broder 1997) over the words that stand in another text too.
select
    {% for i in range(signature_size()) %}
        {{ signature_number('hash_number', i) }} as signature_{{ i }},
    {% endfor %}
    text_number
from {{ ref('int_model_text_words') }}
where is_shared
group by text_number
