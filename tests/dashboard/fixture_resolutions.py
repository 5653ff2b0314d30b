"""The resolution of the fixture release: tasks judged, inherited, adopted, bound by level, not measured, without a figure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.dashboard.fixture_release import Builder

NUMBER = "NQ 33-NQ/TU"
HEIR = "08@2025-07-01"


def add_resolutions(builder: Builder) -> None:
    """Add one resolution of Hà Giang with six tasks that Tuyên Quang inherited, and one that it was given itself."""
    builder.add(
        "dim_resolutions",
        resolution_no=NUMBER,
        title_vi="Nghị quyết về công tác dân vận",
        title_en="Resolution on mass mobilisation",
        scope_unit_key="02@0",
        issued_date=date(2023, 6, 12),
    )
    rate: dict[str, Any] = {"indicator_code": "KNTC_GQ", "unit": "%", "unit_en": "%", "is_rate": True}
    figure = {"period_code": "2025", "period_end_date": date(2025, 12, 31), "target_operator": ">"}
    aim = rate | figure | {"target_value": 85.0}
    judged = {"value": 88.0, "verdict": "met", "difference": 3.0, "is_inherited": False}
    _add(builder, "1.1", **aim | judged)
    inherited = {"value": 80.25, "verdict": "no_target", "difference": -4.75}
    _add(builder, "2.1", **aim | inherited)
    adopted = {"value": 84.0, "verdict": "narrowly_missed", "difference": -1.0}
    _add(
        builder,
        "2.2",
        **aim | adopted,
        is_adopted=True,
        adopted_from=date(2025, 9, 1),
        is_target_simulated=True,
    )
    bound = {"indicator_code": "TD_XA", "is_rate": False, "target_operator": ">=", "target_value": 2.0}
    counted = {"judged_unit_count": 60, "met_unit_count": 55, "is_inherited": False, "bound_level": "commune"}
    _add(builder, "3.1", **figure | bound | counted)
    _add(builder, "3.2", verdict="no_target", is_inherited=False, due_date=date(2026, 12, 31), days_left=41)
    _add(builder, "3.3", **rate, target_operator=">", target_value=90.0, is_inherited=False, due_date=None)


def _add(builder: Builder, task: str, **values: Any) -> None:
    common = {
        "resolution_no": NUMBER,
        "title_vi": "Nghị quyết về công tác dân vận",
        "title_en": "Resolution on mass mobilisation",
        "group_no": int(task[0]),
        "group_name_vi": f"Nhóm nhiệm vụ {task[0]}",
        "group_name_en": f"Group of tasks {task[0]}",
        "task_code": task,
        "task_name_vi": f"Nhiệm vụ {task}",
        "task_name_en": f"Task {task}",
        "unit_key": HEIR,
        "series_key": HEIR,
        "scope_unit_key": "02@0",
        "scope_unit_name": "Tỉnh Hà Giang",
        "is_inherited": True,
        "is_adopted": False,
        "source_kind": "reported",
        "due_date": date(2025, 12, 31),
        "days_left": -324,
        "is_latest": True,
        "is_target_simulated": False,
        "is_simulated": False,
    }
    builder.add("rpt_resolution_progress", **common | values)
