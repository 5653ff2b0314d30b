"""Notes which reports of a file are part-corrections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from warehouse.forms.how_sent import PART, WHOLE, HowSent
from warehouse.intake.messages.findings import Issue
from warehouse.intake.reports.gather import Report
from warehouse.intake.tables.table import Table


def note_how_sent(reports: Iterable[Report], tables: Sequence[Table], chosen: HowSent | None) -> None:
    """Note which reports are part-corrections. The choice made on the page goes before the one in the sheet, which the template
    has filled in already. A report on sheets of different choices is asked about.
    """
    ways = {table.how_sent or WHOLE for table in tables}
    for report in reports:
        said = (
            ways
            if len(ways) == 1
            else {row.table.how_sent or WHOLE for row in (*report.rows, *report.blanks)}
        )
        report.is_part_correction = report.form.is_accepted_whole and (chosen or min(said)) == PART
        if len(said) > 1:
            report.add((report.rows + report.blanks)[0].table, None, Issue("how_sent_differs"))
