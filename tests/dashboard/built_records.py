"""The records of the built release: activities, promises and events of models, each with a day that decides how it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def _activity(
    unit_code: str, code: str, kind: str, planned: str, held: str | None, **others: object
) -> Mapping[str, object]:
    return {
        "unit_code": unit_code,
        "activity_code": code,
        "activity_type": kind,
        "planned_date": planned,
        "activity_date": held,
        "level": "province" if unit_code == "20" else "commune",
        "host_role": None,
        "participants": None,
        "topic_code": "land",
        "subject_unit_code": None,
        **others,
    }


def _promise(
    unit_code: str, code: str, *days: str, source: str, status: str, **others: object
) -> Mapping[str, object]:
    raised, due, *closed = days
    return {
        "unit_code": unit_code,
        "item_code": code,
        "source_type": source,
        "source_date": raised,
        "category": "land",
        "statement": "Chậm trả kết quả đo đạc đất",
        "responsible_unit_code": unit_code,
        "due_date": due,
        "status": status,
        "closed_date": closed[0] if closed else None,
        "activity_code": None,
        **others,
    }


def _event(unit_code: str, model: str, event: str, day: str, **others: object) -> Mapping[str, object]:
    return {
        "unit_code": unit_code,
        "model_code": model,
        "event": event,
        "event_date": day,
        "decision_no": None,
        "award_kind": None,
        **others,
    }


FIRST_COMMUNE, SECOND_COMMUNE = "05977", "05983"
"""The first two communes of Lạng Sơn in the seed of units; the models below are theirs."""
RECORDS: Mapping[str, Sequence[Mapping[str, object]]] = {
    "HD": [
        _activity(
            "20", "HD-1", "dialogue", "2026-03-10", "2026-03-10", host_role="secretary", participants=120
        ),
        _activity(
            "20", "HD-2", "dialogue", "2026-05-10", "2026-05-25", host_role="committee_chair", participants=80
        ),
        _activity(FIRST_COMMUNE, "HD-3", "reception", "2026-10-05", None),
        _activity(SECOND_COMMUNE, "HD-4", "dialogue", "2026-12-05", None),
        _activity(*("20", "HD-5", "inspection", "2026-04-01", "2026-04-01"), subject_unit_code=FIRST_COMMUNE),
    ],
    "KN": [
        _promise("20", "KN-1", "2026-03-10", "2026-06-30", "2026-06-15", source="dialogue", status="closed"),
        _promise(
            *("20", "KN-2", "2026-04-01", "2026-08-31"),
            source="inspection",
            status="open",
            responsible_unit_code=FIRST_COMMUNE,
            activity_code="HD-5",
        ),
        _promise(FIRST_COMMUNE, "KN-3", "2026-09-01", "2026-12-31", source="reception", status="in_progress"),
        _promise(
            *(SECOND_COMMUNE, "KN-4", "2026-02-01", "2026-05-31", "2026-06-20"),
            source="dialogue",
            status="closed",
        ),
    ],
    "TD": [
        _event(FIRST_COMMUNE, "LS-000", "step_1", "2026-02-20"),
        _event(FIRST_COMMUNE, "LS-000", "recognised", "2026-09-15", decision_no="15/QĐ-UBND"),
        _event(
            FIRST_COMMUNE,
            "LS-000",
            "awarded",
            "2026-10-10",
            decision_no="20/QĐ-UBND",
            award_kind="commendation",
        ),
        _event(SECOND_COMMUNE, "LS-001", "step_1", "2026-09-01"),
    ],
}
