"""The fast path for long tables: reports without any finding are read by column, all at once.

Reading by row is the program; this room only abbreviates it. It has one door, `take_whole_reports`, which
`warehouse.intake.parse` calls once. Without that call every file is read by row, with the same result, only slower.
"""

from warehouse.intake.bulk.whole_reports import take_whole_reports

__all__ = ["take_whole_reports"]
