"""Makes the sample that SAMPLE names when the ledger is empty, in a separate process while Airflow starts."""

from __future__ import annotations

from warehouse.sample import ensure_sample
from warehouse.settings import load

if __name__ == "__main__":
    settings = load()
    print(f"sample {settings.sample}: {ensure_sample(settings)} files")
