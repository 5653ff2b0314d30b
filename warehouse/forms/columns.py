"""One column of a form, as its contract declares it: type, headings, bounds, and how it depends on other columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

ColumnType = Literal[
    "unit", "period", "indicator", "code", "text", "number", "integer", "date", "list", "phase"
]


class Contract(BaseModel):
    """A part of a contract: it never changes after it is read, and an unknown key is an error."""

    # Only whole forms are validated, so no part needs a validator of its own: every process that reads forms starts sooner.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def _as_names(value: Any) -> Any:
    """Wrap one name in a tuple: a contract may write `due_date` for `[due_date]`."""
    return (value,) if isinstance(value, str) else value


Names = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_names, json_schema_input_type=str | tuple[str, ...]),
]


class PrivateFor(Contract):
    """The column names a person where another column has this value, and then only a code is kept."""

    column: str
    value: str


class When(Contract):
    """The condition that another column has one of these values."""

    column: str
    values: tuple[str, ...]


class Column(Contract):
    """One column of a form."""

    name: str = Field(description="The column's name in a CSV and in the published tables.")
    type: ColumnType
    heading_vi: str = Field(description="The heading in the workbook.")
    heading_en: str
    help_vi: str = Field(description="One sentence for the officer who fills in the column.")
    width: int = Field(description="Width in the workbook, in characters.")
    aliases: tuple[str, ...] = Field((), description="Other headings that are understood.")
    required: bool = Field(False, description="A blank cell is an error.")
    prefilled: bool = Field(
        False, description="The template fills the column in; the officer leaves it alone."
    )
    helper: bool = Field(False, description="Read to check or to find another column; never kept.")
    in_template: bool = Field(True, description="The workbook has the column.")
    list: str | None = Field(None, description="The seed with the values of a list.")
    values: dict[str, str] | None = Field(None, description="The values of a list: code and Vietnamese name.")
    min: int | float | date | None = Field(None, description="The least number, or the earliest day.")
    max: int | float | date | None = Field(None, description="The greatest number, or the last day.")
    not_in_future: bool = Field(False, description="A day after today is an error.")
    max_years_ahead: int | None = Field(None, description="How many years after today's a day may lie.")
    not_before: Names = Field((), description="Date columns that this date must not precede.")
    not_above: str | None = Field(None, description="A column whose number this number must not exceed.")
    sum_of: Names = Field((), description="Columns whose numbers add up to this number.")
    expected_for: When | None = Field(
        None, description="When a blank cell is worth a question to the sender."
    )
    not_kept_for: When | None = Field(None, description="When the text must not be kept.")
    is_private_for: PrivateFor | None = Field(None, description="When the text is a person's name.")

    @model_validator(mode="after")
    def _list_has_values(self) -> Column:
        if self.type == "list" and not (self.list or self.values):
            raise ValueError("a list needs `list` (a seed) or `values`")
        return self

    @property
    def is_numeric(self) -> bool:
        """Whether the cells of the column are numbers."""
        return self.type in ("number", "integer")

    def named_columns(self) -> Iterator[tuple[str, str]]:
        """Pairs of a key of this declaration and a column of the form that it names."""
        for key in ("not_before", "sum_of"):
            yield from ((key, name) for name in getattr(self, key))
        if self.not_above:
            yield "not_above", self.not_above
        for key in ("expected_for", "not_kept_for", "is_private_for"):
            if condition := getattr(self, key):
                yield key, condition.column
