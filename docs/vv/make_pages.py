#!/usr/bin/env python3
"""Fill the generated parts of the validation pages, and draw their figures, with the code of `libskin validate`.

python docs/vv/make_pages.py             tables, verdicts and figures of *-X*.md and validation.md
python docs/vv/make_pages.py --freeze    and write the figures of this version to data/validation/*/found.toml
python docs/vv/make_pages.py recovery    the pages of one physics, without validation.md; with --freeze its found.toml

Needs libskin on the path (PYTHONPATH=build/audit/python). Text outside the markers is written by hand.
"""

# ruff: noqa: E501 - the long lines are paragraphs of the pages

from __future__ import annotations

import math
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from libskin.validation import figures, tables

from libskin import validation

mpl.use("Agg")
HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "libskin" / "data" / "validation"
DRAWS, SEED = 400, 0
FEW = 40  # draws of a hypothesis: its nominal predictions are what is compared
ALTERNATIVES = {  # setting -> values beside the default; those that this version does not offer are left out
    "insertion.toughness_law": ("scale_dependent",),
    "insertion.cutting_law": ("equal_perimeter", "wedge_table"),
    "insertion.puncture_model": ("energy_barrier",),
    "insertion.deflection_model": ("layered",),
    "insertion.array_coupling": ("none", "layered"),
    "insertion.rate_model": ("none",),
    "insertion.drive_model": ("dynamic",),
    "recovery.closure_model": (
        "first_order",
        "linear_radius",
        "exponential_radius",
        "hill",
        "two_phase",
        "depth_resolved",
    ),
    "recovery.hole_resistance": ("access", "series"),
    "tearing.lateral_stiffness": ("embedded",),
    "tearing.rolling_model": ("uniform_brush",),
    "transport.model": ("layered", "unit_cell"),
}


def replaced(text: str, mark: str, body: str, where: str) -> str:
    pattern = re.compile(rf"(<!-- {mark} -->\n).*?(<!-- end {mark} -->)", re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"{where}: the marker <!-- {mark} --> is missing")
    return pattern.sub(lambda m: m.group(1) + body.rstrip() + "\n" + m.group(2), text)


def setup_table(case: validation.Case) -> str:
    rows = [(name.replace("_", " "), q.shown, q.kind, q.source.replace("libskin_", "") + (f"; {q.note}" if q.note else ""))
            for name, q in case.setup.items()]  # fmt: skip
    skins = ", ".join(f"`{name}`" for name in dict.fromkeys(case.skins.values()))
    return (f"Skins: {skins} (`libskin/data/validation/skins`, or a shipped set). In brackets: the range drawn for the band.\n\n"
            + tables.markdown(("quantity", "value", "kind", "source and note"), rows))  # fmt: skip


def data_table(case: validation.Case) -> str:
    rows = {row.id: row for check in case.checks for row in check.rows}
    return tables.markdown(
        ("row", "source", "specimen", "observable", "value", "kind", "use"),
        [(r.id, r["source"], r["specimen"], r["observable"], r.shown, r["kind"], r.use) for r in rows.values()],
    )


def results(outcomes: Sequence[validation.Outcome]) -> str:
    head = tables.HEAD[1:]
    rows = [tables.cells(o)[1:] for o in outcomes]
    notes = [f"- {o.check.what}: {o.note}." for o in outcomes if o.note]
    why = [f"- {o.check.what}: {o.check.reason}." for o in outcomes]
    text = tables.markdown(head, rows)
    if notes:
        text += "\nKnown misses and what was not run:\n\n" + "\n".join(dict.fromkeys(notes)) + "\n"
    return text + "\nWhy these ranges are accepted:\n\n" + "\n".join(why) + "\n"


def verdict(outcomes: Sequence[validation.Outcome]) -> str:
    run = [o for o in outcomes if o.verdict is not validation.Verdict.not_run]
    inside = sum(o.verdict is validation.Verdict.inside for o in run)
    judged = [o.in_band for o in outcomes if o.in_band is not None]
    text = f"**{inside} of {len(run)} checks inside what is accepted"
    if judged:
        text += f"; {sum(judged)} of {len(judged)} measured values inside their 90 % band"
    uses = {o.check.use for o in run}
    return (
        text + ".**" + (" Nothing here is validation: every row calibrates." if uses == {"calibration"} else "") + "\n"
    )


