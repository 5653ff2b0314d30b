"""Measures of PAPI, read from the two header rows of the published workbook."""

from __future__ import annotations

from pathlib import Path

from python_calamine import CalamineWorkbook

from seed_maker.files import Row

PANEL_CODE = "PAPI"
OVERALL = "Un-weighted2015PAPI"
_ID_COLUMNS = 3
_SOURCE = "PAPI 2011–2016 (CECODES, VFF-CRT, RTA, UNDP)"
# Measure in the workbook → code, place in the index (hundreds: dimension; units: sub-dimension).
MEASURES = {
    OVERALL: ("PAPI_OVERALL", 0),
    "Participation at Local Levels": ("PAPI_PARTICIPATION", 100),
    "Civic Knowledge": ("PAPI_CIVIC_KNOWLEDGE", 101),
    "Opportunities for Participation": ("PAPI_PARTICIPATION_OPPORTUNITIES", 102),
    "Quality of Elections": ("PAPI_ELECTION_QUALITY", 103),
    "Voluntary Contributions": ("PAPI_VOLUNTARY_CONTRIBUTIONS", 104),
    "Transparency": ("PAPI_TRANSPARENCY", 200),
    "Poverty Lists": ("PAPI_POVERTY_LISTS", 201),
    "Communal Budget and Expenditure": ("PAPI_COMMUNAL_BUDGET", 202),
    "Land-Use Plans/Price Frames": ("PAPI_LAND_USE_PLANS", 203),
    "Vertical Accountability": ("PAPI_ACCOUNTABILITY", 300),
    "Interactions With Local Authorities": ("PAPI_AUTHORITY_INTERACTIONS", 301),
    "Responsive to Citizen Actions": ("PAPI_CITIZEN_RESPONSES", 302),
    "People's Inspection Boards": ("PAPI_INSPECTION_BOARDS", 303),
    "Community Investment Boards": ("PAPI_INVESTMENT_BOARDS", 304),
    "Control of Corruption": ("PAPI_CORRUPTION_CONTROL", 400),
    "Limits on Public Sector Corruption": ("PAPI_PUBLIC_SECTOR_CORRUPTION", 401),
    "Limits on Corruption in Service Delivery": ("PAPI_SERVICE_CORRUPTION", 402),
    "Equity in Employment": ("PAPI_EMPLOYMENT_EQUITY", 403),
    "Willingness to Fight Corruption": ("PAPI_CORRUPTION_WILLINGNESS", 404),
    "Public Administrative Procedures": ("PAPI_PROCEDURES", 500),
    "Certification Procedures": ("PAPI_CERTIFICATION", 501),
    "Construction Permits": ("PAPI_CONSTRUCTION_PERMITS", 502),
    "Land-Use Rights Procedures": ("PAPI_LAND_USE_RIGHTS", 503),
    "Personal Procedures": ("PAPI_PERSONAL_PROCEDURES", 504),
    "Public Service Delivery": ("PAPI_PUBLIC_SERVICES", 600),
    "Public Health": ("PAPI_PUBLIC_HEALTH", 601),
    "Public Primary Education": ("PAPI_PRIMARY_EDUCATION", 602),
    "Basic Infrastructure": ("PAPI_INFRASTRUCTURE", 603),
    "Law and Order": ("PAPI_LAW_AND_ORDER", 604),
}
_NAMES_EN = {
    OVERALL: "PAPI overall (unweighted)",
    "Responsive to Citizen Actions": "Responses to Citizen Actions",
}


def make_panel_indicators(workbook: Path) -> list[Row]:
    """One row per measure of all years. Raises ValueError when the workbook holds other measures than these.

    The Vietnamese name is the one first used; 2016 words one of them differently.
    """
    names = _names(workbook)
    if names.keys() != MEASURES.keys():
        raise ValueError(f"{workbook.name}: measures differ: {sorted(names.keys() ^ MEASURES.keys())}")
    return [
        {
            "indicator_code": code,
            "indicator_name_vi": names[measure],
            "indicator_name_en": _NAMES_EN.get(measure, measure),
            "unit_vi": "điểm",
            "unit_en": "points",
            "numerator_vi": "",
            "denominator_vi": "",
            "direction": "higher",
            "frequency": "year",
            "is_rate": "false",
            "aggregation": "weighted_mean",
            "rollup": "total_reported",
            "source": _SOURCE,
            "evidence": "published workbook",
            "panel_code": PANEL_CODE,
            "source_measure": measure,
            "sort_order": str(place),
        }
        for measure, (code, place) in MEASURES.items()
    ]


def _names(workbook: Path) -> dict[str, str]:
    names: dict[str, str] = {}
    book = CalamineWorkbook.from_path(workbook)
    for sheet_name in book.sheet_names:
        english, vietnamese, *_ = book.get_sheet_by_name(sheet_name).to_python()
        for measure, name in zip(english[_ID_COLUMNS:], vietnamese[_ID_COLUMNS:], strict=True):
            if measure:
                names.setdefault(str(measure).strip(), str(name).strip())
    return names
