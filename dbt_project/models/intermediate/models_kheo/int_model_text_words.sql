-- The different words of a text. Order is left out: sentences of a copy are often put in another order. The rarer a word among
-- all registrations, the more it weighs; weights are whole millionths, so that sums do not depend on the order in which an
-- engine adds them up.
with

words as (

    select distinct
        text_number,
        word
    from {{ ref('int_model_text_positions') }}

),

frequencies as (

    select
        word,
        count(*) as text_count
    from words
    group by word

),

text_total as (

    select count(*) as text_count from {{ ref('int_model_texts') }}

),

weighed_words as (

    select
        frequencies.word,
        frequencies.text_count > 1 as is_shared,
        cast(round(1000000 * ln(1 + text_total.text_count / cast(frequencies.text_count as double))) as bigint) as weight,
        {{ hash_number('frequencies.word') }} as hash_number
    from frequencies
    cross join text_total

)

select
    words.text_number,
    words.word,
    weighed_words.weight,
    weighed_words.is_shared,
    weighed_words.hash_number
from words
inner join weighed_words on weighed_words.word = words.word
