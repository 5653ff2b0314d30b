"""The questions that a contract may put to earlier reports, each with its thresholds.

`warehouse.intake.history` answers them, and its SQL files say how each threshold is used.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field

from warehouse.forms.columns import Contract


class _Question(Contract):
    """A question by its name, `check`; every other key is a threshold."""

    check: str

    @property
    def name(self) -> str:
        """The name of the question."""
        return self.check

    @cached_property
    def params(self) -> dict[str, Any]:
        """The thresholds by name."""
        return {name: value for name, value in self if name != "check"}


class CumulativeDoesNotFall(_Question):
    """Does a cumulative figure fall from one cumulative period to the next?"""

    check: Literal["cumulative_does_not_fall"]
    not_for: tuple[str, ...] = Field(description="Indicators that may fall.")


class DiffersFromPrevious(_Question):
    """Are all figures equal to those of the period before?"""

    check: Literal["differs_from_previous"]
    recent_days: int = Field(
        description="Ask about periods that ended at most so many days before the file arrived."
    )
    least_size: int = Field(description="A figure from this size on is large.")
    least_large: int = Field(
        description="How many large figures must be equal before chance is no explanation."
    )


class NearToPrevious(_Question):
    """Is a figure many times the figure of the period before, or a small part of it?"""

    check: Literal["near_to_previous"]
    recent_days: int = Field(
        description="Ask about periods that ended at most so many days before the file arrived."
    )
    factor: int = Field(description="How many times, or how small a part.")
    least_size: int = Field(description="The larger of the two figures is at least this.")
    not_for: tuple[str, ...] = Field(description="Indicators that may jump.")


class RatedNearToPrevious(_Question):
    """Is the number of people rated many times the number of the period before, or a small part of it?"""

    check: Literal["rated_near_to_previous"]
    factor: int = Field(description="How many times, or how small a part.")
    least_size: int = Field(description="The larger of the two numbers is at least this.")


class ActivitiesWithinCount(_Question):
    """Is an indicator smaller than the number of activities that the unit listed in form HD?"""

    check: Literal["activities_within_count"]
    indicator: str = Field(description="The indicator that counts the activities.")
    activity_types: tuple[str, ...] = Field(description="The activities that it counts.")


class ModelsRegistered(_Question):
    """Is a model of form TD registered, by this unit, and before the event?"""

    check: Literal["models_registered"]
    soon: tuple[str, ...] = Field(
        description="Events that soon follow a registration, which may arrive later."
    )
    grace_days: int = Field(
        description="How many days after such an event the registration may still be missing."
    )
    before: tuple[str, ...] = Field(description="Events that may precede the registration.")


class ClosedStaysClosed(_Question):
    """Does the state of an item go back from closed to open?"""

    check: Literal["closed_stays_closed"]
    closed: tuple[str, ...] = Field(description="The states that are final.")
    open: tuple[str, ...] = Field(description="The states that are not.")


class HeldStaysHeld(_Question):
    """Is the day on which an activity was held taken back?"""

    check: Literal["held_stays_held"]


class ReachDoesNotFall(_Question):
    """Do fewer organisations have a document than before?"""

    check: Literal["reach_does_not_fall"]


HistoryCheck = Annotated[
    CumulativeDoesNotFall
    | DiffersFromPrevious
    | NearToPrevious
    | RatedNearToPrevious
    | ActivitiesWithinCount
    | ModelsRegistered
    | ClosedStaysClosed
    | HeldStaysHeld
    | ReachDoesNotFall,
    Field(discriminator="check"),
]
