-- One row per review of the phase and measure: what is counted, the target, and what was reported.
select
    reviews.review_name_vi, reviews.review_name_en, reviews.review_date, reviews.is_over, reviews.measure,
    reviews.numerator, reviews.denominator, reviews.value, reviews.target_operator, reviews.target_value,
    '%' as unit, '%' as unit_en, true as is_rate, reviews.verdict, reviews.reported_value, reviews.is_simulated, reviews.is_target_simulated
from marts.rpt_phase_reviews as reviews
where reviews.lens = 'current_boundaries' and reviews.unit_key = $unit_key and reviews.phase = $phase
order by
    reviews.review_date,
    list_position(['units_registered', 'recognised', 'awarded', 'replicated'], reviews.measure)
