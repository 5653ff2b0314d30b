-- On any day a step or event of models has one meaning: its rows in the dated list do not overlap, or an event would be
-- counted twice.
select
    earlier.event,
    earlier.valid_from,
    later.valid_from as later_valid_from
from {{ ref('model_steps') }} as earlier
inner join {{ ref('model_steps') }} as later
    on later.event = earlier.event
        and coalesce(later.valid_from, date '1900-01-01') > coalesce(earlier.valid_from, date '1900-01-01')
        and coalesce(later.valid_from, date '1900-01-01') <= coalesce(earlier.valid_to, date '9999-12-31')
