-- The words of a text in their order, without tone marks, places and years: a copy is moved to another place and another year.
with

texts as (

    select * from {{ ref('int_model_texts') }}

),

all_words as (

    select
        text_number,
        {{ explode_with_number('words', 'word', 'word_number') }}
    from texts

),

place_words as (

    select
        text_number,
        {{ explode_with_number('place_words', 'word', 'word_number') }}
    from texts

),

distinct_place_words as (

    select distinct
        text_number,
        word
    from place_words

)

select
    all_words.text_number,
    all_words.word_number,
    all_words.word,
    lead(all_words.word) over (partition by all_words.text_number order by all_words.word_number) as next_word
from all_words
left join distinct_place_words
    on distinct_place_words.text_number = all_words.text_number and distinct_place_words.word = all_words.word
where distinct_place_words.word is null
    and all_words.word <> ''
    and not (length(all_words.word) = 4 and coalesce(try_cast(all_words.word as integer) between 1900 and 2099, false))
