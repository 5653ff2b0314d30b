"""The sample that a fresh warehouse starts with: simulated reports of real units, and true published figures.

- `small`, `national`: the samples, file by file
- `province_files`, `unit_workbooks`, `record_files`: the files of provinces and of units
- `other_provinces`, `province_totals`: the files and figures of the provinces that send only their own totals
- `csv_files`, `own_workbooks`: the ways in which offices write a table
- `panel_workbook`: a workbook of another system
- `reports`, `model_registrations`, `model_progress`, `records`: the rows of each form
- `figures`, `monthly_series`, `indicator_patterns`, `indicator_parts`: the true figures behind form BC
- `party`: the party's own committees and cells
- `planted`: doubtful figures that the checks must find
- `units`, `draws`, `record_texts`: units, reproducible random numbers, words
- `outbox`: the folder in which a sample is made before it moves into the inbox
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from warehouse.intake.arrive import archive
from warehouse.raw import store
from warehouse.sample.national import make_national
from warehouse.sample.outbox import Outbox
from warehouse.sample.small import make_small
from warehouse.settings import LOCAL_ZONE, Settings

PUBLISHED_FIGURES = Path(__file__).with_name("published_figures.csv")
# These figures were entered before the first file of the sample arrived.
PUBLISHED_FIGURES_RECEIVED_AT = datetime(2023, 12, 29, 9, 0, tzinfo=LOCAL_ZONE)
_MAKERS: dict[str, Callable[[Outbox, Path], None]] = {"small": make_small, "national": make_national}


def ensure_sample(settings: Settings) -> int:
    """Put the sample that the settings name into the inbox when nothing was ever loaded; return how many files.

    Do nothing and return 0 for sample `none`, and when the ledger or the archive holds any file. A sample whose delivery
    was killed half-way is delivered to the end, whatever was loaded meanwhile.
    """
    maker = _MAKERS.get(settings.sample)
    if maker is None:
        return 0
    outbox = Outbox(settings.warehouse_dir / "sample")
    if not outbox.is_ready:
        if any(archive.archived_hashes(settings)) or store.count_recorded(settings):
            return 0
        outbox.start()
        maker(outbox, settings.seeds_dir)
        target = outbox.add(PUBLISHED_FIGURES.name, PUBLISHED_FIGURES_RECEIVED_AT, is_simulated=False)
        shutil.copyfile(PUBLISHED_FIGURES, target)
        outbox.finish()
    return outbox.deliver(settings.inbox_dir)
