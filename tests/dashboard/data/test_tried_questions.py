"""Each tried question runs on a real release; the answers are those of the rows that were sent, worked out here by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.dashboard.fixture_release import wilson
from warehouse.release import reader
from warehouse.release.questions import Question, tried_questions
from warehouse.release.store import Release

QUESTIONS = {question.name[:2]: question for question in tried_questions()}
# The built release sends 379 + 10 × n of 481 complaints and 4 + n dialogues: n is 0 for Lạng Sơn, 1 for Tuyên Quang, 2 to 4 for
# the communes of the one and 5 to 7 for those of the other. The targets are 85 % in Lạng Sơn and 88 % in Tuyên Quang.
NO_ANSWER = {"06"}
"""Both provinces sent the same periods: no figure is behind."""
MISSING_PERIODS = {"2021-2025", "2025-12", "2026-Q1", *(f"2026-{month:02d}" for month in range(1, 11))}
"""Due in 2026 and not sent by the provinces; 2025, 2026-6M and 2026-9M were."""
COMMUNES_OWING = 65 + 124
"""Communes of Lạng Sơn and of Tuyên Quang since 2025-07-01 (resolutions 1672 and 1684 of the National Assembly's committee)."""


def test_there_are_twenty_questions_and_each_is_put_once_in_each_language() -> None:
    assert sorted(QUESTIONS) == [f"{number:02d}" for number in range(1, 21)]
    for titles in ({q.title_vi for q in tried_questions()}, {q.title_en for q in tried_questions()}):
        assert len(titles) == 20
        assert all(title.endswith("?") for title in titles)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_a_question_reads_the_front_door_alone_and_has_an_answer(question: Question, built: Release) -> None:
    assert "from marts.v_" in question.sql and question.sql.count("marts.") == 1
    frame = reader.query(built, question.sql)
    assert frame.columns.is_unique
    assert (len(frame) == 0) == (question.name[:2] in NO_ANSWER)


def asked(built: Release, number: str, *columns: str) -> list[tuple[Any, ...]]:
    """Return the rows of the answer, with these of its columns and days as dates."""
    frame = reader.query(built, QUESTIONS[number].sql)[list(columns)]
    rows = frame.itertuples(index=False)
    return [tuple(cell.date() if isinstance(cell, datetime) else cell for cell in row) for row in rows]


def test_the_newest_rates_are_numerator_out_of_denominator(built: Release) -> None:
    rows = asked(built, "01", "unit_name", "period_code", "numerator", "denominator", "value")
    assert [row[:4] for row in rows] == [
        ("Tỉnh Tuyên Quang", "2026-9M", 389, 481),
        ("Tỉnh Lạng Sơn", "2026-9M", 379, 481),
    ]
    assert [row[4] for row in rows] == pytest.approx([100 * 389 / 481, 100 * 379 / 481])


def test_a_unit_over_time_stands_in_the_order_of_time(built: Release) -> None:
    assert asked(built, "02", "period_code", "period_end_date", "value") == [
        ("2025-9M", date(2025, 9, 30), 4),
        ("2026-9M", date(2026, 9, 30), 4),
    ]


def test_one_commune_of_lang_son_misses_its_target_narrowly(built: Release) -> None:
    low, high = wilson(399, 481)
    assert 399 / 481 < 0.85 and low < 85 < high
    assert asked(built, "03", "unit_name", "numerator", "target_value", "verdict_name_vi") == [
        ("Phường Đông Kinh", 399, 85, "Chưa đạt, sát ngưỡng")
    ]


def test_communes_that_meet_their_target_are_counted_by_province(built: Release) -> None:
    met = {
        "Tỉnh Lạng Sơn": sum((379 + 10 * n) / 481 >= 0.85 for n in (2, 3, 4)),
        "Tỉnh Tuyên Quang": sum((379 + 10 * n) / 481 >= 0.88 for n in (5, 6, 7)),
    }
    assert asked(built, "04", "current_province_name", "met_count", "judged_count") == [
        (name, count, 3) for name, count in met.items()
    ]


def test_the_gap_is_the_least_number_of_cases_to_the_target(built: Release) -> None:
    # 0.85 × 481 is 408.85: 409 cases are needed, 399 are there.
    assert asked(built, "05", "unit_name", "gap_cases") == [("Phường Đông Kinh", 10)]


def test_two_periods_are_too_few_to_tell_a_change(built: Release) -> None:
    rows = asked(built, "07", "unit_name", "change_class_name_vi", "indicator_count")
    # Both provinces have KNTC_GQ, DT_SO and DVK_DK; committees of Lạng Sơn also report QT_CB, for one period.
    assert rows == [("Tỉnh Lạng Sơn", "Chưa đủ số liệu", 4), ("Tỉnh Tuyên Quang", "Chưa đủ số liệu", 3)]


def test_reports_of_provinces_that_nobody_sent_are_missing(built: Release) -> None:
    rows = asked(built, "08", "unit_name", "period_code", "form_name_vi")
    expected = {
        (name, period) for name in ("Tỉnh Lạng Sơn", "Tỉnh Tuyên Quang") for period in MISSING_PERIODS
    }
    assert len(rows) == len(expected)
    assert {row[:2] for row in rows} == expected
    assert {row[2] for row in rows} == {"Báo cáo chỉ tiêu"}


def test_percentages_of_reports_on_time_are_percentages(built: Release) -> None:
    rows = asked(built, "09", "current_province_name", "due_count", "on_time_percentage")
    assert {row[0] for row in rows} == {"Tỉnh Lạng Sơn", "Tỉnh Tuyên Quang"}
    assert all(due > 0 and 0 <= percentage <= 100 for _, due, percentage in rows)


def test_every_unit_of_lang_son_owes_one_report_of_nine_months(built: Release) -> None:
    # When the reports arrived is the day of the test, so that "late" is not looked at.
    rows = asked(built, "10", "level_name_vi", "status_name_vi", "report_count")
    assert sum(count for level, _, count in rows if level == "Cấp xã") == 65
    assert sum(count for level, _, count in rows if level == "Cấp tỉnh") == 1
    assert ("Cấp xã", "Chưa có", 62) in rows


def test_reports_due_next_are_owed_by_every_commune(built: Release) -> None:
    rows = asked(built, "11", "level_name_vi", "period_code", "due_date", "unit_count")
    # Five working days after November; 5 and 6 December 2026 are a weekend.
    assert ("Cấp xã", "2026-11", date(2026, 12, 7), COMMUNES_OWING) in rows


def test_promises_are_overdue_from_the_day_after_they_were_due(built: Release) -> None:
    # 31 August to 20 November 2026: 30 + 31 + 20 days.
    assert asked(built, "12", "item_code", "responsible_unit_name", "days_overdue") == [
        ("KN-2", "Phường Đông Kinh", 30 + 31 + 20)
    ]


def test_promises_kept_are_counted_by_source(built: Release) -> None:
    columns = ("source_type_name_vi", "item_count", "closed_count", "closed_on_time_count")
    assert sorted(asked(built, "13", *columns)) == [
        ("Kiểm tra", 1, 0, 0),
        ("Tiếp công dân", 1, 0, 0),
        ("Đối thoại", 2, 2, 1),
    ]


def test_open_promises_are_of_the_unit_that_has_to_act(built: Release) -> None:
    days = (date(2026, 11, 20) - date(2026, 4, 1)).days
    assert asked(built, "14", "responsible_unit_name", "open_count", "oldest_days") == [
        ("Phường Đông Kinh", 2, days)
    ]


def test_models_are_counted_once_by_field(built: Release) -> None:
    # The field stands in two guidances of the list: a join on its code alone would double the models.
    columns = ("current_province_name", "field_name_vi", "model_count", "recognised_count")
    assert asked(built, "15", *columns) == [("Tỉnh Lạng Sơn", "Phát triển kinh tế", 3, 1)]


def test_models_without_measure_that_still_run_are_named(built: Release) -> None:
    rows = asked(built, "16", "model_code", "registered_date")
    assert rows == [("LS-002", date(2026, 2, 15)), ("LS-001", date(2026, 8, 20))]


def test_an_award_has_its_kind_in_words_and_its_decision(built: Release) -> None:
    columns = ("event_date", "unit_name", "award_kind_name_vi", "decision_no")
    assert asked(built, "17", *columns) == [
        (date(2026, 10, 10), "Phường Đông Kinh", "Giấy khen", "20/QĐ-UBND")
    ]


def test_recognition_took_the_days_since_registration(built: Release) -> None:
    days = (date(2026, 9, 15) - date(2026, 2, 15)).days
    assert asked(built, "18", "unit_name", "days_to_recognition") == [("Phường Đông Kinh", days)]


def test_dialogues_are_counted_when_they_were_held(built: Release) -> None:
    columns = ("current_province_name", "held_count", "participants", "moved_count")
    assert asked(built, "19", *columns) == [("Tỉnh Lạng Sơn", 2, 120 + 80, 1)]


def test_questions_are_about_figures_and_models(built: Release) -> None:
    rows = asked(built, "20", "unit_name", "about", "question_date", "question_vi")
    (award,) = [row for row in rows if row[1] == "model"]
    assert award[:3] == ("Phường Đông Kinh", "model", date(2026, 10, 10)) and "khen thưởng" in award[3]
    # The province reports 4 dialogues; its three communes 6 + 7 + 8.
    assert any(row[0] == "Tỉnh Lạng Sơn" and "là 4, thấp hơn tổng 21 của 3" in row[3] for row in rows)
