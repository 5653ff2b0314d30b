-- Similarity is the weight of the words that two texts share over the weight of the words that either has (weighted Jaccard).
-- Common
-- wording alone makes no near-duplicates, nor does a short name that many choose: some phrases that are not common have to be
-- shared too.
with

pairs as (

    select * from {{ ref('int_model_text_pairs') }}

),

words as (

    select * from {{ ref('int_model_text_words') }}

),

phrases as (

    select * from {{ ref('int_model_text_phrases') }}

),

texts as (

    select * from {{ ref('int_model_texts') }}

),

settings as (

    select
        max(case when setting_code = 'least_similarity' then setting_value end) as least_similarity,
        max(case when setting_code = 'least_shared_phrases' then setting_value end) as least_shared_phrases
    from {{ ref('model_similarity_settings') }}

),

text_weights as (

    select
        text_number,
        sum(weight) as weight
    from words
    group by text_number

),

shared_weights as (

    select
        pairs.first_text_number,
        pairs.second_text_number,
        sum(firsts.weight) as weight
    from pairs
    inner join words as firsts on firsts.text_number = pairs.first_text_number and firsts.is_shared
    inner join words as seconds
        on seconds.text_number = pairs.second_text_number and seconds.word = firsts.word
    group by pairs.first_text_number, pairs.second_text_number

),

compared as (

    select
        shared_weights.first_text_number,
        shared_weights.second_text_number,
        cast(shared_weights.weight as double)
        / cast(firsts.weight + seconds.weight - shared_weights.weight as double) as similarity
    from shared_weights
    inner join text_weights as firsts on firsts.text_number = shared_weights.first_text_number
    inner join text_weights as seconds on seconds.text_number = shared_weights.second_text_number

),

similar_pairs as (

    select
        compared.first_text_number,
        compared.second_text_number,
        compared.similarity
    from compared
    cross join settings
    where compared.similarity >= settings.least_similarity

),

phrase_counts as (

    select
        similar_pairs.first_text_number,
        similar_pairs.second_text_number,
        similar_pairs.similarity,
        count(*) as shared_phrase_count
    from similar_pairs
    inner join phrases as firsts on firsts.text_number = similar_pairs.first_text_number
    inner join phrases as seconds
        on seconds.text_number = similar_pairs.second_text_number and seconds.phrase = firsts.phrase
    group by similar_pairs.first_text_number, similar_pairs.second_text_number, similar_pairs.similarity

),

near_duplicates as (

    select phrase_counts.*
    from phrase_counts
    cross join settings
    where phrase_counts.shared_phrase_count >= settings.least_shared_phrases

),

both_ways as (

    select
        first_text_number as text_number,
        second_text_number as similar_text_number,
        similarity,
        shared_phrase_count
    from near_duplicates
    union all
    select
        second_text_number as text_number,
        first_text_number as similar_text_number,
        similarity,
        shared_phrase_count
    from near_duplicates

)

select
    texts.unit_key,
    texts.model_code,
    similar_texts.unit_key as similar_unit_key,
    similar_texts.model_code as similar_model_code,
    both_ways.similarity,
    both_ways.shared_phrase_count,
    row_number() over (
        partition by both_ways.text_number
        order by both_ways.similarity desc, similar_texts.registered_date asc, both_ways.similar_text_number asc
    ) as similarity_rank
from both_ways
inner join texts on texts.text_number = both_ways.text_number
inner join texts as similar_texts on similar_texts.text_number = both_ways.similar_text_number
