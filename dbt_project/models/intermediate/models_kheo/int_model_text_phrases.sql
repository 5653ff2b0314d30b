-- Two neighbouring words, in either order, that some texts have and not a good part of all: common wording is no sign of a copy.
with

phrases as (

    select distinct
        text_number,
        concat(least(word, next_word), ' ', greatest(word, next_word)) as phrase
    from {{ ref('int_model_text_positions') }}
    where next_word is not null

),

settings as (

    select
        max(case when setting_code = 'common_share' then setting_value end) as common_share,
        max(case when setting_code = 'common_least_count' then setting_value end) as common_least_count
    from {{ ref('model_similarity_settings') }}

),

text_total as (

    select count(*) as text_count from {{ ref('int_model_texts') }}

),

frequencies as (

    select
        phrase,
        count(*) as text_count
    from phrases
    group by phrase
    having count(*) > 1

),

distinctive_phrases as (

    select frequencies.phrase
    from frequencies
    cross join text_total
    cross join settings
    where frequencies.text_count <= settings.common_least_count
        or frequencies.text_count <= settings.common_share * text_total.text_count

)

select
    phrases.text_number,
    phrases.phrase
from phrases
inner join distinctive_phrases on distinctive_phrases.phrase = phrases.phrase
