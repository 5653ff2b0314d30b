"""Questions that hold a report against something else: records, targets, a survey, corrections; and how they are worded."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.marts.dbt_kit import DBT_PROJECT, SmallBuild, evaluate, small_build
from tests.marts.plausibility_country import Figure, seed
from tests.marts.plausibility_tables import tables
from tests.marts.test_plausibility import MODELS

UNIT, OTHER = "P1-001", "P1-002"


@pytest.fixture
def connection() -> Iterator[SmallBuild]:
    with small_build() as connection:
        yield connection


def rate(indicator: str, period: str, numerator: float, denominator: float, unit: str = UNIT) -> Figure:
    return Figure(unit, indicator, period, numerator, denominator, None)


def count(indicator: str, period: str, value: float, unit: str = UNIT) -> Figure:
    return Figure(unit, indicator, period, None, None, value)


def test_a_report_is_held_against_the_ratings_once_a_run(connection: SmallBuild) -> None:
    """Agreeing in August; three persons apart in September and October, so asked in October; unknown in November."""
    months = ("2026-08", "2026-09", "2026-10", "2026-11")
    tables(connection, [rate("TDUA_THANG", month, 38, 40) for month in months])
    for month, good in zip(months, (36, 33, 33, None), strict=True):
        connection.execute(
            "insert into int_ratings values (?, ?, 30, 2, ?), (?, ?, 10, 0, 0)",
            [UNIT, month, good, UNIT, month],
        )
    connection.run(
        "int_figures_to_compare",
        "int_models_held",
        "int_figures_from_records",
        "int_questions_on_records",
    )
    assert connection.execute(
        "select rule_code, part, period_code, found_figure, expected_figure, figure_count from int_questions_on_records"
    ).fetchall() == [("differs_from_ratings", "numerator", "2026-10", 38, 35, 2)]


def test_models_are_counted_where_it_is_certain_who_holds_them(connection: SmallBuild) -> None:
    """Two in force and one ended: 3 reported is one too many. A unit that took over from a split one is not asked."""
    figures = [
        count("DVK_DK", "2026-6M", 3),
        count("DVK_DK_TT", "2026-6M", 2),
        count("DVK_DK", "2026-6M", 9, OTHER),
    ]
    tables(connection, figures)
    connection.executemany(
        "insert into int_model_registrations values (?, ?, 'Tên', ?, '2026-2030', ?, ?, '2026-01', 's')",
        [
            (UNIT, "A", "collective", "2026-01-05", None),
            ("OLD", "B", "collective", "2025-03-01", "2026-12-31"),
            ("OLD", "C", "individual", "2025-03-01", "2026-05-31"),
            (UNIT, "D", "collective", "2026-07-01", None),
            (OTHER, "E", "collective", "2026-01-05", None),
        ],
    )
    connection.execute("insert into int_single_successors values ('OLD', ?)", [UNIT])
    connection.execute("insert into int_unit_paths_to_current values ('SPLIT', ?, 2)", [OTHER])
    connection.run(
        "int_figures_to_compare",
        "int_models_held",
        "int_figures_from_records",
        "int_questions_on_records",
    )
    assert connection.execute(
        "select rule_code, unit_key, indicator_code, found_figure, expected_figure, figure_count from int_questions_on_records"
    ).fetchall() == [("differs_from_registrations", UNIT, "DVK_DK", 3, 2, 3)]


def test_dissemination_is_held_against_three_documents_or_more(connection: SmallBuild) -> None:
    """27 of 60 organisations is 45 %; 19 of 20 reported is 95 %. Two documents are too few to ask."""
    tables(connection, [rate("QT_NQ", "2025", 19, 20), rate("QT_NQ", "2025", 19, 20, OTHER)])
    for unit, days in ((UNIT, (3, 4, 5)), (OTHER, (3, 4))):
        for day in days:
            connection.execute("insert into int_documents values (?, ?, 20, 9)", [unit, f"2025-06-0{day}"])
    connection.execute(
        "insert into int_documents values (?, '2026-01-01', 20, 20), (?, '2025-07-01', 20, null)",
        [UNIT, UNIT],
    )
    connection.run(
        "int_figures_to_compare",
        "int_models_held",
        "int_figures_from_records",
        "int_questions_on_records",
    )
    assert connection.execute(
        "select rule_code, unit_key, found_figure, expected_figure, figure_count from int_questions_on_records"
    ).fetchall() == [("differs_from_documents", UNIT, 95.0, pytest.approx(45.0), 3)]


def test_a_high_self_score_over_missed_targets_is_asked_about(connection: SmallBuild) -> None:
    """92 points with 2 of 4 targets missed are asked about after one year or three months; self-scores are no target."""
    figures = [count("DVCQ_DIEM", "2025", 92), count("DVCQ_DIEM", "2025", 89, OTHER)]
    figures += [rate("TDUA_THANG", f"2026-0{month}", 40, 40) for month in (1, 2, 4, 5, 6)]
    tables(connection, figures)
    verdicts = ("met", "narrowly_missed", "missed", "missed")
    for unit in (UNIT, OTHER):
        for period in ("2025", *(f"2026-0{month}" for month in (1, 2, 3, 4, 5, 6))):
            for code, verdict in zip(("NTT_XL", "KNTC_GQ", "TH_THON", "TD_XA"), verdicts, strict=True):
                if (period, code) != ("2026-02", "TD_XA"):
                    connection.execute(
                        "insert into int_series_verdicts values (?, ?, ?, ?)",
                        [unit, period, code, verdict],
                    )
    connection.execute("insert into int_series_verdicts values (?, '2026-02', 'DVCQ_DIEM', 'missed')", [UNIT])
    connection.run("int_figures_to_compare", "int_questions_on_self_scores")
    assert connection.execute(
        "select unit_key, indicator_code, period_code, found_figure, figure_count, case_count"
        " from int_questions_on_self_scores order by period_code"
    ).fetchall() == [
        (UNIT, "DVCQ_DIEM", "2025", 92, 4, 2),
        (UNIT, "TDUA_THANG", "2026-06", 100, 4, 2),
    ]


def test_a_high_self_score_with_a_low_survey_is_asked_about(connection: SmallBuild) -> None:
    """Three of twelve provinces are the highest by self-score and the lowest in the survey: a question."""
    scores = {f"Q{number:02}": 80.0 + number for number in range(12)}
    surveyed = {unit: 40.0 - number for number, unit in enumerate(scores)} | {"Q10": 39.5}
    tables(connection, [count("DVCQ_DIEM", "2015", score, unit) for unit, score in scores.items()])
    for unit, value in surveyed.items():
        connection.execute(
            "insert into int_units (unit_key, unit_name, series_key, level, province_unit_key) values (?, ?, ?, 'province', ?)",
            [unit] * 4,
        )
        connection.execute(
            "insert into int_indicator_values (unit_key, indicator_code, period_code, value)"
            " values (?, 'PAPI_OVERALL', '2015', ?)",
            [unit, value],
        )
    connection.run("int_figures_to_compare", "int_questions_on_panels")
    assert connection.execute(
        "select unit_key, indicator_code, other_indicator_code, found_figure, expected_figure, figure_count"
        " from int_questions_on_panels order by unit_key"
    ).fetchall() == [
        ("Q09", "DVCQ_DIEM", "PAPI_OVERALL", 89, 31, 12),
        ("Q11", "DVCQ_DIEM", "PAPI_OVERALL", 91, 29, 12),
    ]


def test_corrections_that_all_improve_the_figure_are_asked_about(connection: SmallBuild) -> None:
    """Ten improvements raise a question; nine do not, nor do ten of which one is worse. Fewer petitions are better."""
    tables(connection, [])
    for unit, ups, downs in ((UNIT, 10, 0), (OTHER, 9, 1), ("P1-003", 9, 0)):
        for number in range(ups + downs):
            period = f"2025-{number + 1:02}"
            code = "KK_DONGNGUOI" if number % 2 else "NTT_XL"
            is_up = (number < ups) != (code == "KK_DONGNGUOI")
            for revision, value in ((1, 50.0), (2, 50.0), (3, 60.0 if is_up else 40.0)):
                connection.execute(
                    "insert into int_indicator_values (unit_key, indicator_code, period_code, revision, value, submission_id,"
                    " known_from, known_to) values (?, ?, ?, ?, ?, ?, make_timestamp(2026, ?, ?, 0, 0, 0),"
                    " case when ? < 3 then make_timestamp(2026, ?, ?, 0, 0, 0) end)",
                    [
                        *(unit, code, period, revision, value, f"{unit}/{period}/{revision}"),
                        *(number + 1, revision, revision, number + 1, revision + 1),
                    ],
                )
    connection.run("int_questions_on_corrections")
    assert connection.execute("select * from int_questions_on_corrections").fetchall() == [
        ("corrections_only_improve", UNIT, "2025-10", "2025-01", 10)
    ]


def test_a_registration_like_another_is_asked_about_once_a_month(
    connection: SmallBuild,
) -> None:
    tables(connection, [])
    connection.executemany(
        "insert into int_model_registrations values (?, ?, ?, 'collective', '2026-2030', '2026-04-01', null, '2026-04', 's')",
        [(UNIT, "A", "Mô hình A {period}"), (UNIT, "B", "Mô hình B"), (OTHER, "C", "Mô hình C")],
    )
    connection.executemany(
        "insert into int_model_near_duplicates values (?, ?, ?, ?, ?, ?, ?)",
        [
            (UNIT, "A", OTHER, "C", 0.954, False, True),
            (UNIT, "B", OTHER, "C", 0.9, False, True),
            (OTHER, "C", UNIT, "A", 0.89, False, True),
            (UNIT, "B", UNIT, "A", 0.99, True, False),
        ],
    )
    connection.run("int_questions_on_registrations")
    row = connection.execute(
        "select unit_key, period_code, model_code, other_unit_key, other_model_code, found_figure, figure_count"
        " from int_questions_on_registrations"
    ).fetchall()
    assert row == [(UNIT, "2026-04", "A", OTHER, "C", 95, 2)]


def test_every_word_in_braces_is_one_that_is_filled_in() -> None:
    known = {
        "indicator",
        "other_indicator",
        "period",
        "first_period",
        "part",
        "found",
        "expected",
        "count",
        "cases",
    }
    known |= {"other_unit", "model", "other_model"}
    for row in seed("plausibility_rules"):
        for language in ("vi", "en"):
            words = set(re.findall(r"\{(.*?)\}", row[f"question_{language}"]))
            assert words <= known, row["rule_code"]
            assert "?" in row[f"question_{language}"]
        assert set(re.findall(r"\{.*?\}", row["question_vi"])) == set(
            re.findall(r"\{.*?\}", row["question_en"])
        )


def test_every_rule_has_thresholds_and_every_threshold_is_read() -> None:
    paths = [*(DBT_PROJECT / "models").rglob("*.sql")]
    paths += [DBT_PROJECT / "macros" / "rules" / "plausibility.sql"]
    sql = "".join(path.read_text() for path in paths)
    read = set(re.findall(r"plausibility_limit\('(\w+)', '(\w+)'\)", sql))
    written = {(row["rule_code"], row["threshold_name"]) for row in seed("plausibility_thresholds")}
    assert read == written
    assert {rule for rule, _ in written} == {row["rule_code"] for row in seed("plausibility_rules")}


def test_questions_are_in_both_languages_with_the_units_own_figures(
    connection: SmallBuild,
) -> None:
    """A first quarter of 1,378 dossiers against months of 400, 400 and 398, and a number of days with a decimal."""
    months = [
        rate("TTHC_DUNGHAN", f"2026-0{month}", 390, whole) for month, whole in ((1, 400), (2, 400), (3, 398))
    ]
    tables(connection, [*months, rate("TTHC_DUNGHAN", "2026-Q1", 1170, 1378)])
    connection.run(*MODELS, "rpt_plausibility_flags")
    name_vi = "Tỷ lệ hồ sơ của người dân trả trước và đúng hạn (TTPVHCC tỉnh; một cửa huyện/xã)"
    assert connection.execute(
        "select rule_code, detail_vi, detail_en from rpt_plausibility_flags"
    ).fetchall() == [
        (
            "parts_do_not_sum",
            f"{name_vi}: mẫu số của quý I/2026 là 1.378, còn cộng 3 tháng là 1.198. Số nào đúng?",
            "One-stop dossiers returned early or on time: the denominator for the first quarter of 2026 is 1,378, while its"
            " 3 months add up to 1,198. Which one is right?",
        )
    ]


def test_a_unit_alone_is_held_against_an_ordinary_rate_and_two_figures_can_be_a_copy(
    connection: SmallBuild,
) -> None:
    """Twelve months of 20 of 20 are a chance of 0.9 ^ 240, one in 10 ^ 11; two rates of September were repeated for October."""
    tables(
        connection,
        [rate("NTT_XL", f"2025-{month:02}", 20, 20) for month in range(1, 13)]
        + [rate("TTHC_DUNGHAN", month, 60, 70, OTHER) for month in ("2026-09", "2026-10")]
        + [rate("NTT_XL", month, 45, 50, OTHER) for month in ("2026-09", "2026-10")],
    )
    connection.run(*MODELS)
    assert connection.execute(
        "select rule_code, unit_key, indicator_code, period_code, first_period_code, expected_figure, figure_count, case_count"
        " from int_questions order by rule_code"
    ).fetchall() == [
        ("constant_full", UNIT, "NTT_XL", "2025-12", "2025-01", pytest.approx(90), 12, 240),
        ("copied_period", OTHER, None, "2026-10", "2026-09", None, 2, None),
        ("repeated_figure", UNIT, "NTT_XL", "2025-12", "2025-01", None, 12, None),
    ]


def test_numbers_have_the_form_of_each_language() -> None:
    figures = ("1234567", "84.57", "0", "1234.5")
    english = evaluate(*(f"{{{{ number_en('{figure}') }}}}" for figure in figures))
    vietnamese = evaluate(*(f"{{{{ number_vi('{figure}') }}}}" for figure in figures))
    assert english == ("1,234,567", "84.6", "0", "1,234.5")
    assert vietnamese == ("1.234.567", "84,6", "0", "1.234,5")


def test_a_rule_without_a_valid_threshold_asks_nothing(connection: SmallBuild) -> None:
    months = [rate("TTHC_DUNGHAN", f"2026-0{month}", 390, 400) for month in (1, 2, 3)]
    tables(connection, [*months, rate("TTHC_DUNGHAN", "2026-Q1", 1170, 1378)])
    connection.execute(
        "update plausibility_thresholds set valid_to = date '2026-11-19' where rule_code = 'parts_do_not_sum'"
    )
    connection.run("int_plausibility_figures", "int_questions_on_cumulative_periods")
    assert connection.execute("select count(*) from int_questions_on_cumulative_periods").fetchone() == (0,)
