"""Build some provinces upon the current release instead of everything, where only reports of some provinces changed.

All reports of one of today's provinces are added up there: no unit ever went to two provinces. So the reports of the
provinces that changed give all rows of these provinces anew, and with the totals of the other provinces the country's rows:

- `choose` decides whether a build is whole, or which provinces it builds upon which release (`Scope`);
- `cut_snapshot` makes the file that such a build reads: the snapshot without the figures of the other provinces;
- `has_same_frame` compares, after the build, the tables that all provinces share with the same tables of the release;
- `replace_rows` puts the built rows in the place of those provinces' rows in a copy of the release;
- `keep_base` keeps the data that the next such build needs, `forget_base` removes it.

Where any doubt is left the build is whole; so it is while the dbt project has a model that `models.py` does not list. Others
import from this file alone.
"""

from warehouse.release.partial.assemble import WrongAssembly, replace_rows
from warehouse.release.partial.base import COUNTRY, forget_base, keep_base, make_base_tables
from warehouse.release.partial.cut import cut_snapshot
from warehouse.release.partial.decide import choose, has_same_frame
from warehouse.release.partial.models import ROWS_OF_SCOPE
from warehouse.release.partial.scope import Scope, whole

__all__ = (
    "COUNTRY",
    "ROWS_OF_SCOPE",
    "Scope",
    "WrongAssembly",
    "choose",
    "cut_snapshot",
    "forget_base",
    "has_same_frame",
    "keep_base",
    "make_base_tables",
    "replace_rows",
    "whole",
)
