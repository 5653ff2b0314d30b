"""The models that a unit has registered, as the current release knows them, to be filled into its form TD."""

from __future__ import annotations

from warehouse.reference.periods import Period
from warehouse.release import reader, store
from warehouse.settings import Settings

MODEL_FORM = "TD"

# One row per model of the unit, or of a unit that it succeeded, registered by the period's end. A stopped model has no
# more progress.
_MODELS = """
select
    model_code,
    model_name
from marts.fct_model_registrations
where
    (unit_key = $unit_key or current_unit_key = $unit_key)
    and registered_date <= $on_date
    and status <> 'stopped'
order by registered_date, model_code
"""


def registered_models(unit_key: str, period: Period, settings: Settings) -> list[dict[str, str | None]]:
    """Rows with `model_code` and `model_name`, the oldest first; none before the first release."""
    release = store.current(settings)
    if release is None:
        return []
    found = reader.query(release, _MODELS, {"unit_key": unit_key, "on_date": period.end_date})
    return [
        {"model_code": row.model_code, "model_name": row.model_name}
        for row in found.astype(object).itertuples(index=False)
    ]
