"""Stands in for dbt's `adapter` while sqlfluff renders templates: an engine macro renders as its first argument."""

from collections.abc import Callable


def dispatch(macro_name: str, macro_namespace: str | None = None) -> Callable[..., str]:
    """A macro that renders as its first argument, or as a query: enough for a linter to parse the SQL around it."""
    if macro_name == "days_between_years":
        return lambda *arguments: "select current_date as calendar_date"
    if macro_name == "quoted":
        return lambda *arguments: f'"{arguments[0]}"'
    return lambda *arguments: str(arguments[0])
