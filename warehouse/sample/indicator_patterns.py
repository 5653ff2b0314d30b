"""The pattern of each indicator of the sample: volume and rate of an ordinary commune. All figures are simulated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shape = Literal["flow_rate", "fresh_rate", "coverage", "flow_count", "stock_count", "days", "lag", "score"]


@dataclass(frozen=True)
class IndicatorPattern:
    """The pattern of one indicator.

    Shapes: `flow_rate` new cases each month, of which a part is done; `fresh_rate` the same people, judged
    again each month; `coverage` a fixed number, reached step by step through the year; `flow_count` events;
    `stock_count` what is open at the end; `days` reception days; `lag` a median; `score` points of a year.
    `volume` is the mean denominator (or count) a month, `rate` the ordinary rate; `yearly_trend` and `spread`
    are on the logit scale; `lead_volume` is the volume of a district's or province's own office.
    """

    shape: Shape
    volume: float
    rate: float = 0.0
    spread: float = 0.5
    yearly_trend: float = 0.1
    season: float = 0.1
    lead_volume: float = 0.0


PATTERNS: dict[str, IndicatorPattern] = {
    "TTHC_DUNGHAN": IndicatorPattern("flow_rate", 70, 0.968, 0.7, 0.25, 0.15, 450),
    "NTT_XL": IndicatorPattern("flow_rate", 3.5, 0.82, 0.5, 0.15, 0.15, 9),
    "BC_DUNGHAN": IndicatorPattern("flow_rate", 5, 0.88, 0.6, 0.3, 0.0, 8),
    "KNTC_GQ": IndicatorPattern("flow_rate", 0.25, 0.86, 0.4, 0.1, 0.1, 4),
    "KNTC_THQD": IndicatorPattern("flow_rate", 0.1, 0.89, 0.4, 0.1, 0.1, 1.5),
    "DT_KL": IndicatorPattern("flow_rate", 0.5, 0.8, 0.5, 0.2, 0.2, 4),
    "PBXH_TT": IndicatorPattern("flow_rate", 0.7, 0.75, 0.5, 0.1, 0.1, 5),
    "LYKIEN": IndicatorPattern("flow_rate", 0.3, 0.9, 0.4, 0.1, 0.1, 2),
    "TDUA_THANG": IndicatorPattern("fresh_rate", 26, 0.93, 0.4, 0.1, 0.0, 60),
    "TODV_THON": IndicatorPattern("coverage", 10, 0.87, 0.5, 0.2),
    "TH_THON": IndicatorPattern("coverage", 28, 0.86, 0.5, 0.1),
    "TH_TTND": IndicatorPattern("coverage", 2, 0.92, 0.4, 0.1),
    "TH_CBDV": IndicatorPattern("coverage", 6, 0.93, 0.4, 0.1, 0.0, 20),
    "TH_MTTQ": IndicatorPattern("coverage", 13, 0.92, 0.4, 0.1, 0.0, 30),
    "QT_NQ": IndicatorPattern("coverage", 20, 0.975, 0.4, 0.1, 0.0, 40),
    "TTND_TIEPCAN": IndicatorPattern("coverage", 5, 0.93, 0.4, 0.1, 0.0, 15),
    "PHOIHOP": IndicatorPattern("coverage", 8, 0.91, 0.4, 0.1, 0.0, 25),
    "QCDC_XL": IndicatorPattern("coverage", 7, 0.86, 0.4, 0.1, 0.0, 25),
    "DVK_TLCS": IndicatorPattern("coverage", 12, 0.78, 0.6, 0.2, 0.0, 20),
    "KK_DONGNGUOI": IndicatorPattern("flow_count", 0.008, lead_volume=0.1, season=0.2),
    "DT_SO": IndicatorPattern("flow_count", 0.15, lead_volume=0.4, season=0.2),
    "TG_VUVIEC": IndicatorPattern("stock_count", 0.08, lead_volume=0.3),
    "TD_TINH": IndicatorPattern("days", 1),
    "TD_HUYEN": IndicatorPattern("days", 1),
    "TD_XA": IndicatorPattern("days", 2),
    "NTT_TRE": IndicatorPattern("lag", 2.4, spread=0.4),
    "HAILONG": IndicatorPattern("score", 84, spread=2.0),
    "DVCQ_DIEM": IndicatorPattern("score", 87, spread=4.0),
    "GS_MTTQ": IndicatorPattern("score", 1.6, spread=0.8),
    "TM_VB": IndicatorPattern("flow_count", 9),
    "TM_MOI": IndicatorPattern("flow_count", 1.5),
    "TM_TIEPTHU": IndicatorPattern("flow_rate", 3, 0.72, 0.5, 0.1, 0.1),
    "DDCV_PA": IndicatorPattern("flow_rate", 1.2, 0.88, 0.5, 0.1, 0.1, 2),
    "DDCV_KL": IndicatorPattern("flow_count", 0.05, lead_volume=0.1),
    "DDCV_HL": IndicatorPattern("fresh_rate", 14, 0.9, 0.5, 0.1, 0.0, 20),
    "DAT_GQ": IndicatorPattern("flow_rate", 0.35, 0.78, 0.5, 0.1, 0.1, 2),
    "GPMB_DT": IndicatorPattern("coverage", 18, 0.88, 0.6, 0.1, 0.0, 40),
    "LLNC_TX": IndicatorPattern("flow_count", 2.5, lead_volume=6),
    "LLNC_TH": IndicatorPattern("coverage", 16, 0.72, 0.5, 0.1, 0.0, 25),
    "NCUT_TX": IndicatorPattern("flow_count", 1.8, lead_volume=5),
    "NCUT_TH": IndicatorPattern("coverage", 8, 0.8, 0.5, 0.1, 0.0, 10),
    "DC_VIPHAM": IndicatorPattern("flow_count", 0.02, lead_volume=0.3),
    "MT_GS": IndicatorPattern("flow_count", 0.35),
    "MT_KN": IndicatorPattern("flow_rate", 1.2, 0.78, 0.5, 0.1, 0.1),
    "HOC_CB": IndicatorPattern("coverage", 120, 0.96, 0.4, 0.1, 0.0, 200),
    "HG_TO": IndicatorPattern("coverage", 10, 0.87, 0.5, 0.1),
    "HG_VU": IndicatorPattern("flow_rate", 1.1, 0.82, 0.5, 0.1, 0.1),
    "CBCT_TRONG": IndicatorPattern("fresh_rate", 4, 0.1, 0.5, -0.1, 0.0, 12),
    "HDND_TX": IndicatorPattern("flow_count", 0.35, lead_volume=0.8, season=0.2),
    "HDND_KN": IndicatorPattern("flow_rate", 2.2, 0.86, 0.5, 0.1, 0.1, 12),
    # Of the party's committees (party_units); only those of blocs report them here, once a phase.
    "QT_CB": IndicatorPattern("coverage", 6, 0.93, 0.4, 0.1),
    "DVK_CS": IndicatorPattern("stock_count", 5),
    "DVK_KT_TT_TU": IndicatorPattern("stock_count", 1),
    "DVK_KT_CN_TU": IndicatorPattern("stock_count", 1),
    "DVK_KT_TT_DU": IndicatorPattern("stock_count", 4),
    "DVK_KT_CN_DU": IndicatorPattern("stock_count", 2),
}
# Shares of the registered models: recognised, inspected, replicated (of the recognised), awarded.
MODEL_RATES = {"DVK_CN": 0.83, "DVK_KTRA": 0.52, "DVK_NR": 0.2, "DVK_KT": 0.12}
MODEL_COUNTS = {
    "DVK_DK": ("collective", "individual"),
    "DVK_DK_TT": ("collective",),
    "DVK_DK_CN": ("individual",),
}
# Turns for the pages to show, such as complaint settlement that falls in Lạng Sơn in 2026:
# (province code, indicator) → change on the logit scale, from this month on.
TURNS = {("20", "KNTC_GQ"): (-0.55, "2026-03"), ("08", "TTHC_DUNGHAN"): (0.35, "2026-04")}
