"""Simulated documents that units issue: those of the province, and the communes' plans and programmes that carry them out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from warehouse.sample import draws
from warehouse.sample.record_texts import record_texts
from warehouse.sample.records import Row, named
from warehouse.sample.units import SampleUnit

_PLAN_SHARE, _PROGRAMME_SHARE, _PARENT_NAMED_SHARE = 0.7, 0.25, 0.85
_KINDS_TO_CARRY_OUT = ("directive", "conclusion")
_LATEST_TASK_PACE = 1.6


def own_documents(unit: SampleUnit, month: date, last_day: date) -> Iterator[Row]:
    """Form VB: the province's documents of the month, and each commune's plan and programme that carry them out."""
    for document in record_texts()["documents"]:
        if document["day"].replace(day=1) != month:
            continue
        if unit.level == "province":
            number, day = document["number"], document["day"]
            row = _issued(unit, last_day, number, day, kind=document["kind"], title=document["title"])
            yield row | {"parent_document_no": document.get("parent")}
        elif unit.level == "commune" and document["kind"] in _KINDS_TO_CARRY_OUT:
            yield from _carried_out(unit, document, last_day)


def _carried_out(unit: SampleUnit, document: Row, last_day: date) -> Iterator[Row]:
    names = (unit.unit_key, document["number"])
    plan_day = document["day"] + timedelta(days=draws.whole(12, 50, *names, "plan day"))
    if draws.uniform(*names, "plan") >= _PLAN_SHARE or plan_day > last_day:
        return
    # Each document has numbers of its own here, so that no commune numbers two plans alike.
    number = f"{3 * int(document['number'][:2]) + draws.whole(0, 2, *names, 'number')}-KH/ĐU"
    parent = document["number"] if draws.uniform(*names, "named") < _PARENT_NAMED_SHARE else None
    title = f"Kế hoạch thực hiện văn bản {document['number']}"
    yield _issued(unit, last_day, number, plan_day, kind="plan", title=title) | {"parent_document_no": parent}
    programme_day = plan_day + timedelta(days=draws.whole(10, 40, *names, "programme day"))
    if draws.uniform(*names, "programme") < _PROGRAMME_SHARE and programme_day <= last_day:
        title = f"Chương trình hành động thực hiện kế hoạch {number}"
        own_number = number.replace("KH", "CTr")
        row = _issued(unit, last_day, own_number, programme_day, kind="programme", title=title)
        yield row | {"parent_document_no": number}


def _issued(unit: SampleUnit, last_day: date, number: str, day: date, *, kind: str, title: str) -> Row:
    names = (unit.unit_key, number, "own")
    tasks = draws.whole(3, 9, *names, "tasks")
    due = day + timedelta(days=draws.whole(90, 240, *names, "due"))
    pace = draws.uniform(*names, "pace") * _LATEST_TASK_PACE
    done = min(tasks, round(tasks * pace * (last_day - day).days / (due - day).days))
    is_province = unit.level == "province"
    return named(unit) | {
        "document_no": number,
        "document_date": day,
        "issuing_body": "Cơ quan cấp tỉnh (mô phỏng)" if is_province else "Đảng ủy (mô phỏng)",
        "title": f"{title} (mô phỏng)",
        "document_kind": kind,
        "document_origin": "own",
        "owner_unit_code": unit.unit_code,
        "task_count": tasks,
        "tasks_done": done,
        "due_date": due,
    }
