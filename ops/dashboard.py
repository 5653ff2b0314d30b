"""`make dashboard`: run the dashboard alone, on the current release."""

from __future__ import annotations

import os
import sys

from ops.ports import LOCAL_HOST, check_port
from warehouse.settings import PROJECT_DIR, Settings, load


def command(settings: Settings) -> list[str]:
    """Return the command that starts Streamlit on the loopback address, in the folder of the project."""
    return [
        *(sys.executable, "-m", "streamlit", "run", "dashboard/app.py"),
        *("--server.port", str(settings.dashboard_port), "--server.address", LOCAL_HOST),
        *("--server.headless", "true", "--browser.gatherUsageStats", "false"),
    ]


def main() -> int:
    """Replace this process with the dashboard; return 1 when its port is taken."""
    settings = load()
    try:
        check_port("DASHBOARD_PORT", settings.dashboard_port)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Dashboard: http://{LOCAL_HOST}:{settings.dashboard_port} (Ctrl-C stops it)", flush=True)
    os.chdir(PROJECT_DIR)
    os.environ["DATA_DIR"] = str(settings.data_dir)
    os.execv(sys.executable, command(settings))  # noqa: S606


if __name__ == "__main__":
    sys.exit(main())
