"""The periods that the lines above a table speak of: the report's own, the plan for the next one, an estimate.

A title line also holds dates that are no period: of a decree, of the signature, of a deadline, of a comparison. Such parts
are left out before periods are looked for.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from warehouse.reference.period_claims import Claim
from warehouse.reference.period_words import claims_in
from warehouse.text.vietnamese import normalise, without_marks

_DOCUMENT = (
    r"(?:cong van|quyet dinh|huong dan|nghi quyet|chi thi|thong tu|nghi dinh|thong bao|van ban|luat|quy dinh"
    r"|quy che|ket luan|cong dien|to trinh|ke hoach|chuong trinh|de an)"
)
_ISSUED = r"(?:kem theo|ban hanh|can cu|theo tinh than)"
# Parts that name a date or year of something else, up to the end of their bracket or line.
_ELSEWHERE = re.compile(
    rf"\([^()]*(?:{_ISSUED}|(?<!\w){_DOCUMENT}\s+so|theo\s+{_DOCUMENT})[^()]*\)?"
    rf"|(?<!\w){_ISSUED}(?!\w)[^()]*"
    rf"|(?<!\w){_DOCUMENT}\s+so\s*:?\s*[\w./-]+(?:\s*(?:,|nam)\s*\d{{4}})?"
    r"|(?<!\w)(?:so voi|cung ky)(?!\w)[^(),;]*"
    r"|(?<!\w)(?:han (?:nop|gui|bao cao|chot)|thoi han|truoc ngay|(?:gui|nop|hoan thanh) truoc|cham nhat|chot so lieu"
    r"|ngay (?:nhan|nop|gui|lap|ky|in))(?!\w)[^()]*"
    r"|(?<!\w)(?:nghi quyet|chi thi|quyet dinh|nghi dinh|thong tu|luat|ket luan|huong dan)\s+(?:thang\s*\d+\s*)?nam\s*\d{4}"
    r"|^\s*(?:kinh gui|noi nhan|so\s*:|can cu|ghi chu|chu thich|luu y|don vi tinh|nguoi (?:lap|ky|bao cao|nhap)).*"
)
_PLACE_AND_MONTH = re.compile(
    r"^[^,:()\d]{2,40},\s*(?:ngay[\s.…_]*)?thang[\s.…_]*\d{0,2}\s*(?:nam|/)\s*\d{0,4}\s*$"
)
_WORDS_OF_TITLES = re.compile(
    r"(?<!\w)(?:bao cao|cong tac|ket qua|so lieu|bieu|chi tieu|thang|quy|nam|dan van|ky)(?!\w)"
)
_CERTAIN_PLAN = re.compile(r"(?<!\w)(?:phuong huong|du kien|trong tam|thoi gian toi|sap toi)(?!\w)")
_POSSIBLE_PLAN = re.compile(r"(?<!thuc hien )(?<!\w)(?:nhiem vu|ke hoach|chuong trinh|giai phap)(?!\w)")
_ESTIMATE = re.compile(
    r"(?<!huong )(?<!quy )(?<!cong )(?<!dieu )(?<!\w)uoc (?:thuc hien|tinh|dat|ket qua|thang|quy|nam|ca nam|so)|\(uoc\)|so uoc"
)


class TitlePeriods(NamedTuple):
    """The periods that one line names: of the report, of a plan, and of figures that it calls estimates."""

    own: tuple[Claim, ...] = ()
    planned: tuple[Claim, ...] = ()
    estimated: tuple[Claim, ...] = ()
    is_estimate: bool = False


def periods_of_line(text: str, follows_own: bool = False) -> TitlePeriods:
    """Return what a title line says of periods. `follows_own`: a line above already named the report's own period."""
    written = normalise(text)
    plain = without_marks(written)
    if len(plain) != len(written):
        written = plain
    if _is_place_and_month(plain):
        return TitlePeriods()
    for match in _ELSEWHERE.finditer(plain):
        # A vertical bar keeps the words before and after apart.
        written = f"{written[: match.start()]}{'|' * len(match[0])}{written[match.end() :]}"
    plain = without_marks(written)
    claims = claims_in(written)
    plan = _start_of_plan(plain, [place for place, _ in claims], follows_own)
    estimate = _ESTIMATE.search(plain)
    estimate_start = estimate.start() if estimate else len(plain)
    own = tuple(claim for place, claim in claims if place < min(plan, estimate_start))
    planned = tuple(claim for place, claim in claims if place >= plan)
    estimated = tuple(claim for place, claim in claims if estimate_start <= place < plan)
    return TitlePeriods(own, planned, estimated, estimate is not None and estimate_start < plan)


def _is_place_and_month(plain: str) -> bool:
    """Whether a line is the place and date of a signature without its day: `Lạng Sơn, tháng 10 năm 2026`."""
    return bool(_PLACE_AND_MONTH.match(plain)) and not _WORDS_OF_TITLES.search(plain.partition(",")[0])


def _start_of_plan(plain: str, places: list[int], follows_own: bool) -> int:
    """Return where the plan for the next period begins, or the length of the text.

    "nhiệm vụ" and "kế hoạch" begin a plan only behind a period: a report on the tasks of September is no plan.
    """
    certain = _CERTAIN_PLAN.search(plain)
    starts = [certain.start()] if certain else []
    for match in _POSSIBLE_PLAN.finditer(plain):
        if follows_own or any(place < match.start() for place in places):
            starts.append(match.start())
            break
    return min(starts, default=len(plain))
