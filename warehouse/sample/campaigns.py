"""Which movement or campaign of the list a simulated model or activity belongs to, while the campaign runs."""

from __future__ import annotations

from datetime import date
from functools import cache

from warehouse.reference.lists import ListItem, read_list
from warehouse.sample import draws
from warehouse.settings import PROJECT_DIR

_SHARE = 0.6
# Campaigns that activities on a topic respond to; `campaign` is the type of activity that spreads the movement itself.
_OF_TOPIC = {
    "new_rural": ("NTM", "TDDK"),
    "livelihoods": ("VNN", "HANGVIET", "XNT"),
    "security": ("ANTQ",),
    "culture": ("TDDK",),
    "environment": ("TDDK",),
    "admin_procedures": ("BDHVS",),
}
_OF_TYPE = {"campaign": ("DVK",)}


def of_model(code: str | None, day: date, *names: object) -> str | None:
    """Return the campaign to which models of a kind belong, for most of them; None where it does not run on that day."""
    is_meant = code is not None and draws.uniform(*names, "campaign") < _SHARE
    return code if is_meant and _runs(str(code), day) else None


def of_activity(activity_type: str, topic_code: str, day: date, *names: object) -> str | None:
    """Return the campaign that an activity responds to; None for most activities."""
    running = [
        code
        for code in _OF_TOPIC.get(topic_code, _OF_TYPE.get(activity_type, ()))
        if activity_type != "reception" and _runs(code, day)
    ]
    if not running or draws.uniform(*names, "campaign") >= _SHARE:
        return None
    return draws.pick(running, *names, "which campaign")


def _runs(code: str, day: date) -> bool:
    item = _campaigns()[code]
    return (item.valid_from or date.min) <= day <= (item.valid_to or date.max)


@cache
def _campaigns() -> dict[str, ListItem]:
    return {item.code: item for item in read_list(PROJECT_DIR / "dbt_project" / "seeds", "campaigns")}
