"""The topics of an inspection, and the indicators, activities, conclusions and documents of each (seed inspection_topics)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from warehouse.reference.lists import read_list
from warehouse.reference.seeds import as_date, read_seed


class UnknownTopic(LookupError):
    """No such topic; the message lists those that there are."""


@dataclass(frozen=True)
class Topic:
    """One topic. Activities and conclusions under its own code always belong to it, even where it names nothing else."""

    code: str
    name_vi: str
    name_en: str
    indicators: tuple[str, ...] = ()
    activity_types: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    document_words: tuple[str, ...] = ()


def load_topics(seeds_dir: Path, day: date) -> Mapping[str, Topic]:
    """Return the topics by code as they stand on a day: those of seed topics, and those that seed inspection_topics adds."""
    parts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in read_seed(seeds_dir, "inspection_topics"):
        starts, ends = as_date(row["valid_from"]), as_date(row["valid_to"])
        if (starts or day) <= day <= (ends or day):
            parts[row["topic_code"]][row["kind"]].append(row["value"])
    for item in read_list(seeds_dir, "topics"):
        parts[item.code]["name_vi"].append(item.name_vi)
        parts[item.code]["name_en"].append((*item.other_names, item.name_vi)[0])
    return {code: _topic(code, kinds) for code, kinds in sorted(parts.items())}


def find_topic(topics: Mapping[str, Topic], code: str) -> Topic:
    """Return the topic with this code. Raises UnknownTopic, with the codes and names that there are."""
    if code in topics:
        return topics[code]
    known = "\n".join(f"  {topic.code:20} {topic.name_vi} ({topic.name_en})" for topic in topics.values())
    raise UnknownTopic(f"không có chủ đề {code!r} (no such topic); có (there are):\n{known}")


def _topic(code: str, kinds: Mapping[str, list[str]]) -> Topic:
    def all_of(kind: str) -> tuple[str, ...]:
        return tuple(kinds.get(kind, ()))

    return Topic(
        code,
        (*all_of("name_vi"), code)[0],
        (*all_of("name_en"), code)[0],
        all_of("indicator"),
        all_of("activity_type"),
        (code, *all_of("category")),
        all_of("document_word"),
    )
