"""Validation: what was measured against what is predicted, with the spread of both.

>>> from libskin import validation
>>> report = validation.run(["INS-X5"], draws=20)
>>> [(o.check.what, str(o.verdict)) for o in report.outcomes][0]
('buried length over travel, median needle', 'inside')
"""

from __future__ import annotations

from libskin.validation.calibrate import CALIBRATIONS, Calibrated, calibrate
from libskin.validation.case import Case, Check, Datum, Quantity, case, cases, physics
from libskin.validation.run import NotRun, Outcome, Report, Variant, Verdict, World, predict, run, variants
from libskin.validation.tables import write

__all__ = [
    "CALIBRATIONS", "Calibrated", "Case", "Check", "Datum", "NotRun", "Outcome", "Quantity", "Report", "Variant",
    "Verdict", "World", "calibrate", "case", "cases", "physics", "predict", "run", "variants", "write",
]  # fmt: skip
