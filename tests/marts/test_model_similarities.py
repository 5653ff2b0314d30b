"""Near-duplicate registrations against an independent comparison of every pair in plain Python, and against planted copies."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import combinations, pairwise

import numpy as np
import pytest

from tests.marts.conftest import seed_rows
from tests.marts.model_draws import FRAMED, TEXT_COLUMNS, ModelWorld, Row
from warehouse.reference.seeds import UNIT_SEEDS
from warehouse.text.vietnamese import fold

# A large warehouse is built for these tests, so they run in `make test-long`.
pytestmark = pytest.mark.long

Key = tuple[str, str]
YEARS = {str(year) for year in range(1900, 2100)}


class Texts:
    """The rule written out for Python: words and phrases without marks, places, years; shared weight over whole weight."""

    def __init__(self, world: ModelWorld, names: dict[str, str]) -> None:
        self.settings = {
            row["setting_code"]: float(row["setting_value"])
            for row in seed_rows(world.settings, "model_similarity_settings")
        }
        self.words: dict[Key, set[str]] = {}
        self.phrases: dict[Key, set[tuple[str, ...]]] = {}
        for row in world.registrations:
            left_out = {*fold(f"{row['area'] or ''} {names[row['unit_key']]}").split(), *YEARS}
            text = fold(" ".join(row[column] or "" for column in TEXT_COLUMNS)).split()
            text = [word for word in text if word not in left_out]
            key = (row["unit_key"], row["model_code"])
            self.words[key] = set(text)
            self.phrases[key] = {tuple(sorted(pair)) for pair in pairwise(text)}
        counts = Counter(word for words in self.words.values() for word in words)
        total = len(self.words)
        self.weights = {word: math.log(1 + total / count) for word, count in counts.items()}
        limit = max(self.settings["common_least_count"], self.settings["common_share"] * total)
        phrase_counts = Counter(phrase for phrases in self.phrases.values() for phrase in phrases)
        self.common = {phrase for phrase, count in phrase_counts.items() if count > limit}

    def similarity(self, one: Key, other: Key) -> float | None:
        """Return the similarity of a pair; None where the pair is no near-duplicate."""
        both, either = self.words[one] & self.words[other], self.words[one] | self.words[other]
        shared, whole = (sum(self.weights[word] for word in words) for words in (both, either))
        phrases = (self.phrases[one] & self.phrases[other]) - self.common
        if not whole or len(phrases) < self.settings["least_shared_phrases"]:
            return None
        return shared / whole if shared / whole >= self.settings["least_similarity"] else None


@pytest.fixture(scope="module")
def texts(model_world: ModelWorld) -> Texts:
    names = {
        row["unit_key"]: row["unit_name"]
        for name in UNIT_SEEDS
        for row in seed_rows(model_world.settings, name)
    }
    return Texts(model_world, names)


@pytest.fixture(scope="module")
def near(texts: Texts) -> dict[frozenset[Key], float]:
    """Return every pair that is a near-duplicate by the rule."""
    keys, numbers = list(texts.words), {word: number for number, word in enumerate(texts.weights)}
    holds = np.zeros((len(keys), len(numbers)))
    for place, key in enumerate(keys):
        holds[place, [numbers[word] for word in texts.words[key]]] = 1
    weighed = holds * list(texts.weights.values())
    shared, own = weighed @ holds.T, weighed.sum(axis=1)
    # Only candidate pairs are compared word by word with the rule in `Texts`.
    candidates = np.argwhere(np.triu(shared > 0.6 * (own[:, None] + own - shared), 1))
    pairs = {(keys[one], keys[other]): texts.similarity(keys[one], keys[other]) for one, other in candidates}
    return {frozenset(pair): similarity for pair, similarity in pairs.items() if similarity is not None}


def found_pairs(world: ModelWorld) -> dict[frozenset[Key], float]:
    rows = world.rows(
        "select unit_key, model_code, similar_unit_key, similar_model_code, similarity from marts.rpt_model_similarities"
    )
    pairs = {frozenset(((a, b), (c, d))): similarity for a, b, c, d, similarity in rows}
    assert len(pairs) == len(rows), "a pair stands in one row"
    return pairs


def test_each_pair_found_is_near_by_the_rule_and_hardly_a_pair_is_missed(
    model_world: ModelWorld, near: dict[frozenset[Key], float]
) -> None:
    found = found_pairs(model_world)
    assert found.keys() <= near.keys()
    assert all(math.isclose(similarity, near[pair], abs_tol=1e-6) for pair, similarity in found.items())
    assert len(found) / len(near) >= 0.98, "the search by signatures may miss a pair in a hundred"


def test_planted_copies_are_found(model_world: ModelWorld) -> None:
    found = found_pairs(model_world)
    shares = {
        name: sum(frozenset(pair) in found for pair in pairs.items()) / len(pairs)
        for name, pairs in model_world.copies.items()
    }
    assert shares["light"] >= 0.98 and shares["medium"] >= 0.95 and shares["heavy"] >= 0.8, shares


def test_few_registrations_that_were_not_copied_are_called_near(model_world: ModelWorld) -> None:
    """The texts are put together from a few dozen sentences, so that more of them are alike by chance than real texts."""
    planted: dict[Key, Key] = {
        copy: original for pairs in model_world.copies.values() for copy, original in pairs.items()
    }

    def origin(key: Key) -> Key:
        while key in planted:
            key = planted[key]
        return key

    found = found_pairs(model_world)
    true = sum(len({origin(key) for key in pair}) == 1 for pair in found)
    assert true / len(found) >= 0.85, (true, len(found))


def test_common_wording_alone_makes_no_near_duplicates(model_world: ModelWorld, texts: Texts) -> None:
    """The texts share only a long paragraph that stands in a part of all registrations."""
    framed = {key for key in texts.words if key[1].startswith("K")}
    shared = [
        len(texts.words[one] & texts.words[other]) for one, other in combinations(sorted(framed)[:20], 2)
    ]
    assert len(framed) == FRAMED and min(shared) > 40
    assert [pair for pair in found_pairs(model_world) if pair & framed] == []


def test_short_names_that_many_choose_are_not_compared(model_world: ModelWorld, texts: Texts) -> None:
    short = [key for key in texts.words if key[1].startswith("S")]
    assert len({frozenset(texts.words[key]) for key in short}) < len(short)
    assert [pair for pair in found_pairs(model_world) if pair & set(short)] == []


def test_each_model_names_the_most_similar_other_one(
    model_world: ModelWorld, near: dict[frozenset[Key], float]
) -> None:
    best: dict[Key, float] = defaultdict(float)
    for pair, similarity in found_pairs(model_world).items():
        for key in pair:
            best[key] = max(best[key], similarity)
    rows = model_world.rows(
        "select unit_key, model_code, similar_unit_key, similar_model_code, similarity from marts.fct_model_registrations"
    )
    assert len(rows) == len(model_world.registrations)
    for unit, code, similar_unit, similar_code, similarity in rows:
        if (unit, code) not in best:
            assert (similar_unit, similar_code, similarity) == (None, None, None)
            continue
        assert similarity == pytest.approx(best[unit, code], abs=1e-9)
        assert near[frozenset(((unit, code), (similar_unit, similar_code)))] == pytest.approx(
            similarity, abs=1e-6
        )


def test_pairs_say_whether_they_are_of_one_unit_province_and_year(model_world: ModelWorld) -> None:
    registered: dict[Key, Row] = {
        (row["unit_key"], row["model_code"]): row for row in model_world.registrations
    }
    rows = model_world.rows(
        "select unit_key, model_code, similar_unit_key, similar_model_code, is_same_unit, is_same_year, days_apart"
        " from marts.rpt_model_similarities"
    )
    assert {row[4] for row in rows} == {row[5] for row in rows} == {True, False}, (
        "the draw has pairs of all kinds"
    )
    for unit, code, similar_unit, similar_code, is_same_unit, is_same_year, days in rows:
        later, earlier = (
            registered[unit, code]["registered_date"],
            registered[similar_unit, similar_code]["registered_date"],
        )
        assert days == (later - earlier).days >= 0
        assert is_same_year == (later.year == earlier.year)
        assert is_same_unit == (
            model_world.units.series_of(unit) == model_world.units.series_of(similar_unit)
        )
