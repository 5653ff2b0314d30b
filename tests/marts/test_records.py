"""The other five forms from files to marts, with expected values worked out by hand; as of 2026-11-20."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.intake.history.ledger_kit import collect, drop
from tests.release.conftest import models_alone
from warehouse.release import audit, build, publish, store
from warehouse.settings import Settings

AS_OF = date(2026, 11, 20)
LANG_SON = "20@2025-07-01"
Query = Callable[..., list[tuple]]

DK_COLUMNS = (
    "unit_code,model_code,model_name,kind,field_code,phase,level,registered_date,measure,target,lead_force"
)


def models(old_code: str) -> list[str]:
    """Return the models of Lạng Sơn, and one of a commune that ended on 2025-06-30."""
    return [
        "20,M1,Tổ dân vận thôn Nà Pàn,collective,KT,2026-2030,province,2026-01-10,Km đường,5,UBND xã",
        "20,M2,Chợ phiên văn minh,collective,KT,2026-2030,province,2026-02-01,,,",
        "20,M3,Cán bộ gần dân,individual,VHXH,2026-2030,province,2026-03-01,,,",
        "20,M4,Đường hoa nông thôn mới,collective,KT,2026-2030,province,2026-03-01,,,",
        "20,M5,Tổ hòa giải,collective,KT,2021-2025,province,2025-08-01,,,",
        f"{old_code},O1,Thắp sáng đường quê,collective,KT,2021-2025,commune,2025-03-01,,,",
    ]


def events(heir_code: str) -> list[str]:
    """M1 runs its course, M2 was stopped and taken up again, M3 is at its second step, M4 only registered."""
    return [
        "20,M1,2026-01-15,step_1,,,",
        "20,M1,2026-02-01,step_2,,,",
        "20,M1,2026-03-01,step_3,2,,",
        "20,M1,2026-04-01,step_3,4,,",
        "20,M1,2026-05-20,inspected,,,",
        "20,M1,2026-06-30,recognised,5,12-QĐ/TU,Ban Thường vụ Tỉnh ủy",
        "20,M1,2026-09-02,awarded,,15-QĐ/UBND,Chủ tịch UBND tỉnh,Bằng khen,province",
        "20,M2,2026-02-10,step_2,,,",
        "20,M2,2026-03-10,stopped,,,",
        "20,M2,2026-05-10,step_1,,,",
        "20,M3,2026-04-10,step_2,,,",
        "20,M3,2026-06-10,stopped,,,",
        "20,UNKNOWN,2026-06-10,step_1,,,",
        f"{heir_code},O1,2025-09-01,step_4,,,",
    ]


def table(columns: str, *rows: str) -> bytes:
    """Return a CSV; short rows are filled up with blank cells."""
    width = columns.count(",")
    return ("\n".join([columns, *(row + "," * (width - row.count(",")) for row in rows)]) + "\n").encode()


@pytest.fixture(scope="module")
def successor() -> tuple[str, str]:
    """`(code of an old commune of Lạng Sơn, code of the one into which it went whole)`, two that differ."""
    seeds = Settings(data_dir=Path()).seeds_dir
    with (seeds / "units.csv").open(encoding="utf-8", newline="") as lines:
        parents = {row["unit_key"]: row["parent_unit_key"] for row in csv.DictReader(lines)}
    with (seeds / "successions.csv").open(encoding="utf-8", newline="") as lines:
        steps = list(csv.DictReader(lines))
    return next(
        (step["from_unit_key"].partition("@")[0], step["to_unit_key"].partition("@")[0])
        for step in steps
        if step["kind"] == "whole"
        and parents[step["to_unit_key"]] == LANG_SON
        and step["from_unit_key"].partition("@")[0] != step["to_unit_key"].partition("@")[0]
        and len(step["from_unit_key"].partition("@")[0]) == 5
    )


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, successor: tuple[str, str]) -> Settings:
    """Build a warehouse from two deliveries; the second replaces some records of the first."""
    old_code, heir_code = successor
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("records"), fixed_as_of_date=AS_OF, parse_processes=1
    )
    td = "unit_code,model_code,event_date,event,result_value,decision_no,decision_body,award_kind,award_level"
    hd = "unit_code,activity_code,activity_type,planned_date,activity_date,participants,topic_code"
    vb = "unit_code,document_no,document_date,title,received_date,disseminated_date,organisations_total,organisations_done"
    kn = "unit_code,item_code,source_type,source_date,statement,responsible_unit_code,due_date,status,closed_date"
    tx = "unit_code,period,division,rated_count,outstanding_count,good_count,completed_count,not_completed_count"
    first = {
        "dk.csv": table(DK_COLUMNS, *models(old_code)),
        "td.csv": table(td, *events(heir_code)),
        "hd.csv": table(
            hd,
            "20,H1,dialogue,2026-10-01,,,land",
            "20,H2,training,2026-12-01,,,other",
            "20,H3,reception,,2026-10-05,12,complaints",
            "20,H4,conference,2026-09-10,,,other",
        ),
        "vb.csv": table(
            vb,
            "20,1-CT/TU,2026-09-01,Chỉ thị về dân vận,2026-09-04,2026-09-21,40,30",
            "20,2-CT/TU,2026-10-01,Chỉ thị về đối thoại,,,,",
        ),
        "kn.csv": table(
            kn,
            "20,K1,dialogue,2026-05-01,Chậm trả hồ sơ,20-MTTQ,2026-11-10,open,",
            "20,K2,inspection,2026-05-01,Thiếu sổ theo dõi,20,2026-06-01,closed,2026-06-11",
            "20,K3,conference,2026-05-01,Bổ sung cán bộ,15,2026-12-31,in_progress,",
            "15,K4,supervision,2025-06-01,Rà soát quy chế,15,,open,",
            "20,K5,self_review,2026-05-01,Báo cáo chậm,20,2026-06-01,open,",
        ),
        "tx.csv": table(
            tx,
            "20,2026-09,Khối Đảng,10,1,7,1,1",
            "20,2026-09,Khối chính quyền,0,0,0,0,0",
            "20,2026-10,,20,5,10,5,0",
        ),
    }
    second = {
        "hd2.csv": table(hd, "20,H1,dialogue,2026-10-01,2026-10-08,120,land"),
        "vb2.csv": table(vb, "20,1-CT/TU,2026-09-01,Chỉ thị về dân vận,2026-09-04,2026-09-21,40,40"),
        "kn2.csv": table(kn, "20,K5,self_review,2026-05-01,Báo cáo chậm,20,2026-06-01,closed,2026-05-30"),
        "tx2.csv": table(tx, "20,2026-09,Khối chính quyền,30,3,21,6,0"),
    }
    for received_at, files in (("2026-11-05T02:00:00+00:00", first), ("2026-11-09T02:00:00+00:00", second)):
        for name, content in files.items():
            drop(settings, name, content, {"received_at": received_at, "is_simulated": True})
    assert collect(settings).returned == 0
    with models_alone():
        build.build(settings)
    audit.audit(settings)
    publish.publish(settings)
    return settings


@pytest.fixture(scope="module")
def ask(settings: Settings) -> Iterator[Query]:
    """Return a function that queries the release."""
    release = store.current(settings)
    assert release is not None
    with duckdb.connect(str(release.path), read_only=True) as connection:
        yield lambda sql, *parameters: connection.execute(sql, list(parameters)).fetchall()


def test_a_model_goes_through_its_steps(ask: Query) -> None:
    rows = ask(
        "select model_code, current_step, status, recognised_date, awarded_date, is_open, days_in_step"
        " from marts.fct_model_registrations where unit_key = ? order by model_code",
        LANG_SON,
    )
    assert rows == [
        # Step 3 began on 1 March and ended with recognition on 30 June: 121 days.
        ("M1", "step_3", "awarded", date(2026, 6, 30), date(2026, 9, 2), False, 121),
        # Taken up again: open since 10 February; 283 days to 20 November.
        ("M2", "step_2", "in_progress", None, None, True, 283),
        ("M3", "step_2", "stopped", None, None, False, 61),
        # Registered on 1 March, nothing heard since: 264 days.
        ("M4", None, "registered", None, None, True, 264),
        ("M5", None, "registered", None, None, True, 476),
    ]


def test_a_unit_that_took_another_over_reports_its_models(ask: Query, successor: tuple[str, str]) -> None:
    old_code, heir_code = successor
    assert ask(
        "select unit_key, registered_unit_key, is_registered from marts.fct_model_events where model_code = 'O1'"
    ) == [(f"{heir_code}@2025-07-01", f"{old_code}@0", True)]
    assert ask(
        "select current_step, current_unit_key from marts.fct_model_registrations where model_code = 'O1'"
    ) == [("step_4", f"{heir_code}@2025-07-01")]


def test_an_event_of_an_unknown_model_is_kept(ask: Query) -> None:
    assert ask(
        "select event, is_registered, registered_unit_key from marts.fct_model_events where model_code = 'UNKNOWN'"
    ) == [("step_1", False, None)]
    assert ask("select count(*), sum(result_value) from marts.fct_model_events") == [(14, 11.0)]


def test_recognition_and_award_have_their_decisions(ask: Query) -> None:
    assert ask(
        "select event, decision_no, decision_body, award_kind, award_level from marts.fct_model_events"
        " where decision_no is not null order by event_date"
    ) == [
        ("recognised", "12-QĐ/TU", "Ban Thường vụ Tỉnh ủy", None, None),
        ("awarded", "15-QĐ/UBND", "Chủ tịch UBND tỉnh", "certificate_of_merit", "province"),
    ]


def test_the_funnel_counts_models_that_reached_each_step(ask: Query) -> None:
    counts = (
        "registered_count, step_1_count, step_2_count, step_3_count, step_4_count, step_5_count,"
        " inspected_count, recognised_count, awarded_count, replicated_count"
    )
    rows = ask(
        f"select lens, kind, {counts} from marts.rpt_model_funnel"
        " where unit_key = ? and phase = '2026-2030' order by lens, kind",
        LANG_SON,
    )
    assert rows == [
        (lens, kind, *figures)
        for lens in ("as_reported", "current_boundaries", "unchanged_units")
        for kind, figures in (
            ("collective", (3, 2, 2, 1, 0, 0, 1, 1, 1, 0)),
            ("individual", (1, 1, 1, 0, 0, 0, 0, 0, 0, 0)),
        )
    ]
    # Of 2021–2025 today's province has M5, of which nothing is known, and what it took over with the commune.
    assert ask(
        "select registered_count, step_4_count, step_5_count, recognised_count from marts.rpt_model_funnel"
        " where unit_key = ? and phase = '2021-2025' and lens = 'current_boundaries'",
        LANG_SON,
    ) == [(2, 1, 0, 0)]
    assert ask(
        "select registered_count, step_1_count, recognised_count from marts.rpt_model_funnel"
        " where unit_key = ? and phase = '2021-2025' and lens = 'as_reported'",
        LANG_SON,
    ) == [(1, None, None)]


def test_activities_planned_and_held_are_counted(ask: Query) -> None:
    rows = ask(
        "select activity_code, period_code, is_planned, is_held, is_overdue, days_after_plan, participants"
        " from marts.fct_activities order by activity_code"
    )
    assert rows == [
        ("H1", "2026-10", True, True, False, 7, 120),
        ("H2", "2026-12", True, False, False, None, None),
        ("H3", "2026-10", False, True, False, None, 12),
        ("H4", "2026-09", True, False, True, None, None),
    ]


def test_documents_have_their_days_to_the_grassroots(ask: Query) -> None:
    rows = ask(
        "select document_no, days_to_receive, days_to_disseminate, organisations_done_ratio, is_disseminated"
        " from marts.fct_documents order by document_no"
    )
    assert rows == [("1-CT/TU", 3, 20, 1.0, True), ("2-CT/TU", None, None, None, False)]


def test_commitments_have_their_owner_and_their_days_overdue(ask: Query) -> None:
    rows = ask(
        "select item_code, responsible_unit_key, is_open, is_overdue, days_overdue, days_open"
        " from marts.fct_commitments order by item_code"
    )
    assert rows == [
        ("K1", "20-MTTQ@2025-07-01", True, True, 10, 203),
        ("K2", LANG_SON, False, False, 10, 41),
        # Code 15 was Yên Bái until 2025-06-30 and is Lào Cai since.
        ("K3", "15@2025-07-01", True, False, 0, 203),
        ("K4", "15@0", True, None, None, 537),
        ("K5", LANG_SON, False, False, 0, 29),
    ]


def test_a_later_rating_replaces_the_earlier_one_whole(ask: Query) -> None:
    rows = ask(
        "select period_code, period, division, rated_count, good_or_better_ratio from marts.fct_ratings order by 1"
    )
    assert rows == [
        ("2026-09", "2026-09", "Khối chính quyền", 30, 0.8),
        ("2026-10", "2026-10", None, 20, 0.75),
    ]


def test_lists_are_published_with_their_names(ask: Query) -> None:
    names = dict(ask("select code, name_vi from marts.dim_list_items where list_name = 'item_states'"))
    assert names["closed"] == "Đã hoàn thành"
    steps = ask("select code from marts.dim_list_items where list_name = 'model_steps' order by sort_order")
    assert [code for (code,) in steps][:6] == ["step_1", "step_2", "step_3", "step_4", "step_5", "inspected"]


@pytest.mark.parametrize(
    "name", ["fct_model_events", "fct_activities", "fct_documents", "fct_commitments", "fct_ratings"]
)
def test_every_record_knows_its_cell_and_says_that_it_is_simulated(ask: Query, name: str) -> None:
    rows = ask(f"select is_simulated, submission_id, sheet, row_number from marts.{name}")
    assert rows
    assert all(row[0] is True and row[1] and row[2] == "csv" and row[3] >= 2 for row in rows)


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("delete from marts.fct_activities where activity_code = 'H3'", "no HD record is lost"),
        ("delete from marts.fct_model_events where event = 'awarded'", "no TD record is lost"),
        ("update marts.fct_documents set row_number = 99", "no VB record is lost"),
        ("delete from marts.fct_commitments where status = 'closed'", "no KN record is lost"),
        ("update marts.fct_ratings set good_count = good_count + 1", "rating of every unit"),
    ],
)
def test_a_record_that_got_lost_is_noticed(
    settings: Settings, tmp_path: Path, tampering: str, told: str
) -> None:
    copied = replace(settings, data_dir=tmp_path)
    shutil.copytree(settings.warehouse_dir, copied.warehouse_dir)
    with duckdb.connect(str(copied.build_path)) as connection:
        connection.execute(tampering)
    with pytest.raises(audit.AuditFailed, match=told):
        audit.audit(copied)