def linked(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The first cell as a link to the case's page; a bare id there would be a row of the V&V matrix."""
    return [(re.sub(r"^([A-Z]+-X\d+)$", r"[\1](\1.md)", row[0]), *row[1:]) for row in rows]


def calibration_table(found: Sequence[validation.Calibrated]) -> str:
    return tables.markdown(tables.CALIBRATION_HEAD, linked([tables.calibration_cells(c) for c in found]))


def alternatives(physics: str) -> list[validation.Variant]:
    """Every hypothesis of one physics that this version offers beside its defaults, one at a time."""
    from libskin.validation.runner import SETTINGS

    from libskin import ParameterError

    chosen = []
    for name, values in ALTERNATIVES.items():
        if not name.startswith(f"{physics}."):
            continue
        for value in values:
            try:
                if str(getattr(SETTINGS[physics](), name.partition(".")[2])) != value:
                    chosen += validation.variants([f"{name}={value}"])
            except (ParameterError, AttributeError):
                continue
    return chosen


def freeze(report: validation.Report, chosen: Sequence[str]) -> None:
    """The figures of this version, by physics and case, in the unit of each check."""
    for physics in chosen:
        lines = [
            "# Written by docs/vv/make_pages.py --freeze: nominal predictions at default settings, in the unit of each check."
        ]
        for case in validation.cases([physics]):
            lines += ["", f"[{case.id}]"]
            lines += [f'"{o.check.key}" = {o.predicted:.6g}' if "." in o.check.key else f"{o.check.key} = {o.predicted:.6g}"
                      for o in report.outcomes if o.case.id == case.id and math.isfinite(o.predicted)]  # fmt: skip
        (DATA / physics / "found.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def save(figure: figures.Figure, name: str) -> None:
    (HERE / "figures").mkdir(exist_ok=True)
    figure.savefig(HERE / "figures" / f"{name}.png", dpi=90)


def compare_hypotheses(physics: str) -> None:
    """On the page of a physics, if it has the place for it: its own cases under its own hypotheses."""
    page = HERE / f"{physics}.md"
    text = page.read_text(encoding="utf-8")
    if "<!-- hypotheses -->" not in text:
        return
    every = [None, *alternatives(physics)]
    head, rows = tables.comparison([validation.run([physics], draws=0, seed=SEED, variant=v) for v in every])
    page.write_text(replaced(text, "hypotheses", tables.markdown(head, linked(rows)), page.name), encoding="utf-8")


def main() -> None:
    named = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    chosen = named or validation.physics()
    if "--freeze" in sys.argv[1:]:
        freeze(validation.run(chosen, draws=60, seed=SEED), chosen)
    report = validation.run(chosen, draws=DRAWS, seed=SEED, progress=sys.stderr.isatty())
    calibrated = [c for physics in chosen for c in validation.calibrate(physics)]
    drawn = figures.all_figures(report)
    for name, figure in drawn.items():
        if not named or name != "overview":
            save(figure, name)
    for case in validation.cases(chosen):
        write_page(case, report, calibrated, case.id in drawn)
    for physics in chosen:
        if physics != "insertion":
            compare_hypotheses(physics)
    if not named:
        write_summary(report, calibrated)
    print("\n".join(tables.summary(report)))


def write_page(
    case: validation.Case, report: validation.Report, calibrated: Sequence[validation.Calibrated], drawn: bool
) -> None:
    page = HERE / f"{case.id}.md"
    outcomes = [o for o in report.outcomes if o.case.id == case.id]
    text = page.read_text(encoding="utf-8")
    image = f"\n![{case.id}, predicted against measured](figures/{case.id}.png)\n" if drawn else ""
    mine = [c for c in calibrated if c.calibration.case == case.id]
    text = replaced(text, "data", data_table(case), page.name)
    text = replaced(text, "setup", setup_table(case), page.name)
    text = replaced(text, "results", results(outcomes) + image, page.name)
    if mine:
        text = replaced(text, "calibration", calibration_table(mine), page.name)
    text = replaced(text, "verdict", verdict(outcomes), page.name)
    page.write_text(text, encoding="utf-8")


def write_summary(report: validation.Report, calibrated: Sequence[validation.Calibrated]) -> None:
    page = HERE / "validation.md"
    text = page.read_text(encoding="utf-8")
    text = replaced(text, "summary", "\n".join(f"- {line}" for line in tables.summary(report)) + "\n", page.name)
    text = replaced(
        text, "table", tables.markdown(tables.HEAD, linked([tables.cells(o) for o in report.outcomes])), page.name
    )
    text = replaced(text, "calibration", calibration_table(calibrated), page.name)
    others = [validation.run(draws=FEW, seed=SEED, variant=v) for v in alternatives("insertion")]
    plain = validation.run(draws=FEW, seed=SEED)
    head, rows = tables.comparison([plain, *others])
    text = replaced(text, "hypotheses", tables.markdown(head, linked(rows)), page.name)
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
