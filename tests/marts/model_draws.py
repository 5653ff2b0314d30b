"""Registrations and events of models drawn at random over three mergers, with planted copies."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import duckdb
import yaml

from tests.marts.unit_walks import AS_OF, Units, load_units
from warehouse.settings import PROJECT_DIR, Settings

SEED = 20251103
# Two provinces that were merged, one that was not, and one that was renamed in 2026.
OLD_PROVINCES = ("02@0", "08@0", "20@0", "22@0")
NEW_PROVINCES = ("08@2025-07-01", "20@2025-07-01", "22@2025-07-01")

STEPS = ("step_1", "step_2", "step_3", "step_4", "step_5")
AWARD_LEVELS = (
    "central",
    "province",
    "provincial_commission",
    "party_committee",
    "commune",
    "grassroots",
    None,
)
MODEL_LEVELS = ("province", "commune", "grassroots")
TEXT_COLUMNS = (
    "model_name", "situation", "objective", "measure", "content", "beneficiaries", "resources", "outputs", "sustainability"
)  # fmt: skip
COPIES_OF_A_LEVEL = 60
# Registrations that put a few words of their own into the frame that the guidance gives, and some with a name alone.
FRAMED, SHORT = 150, 12
FRAME = (
    "Tiếp tục quán triệt, thực hiện nghiêm túc các nghị quyết, chỉ thị của Đảng, chính sách, pháp luật của Nhà nước"
    " về công tác dân vận; nâng cao nhận thức, trách nhiệm của cấp ủy, chính quyền, Mặt trận Tổ quốc và các tổ chức"
    " chính trị - xã hội; phát huy quyền làm chủ của Nhân dân, củng cố khối đại đoàn kết toàn dân tộc, tạo đồng thuận"
    " xã hội, góp phần hoàn thành nhiệm vụ chính trị của địa phương, cơ quan, đơn vị trong năm."
)
FRAMED_NAMES = (
    "Tổ",
    "Câu lạc bộ",
    "Ngày thứ Bảy",
    "Tuyến phố",
    "Mỗi tuần",
    "Chuyến xe",
    "Nhịp cầu",
    "Ngôi nhà",
    "Bữa cơm",
)
SHORT_NAMES = ("Thắp sáng đường quê", "Camera an ninh", "Tuyến đường hoa", "Ngân hàng bò")
PIECES = yaml.safe_load(
    (PROJECT_DIR / "warehouse" / "sample" / "model_texts.yml").read_text(encoding="utf-8")
)
Row = dict[str, Any]


@dataclass
class ModelWorld:
    """The registrations and events that were sent, by the keys of the units that sent them, and the warehouse."""

    settings: Settings
    units: Units
    registrations: list[Row]
    events: list[Row]
    figures: list[Row]
    # (unit, code) of a copy → (unit, code) of its original, by how heavily it was edited.
    copies: dict[str, dict[tuple[str, str], tuple[str, str]]] = field(default_factory=dict)

    def rows(self, sql: str, *parameters: object) -> list[tuple]:
        """Return the rows of a query on the build."""
        with duckdb.connect(str(self.settings.build_path), read_only=True) as connection:
            return connection.execute(sql, list(parameters)).fetchall()


def draw_world(settings: Settings) -> ModelWorld:
    """Draw the world; the seed is fixed, so that every call draws equal reports."""
    chance = random.Random(SEED)
    units = load_units(settings.seeds_dir)
    registering = [
        key
        for key in sorted(units.versions)
        if units.lies_in(key, OLD_PROVINCES + NEW_PROVINCES) and units.versions[key].level != "country"
    ]
    chosen = [
        key
        for key in registering
        if chance.random() < 0.35 or units.versions[key].level in ("province", "body")
    ]
    registrations: dict[tuple[str, str], Row] = {}
    for key in chosen:
        for number in range(chance.choice([0, 1, 1, 2, 3])):
            row = _registration(units, key, f"M{number + 1}", chance)
            # One code for one unit, under whatever name it goes.
            registrations.setdefault((units.series_of(key), row["model_code"]), row)
    world = ModelWorld(settings, units, list(registrations.values()), [], [])
    _plant_copies(world, chance)
    world.registrations += _framed_and_short(units, chosen, chance)
    for row in world.registrations:
        world.events += _events(world, row, chance)
    for number in range(40):  # of models that nobody registered
        key = chance.choice(registering)
        day = _day(units, key, chance)
        world.events.append(_event(key, f"X{number}", chance.choice([*STEPS, "awarded"]), day, chance))
    world.events = list({_event_key(units, e): e for e in world.events}.values())
    for key in chance.sample([k for k in registering if units.versions[k].is_alive(date(2026, 6, 30))], 60):
        for code in ("DVK_DK", "DVK_DK_TT", "DVK_DK_CN"):
            world.figures.append(
                {"unit_key": key, "period_code": "2026-6M", "indicator_code": code, "value": float(chance.randint(0, 5))}
            )  # fmt: skip
    return world


def _event_key(units: Units, event: Row) -> tuple[str, str, str, date]:
    return units.series_of(event["unit_key"]), event["model_code"], event["event"], event["event_date"]


def _day(units: Units, key: str, chance: random.Random) -> date:
    version = units.versions[key]
    first, last = max(version.alive_from, date(2024, 1, 1)), min(version.alive_to, date(2026, 10, 31))
    return first + timedelta(days=chance.randrange((last - first).days + 1))


def _registration(units: Units, key: str, code: str, chance: random.Random) -> Row:
    day = _day(units, key, chance)
    village, topic = chance.choice(PIECES["villages"]), chance.choice(PIECES["topics"])
    words = {
        "thon": village,
        "xa": "xã",
        "n": chance.randint(8, 140),
        "opening": chance.choice(PIECES["openings"]),
    }
    actions = chance.sample(PIECES["actions"], chance.randint(2, 6))
    row = {
        "unit_key": key,
        "model_code": code,
        "kind": chance.choice(["collective", "individual"]),
        "field_code": topic["field"],
        "phase": "2026-2030" if day.year >= 2026 or (day.year == 2025 and day.month == 12) else "2021-2025",
        "level": chance.choice(MODEL_LEVELS),
        "registered_date": day,
        "end_date": chance.choice([None, day + timedelta(days=chance.randint(60, 700))]),
        "holder_name": None,
        "model_name": topic["name"].format(**words),
        "situation": f"{topic['situation']} {chance.choice(PIECES['findings'])}".format(**words),
        "objective": f"{topic['objective']} {chance.choice(PIECES['aims'])}".format(**words),
        "measure": topic["measure"],
        "baseline": "0",
        "target": str(chance.randint(5, 90)),
        "content": "; ".join(actions).format(**words),
        "area": f"Thôn {village}",
        "beneficiaries": topic["beneficiaries"].format(**words),
        "lead_force": chance.choice(PIECES["lead_forces"]),
        "resources": chance.choice(PIECES["resources"]).format(**words),
        "due_date": day + timedelta(days=90),
        "outputs": topic["outputs"],
        "sustainability": chance.choice(PIECES["sustainability"]),
    }
    for column in ("measure", "baseline", "target", "due_date", "lead_force", "resources", "beneficiaries"):
        if chance.random() < 0.3:
            row[column] = None
    return row


def _events(world: ModelWorld, row: Row, chance: random.Random) -> Iterator[Row]:
    """Draw the events of models: some models have none, and some events stand in a wrong order."""
    if chance.random() < 0.3:
        return
    day = row["registered_date"] - timedelta(days=chance.randint(0, 20))
    told = [step for step in STEPS if chance.random() < 0.75][: chance.randint(0, 5)]
    told += [event for event, share in (("inspected", 0.4), ("assessed", 0.2)) if chance.random() < share]
    told += [event for event, share in (("recognised", 0.5), ("awarded", 0.35), ("replicated", 0.15), ("stopped", 0.15))
             if chance.random() < share]  # fmt: skip
    if chance.random() < 0.1:
        chance.shuffle(told)
    for event in told:
        day += timedelta(days=chance.choice([0, 3, 20, 20, 60, 100]))
        reporter = world.units.reporter_on(row["unit_key"], day)
        if day > AS_OF or reporter is None:
            continue
        yield _event(reporter, row["model_code"], event, day, chance)
        if chance.random() < 0.1:  # the event is reported a second time, later
            again = min(day + timedelta(days=15), AS_OF)
            reporter = world.units.reporter_on(row["unit_key"], again)
            if reporter is not None:
                yield _event(reporter, row["model_code"], event, again, chance)


def _event(key: str, code: str, event: str, day: date, chance: random.Random) -> Row:
    return {
        "unit_key": key,
        "model_code": code,
        "event": event,
        "event_date": day,
        "decision_no": chance.choice(["12-QĐ", None]) if event in ("recognised", "awarded") else None,
        "award_level": chance.choice(AWARD_LEVELS) if event == "awarded" else None,
    }


def _plant_copies(world: ModelWorld, chance: random.Random) -> None:
    """Plant copies of registrations by other units; a heavier edit combines more kinds of changes."""
    originals = list(world.registrations)
    for name, kinds_of_edits in (("light", 1), ("medium", 2), ("heavy", 4)):
        world.copies[name] = {}
        for number, original in enumerate(chance.sample(originals, COPIES_OF_A_LEVEL)):
            other = chance.choice(originals)
            copy = original | _edited(original, kinds_of_edits, chance)
            copy |= {"unit_key": other["unit_key"], "model_code": f"C{name[0]}{number}"}
            copy |= {"registered_date": other["registered_date"], "phase": other["phase"], "end_date": None}
            world.registrations.append(copy)
            world.copies[name][(copy["unit_key"], copy["model_code"])] = (
                original["unit_key"],
                original["model_code"],
            )


def _framed_and_short(units: Units, keys: list[str], chance: random.Random) -> Iterator[Row]:
    blank: Row = dict.fromkeys((*TEXT_COLUMNS, "area"))
    for number in range(FRAMED):
        row = _registration(units, chance.choice(keys), f"K{number}", chance)
        own = " ".join(chance.choice(PIECES["villages"]) for _ in range(3))
        yield row | blank | {"model_name": f"{chance.choice(FRAMED_NAMES)} {own}", "objective": FRAME}
    for number in range(SHORT):
        row = _registration(units, chance.choice(keys), f"S{number}", chance)
        yield row | blank | {"model_name": chance.choice(SHORT_NAMES)}


def _edited(row: Row, kinds_of_edits: int, chance: random.Random) -> Row:
    kinds = chance.sample(["place", "sentences", "words", "year", "numbers", "marks"], kinds_of_edits)
    old = row["area"].removeprefix("Thôn ")
    new = chance.choice(PIECES["villages"])
    texts: Row = {}
    for column in (*TEXT_COLUMNS, "area"):
        text = row[column]
        if text is None:
            continue
        if "place" in kinds:
            text = text.replace(old, new)
        if "sentences" in kinds:
            parts = re.split(r"(?<=[;.,]) ", text)
            chance.shuffle(parts)
            text = " ".join(parts)
        if "words" in kinds:
            words = text.split()
            for place in range(len(words) - 1):
                if chance.random() < 0.05:
                    words[place], words[place + 1] = words[place + 1], words[place]
            text = " ".join(words)
        if "year" in kinds and column in ("model_name", "content"):
            text = f"{text} năm {chance.choice([2024, 2025, 2026])}"
        if "numbers" in kinds:
            text = re.sub(r"\d+", lambda _: str(chance.randint(2, 200)), text)
        if "marks" in kinds:
            text = chance.choice([text.upper(), unicodedata.normalize("NFD", text), text.replace("òa", "oà")])
        texts[column] = text
    return texts
