"""The health check of the Airflow services in docker-compose.yml: the state of each part, as the API server knows it.

python -m ops.health ADDRESS PART    (scheduler, dag_processor, metadatabase)
"""

from __future__ import annotations

import json
import sys
import urllib.request

ANSWER_SECONDS = 8.0


def main() -> int:
    """Exit 0 when the part is healthy."""
    address, part = sys.argv[1:]
    with urllib.request.urlopen(f"{address}/api/v2/monitor/health", timeout=ANSWER_SECONDS) as answer:  # noqa: S310
        health = json.load(answer)
    return 0 if health[part]["status"] == "healthy" else 1


if __name__ == "__main__":
    sys.exit(main())
