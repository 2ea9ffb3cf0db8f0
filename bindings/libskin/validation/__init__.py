"""Validation: what was measured against what is predicted, with the spread of both.

>>> from libskin import validation
>>> report = validation.run(["INS-X5"], draws=20)
>>> [(o.check.what, str(o.verdict)) for o in report.outcomes][0]
('buried length over travel, median needle', 'inside')
"""

from __future__ import annotations

from libskin.validation.calibration import CALIBRATIONS, Calibrated, calibrate
from libskin.validation.data import Case, Check, Datum, Quantity, case, cases, physics
from libskin.validation.draw import Stream, draw_skin
from libskin.validation.runner import NotRun, Outcome, Report, Variant, Verdict, World, judge, predict, run, variants
from libskin.validation.tables import write

__all__ = [
    "CALIBRATIONS", "Calibrated", "Case", "Check", "Datum", "NotRun", "Outcome", "Quantity", "Report", "Stream",
    "Variant", "Verdict", "World", "calibrate", "case", "cases", "draw_skin", "judge", "physics", "predict", "run",
    "variants", "write",
]  # fmt: skip
