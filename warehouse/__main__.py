"""`python -m warehouse`: see `warehouse.cli`."""

from __future__ import annotations

import sys

from warehouse.cli import main

sys.exit(main())
