"""Tables of validation reports: text, CSV, HTML and Markdown from the same cells."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from libskin.validation.calibration import Calibrated
from libskin.validation.runner import Outcome, Report, Verdict

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["HEAD", "calibration_cells", "cells", "comparison", "csv_text", "summary", "write"]

HEAD = ("case", "observable", "use", "measured", "accepted", "predicted", "90 % band", "in band", "verdict")
CALIBRATION_HEAD = ("case", "parameter", "shipped", "calibrated would be", "note")


def shown(value: float) -> str:
    """Three digits, without an exponent where a person would not write one."""
    if not math.isfinite(value):
        return "-"
    if value != 0.0 and not 1e-3 <= abs(value) < 1e5:
        return f"{value:.3g}"
    if value == 0.0:
        return "0"
    if 0.99 < value < 1.01 and value != 1.0:  # ratios near 1: show what differs
        return f"{value:.4g}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}" if value != 1.0 else "1"


def span(low: float, high: float) -> str:
    if math.isfinite(low) and math.isfinite(high):
        return f"{shown(low)} to {shown(high)}"
    if math.isfinite(low):
        return f">= {shown(low)}"
    return f"<= {shown(high)}" if math.isfinite(high) else "-"


def measured(outcome: Outcome) -> str:
    check = outcome.check
    if math.isfinite(check.measured[0]) and len(check.rows) > 1:
        return shown(check.measured[0])
    return "; ".join(dict.fromkeys(row.shown for row in check.rows))


def cells(outcome: Outcome) -> tuple[str, ...]:
    """One line of the table, as HEAD names its cells."""
    check = outcome.check
    unit = "" if check.unit == "1" else f" {check.unit}"
    band = span(*outcome.band) if math.isfinite(outcome.band[0]) else "-"
    inside = {None: "-", True: "yes", False: "no"}[outcome.in_band]
    predicted = shown(outcome.predicted) + (unit if math.isfinite(outcome.predicted) else "")
    return (outcome.case.id, check.what, check.use, measured(outcome), span(*check.accepted) + unit, predicted, band,
            inside, str(outcome.verdict))  # fmt: skip


def summary(report: Report) -> list[str]:
    """What a reader should remember of the table, in sentences."""
    inside, outside = Verdict.inside, (Verdict.known_miss, Verdict.outside, Verdict.changed)
    lines = []
    for use in ("calibration", "validation", "context"):
        good, bad = report.count(inside, use=use), report.count(*outside, use=use)
        if good + bad:
            lines.append(f"{use}: {good} of {good + bad} checks inside what is accepted")
    yes, total = report.in_band()
    if total:
        v_yes, v_total = report.in_band("validation")
        lines.append(
            f"{yes} of {total} measured values lie inside their 90 % band; of the validations {v_yes} of {v_total}"
        )
    not_run = report.count(Verdict.not_run)
    if not_run:
        lines.append(f"{not_run} checks were not run: " + "; ".join(dict.fromkeys(
            o.note for o in report.outcomes if o.verdict is Verdict.not_run)))  # fmt: skip
    failed = {o.case.id: o.failed for o in report.outcomes if o.failed}
    lines += [f"{case}: {n} of {report.draws} draws gave no number" for case, n in failed.items()]
    lines += [
        f"{o.case.id}, {o.check.what}: {o.verdict} {o.note}".rstrip()
        for o in report.outcomes
        if o.verdict in (Verdict.outside, Verdict.changed)
    ]
    return lines


def comparison(reports: Sequence[Report]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Variants side by side: prediction, and whether it is inside what is accepted."""
    head = ("case", "observable", "use", "measured", "accepted", *(r.variant.title for r in reports))
    rows = []
    for group in zip(*(r.outcomes for r in reports), strict=True):
        first = cells(group[0])
        results = []
        for outcome in group:
            if outcome.verdict is Verdict.not_run:
                results.append("not run")
            else:
                results.append(f"{cells(outcome)[5]} {'inside' if outcome.verdict is Verdict.inside else 'outside'}")
        rows.append((*first[:5], *results))
    counts = []
    for report in reports:
        yes, total = report.in_band()
        run = len(report.outcomes) - report.count(Verdict.not_run)
        counts.append(
            f"{report.count(Verdict.inside)} of {run} inside" + (f", {yes} of {total} in band" if total else "")
        )
    rows.append(("all", "", "", "", "", *counts))
    return head, rows


def calibration_cells(result: Calibrated) -> tuple[str, ...]:
    c = result.calibration
    unit = "" if c.unit == "1" else f" {c.unit}"
    value = f"{shown(result.value)}{unit}" if math.isfinite(result.value) else "-"
    return (c.case, c.parameter, f"{shown(result.shipped)}{unit}", value, result.note)


# ----------------------------------------------------------------------------------------------- files


def csv_text(report: Report) -> str:
    """Numbers as numbers, for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["case", "check", "observable", "rows", "use", "unit", "measured", "measured_low", "measured_high",
                     "accepted_low", "accepted_high", "predicted", "band_low", "band_high", "draws", "failed_draws",
                     "in_band", "verdict", "note"])  # fmt: skip
    for o in report.outcomes:
        c = o.check
        numbers = [*c.measured, *c.accepted, o.predicted, *o.band]
        writer.writerow([o.case.id, c.key, c.what, " ".join(row.id for row in c.rows), c.use, c.unit,
                         *(f"{x:.6g}" if math.isfinite(x) else "" for x in numbers), o.draws, o.failed,
                         {None: "", True: "yes", False: "no"}[o.in_band], str(o.verdict), o.note])  # fmt: skip
    return out.getvalue()


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def line(row: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "/") for cell in row) + " |\n"

    return line(head) + "| " + " | ".join("---" for _ in head) + " |\n" + "".join(map(line, rows))


def html_text(reports: Sequence[Report], calibrated: Sequence[Calibrated], figures: dict[str, Figure]) -> str:
    """One self-contained page."""
    from libskin import __version__
    from libskin._report_html import CSS, escaped, image, table

    first = reports[0]
    parts = [f"<h1>Validation of libskin {escaped(__version__)}</h1>",
             f"<p class=lead>{first.draws} draws for each 90 % band, seed {first.seed}.</p>"]  # fmt: skip
    parts += [f"<p>{escaped(sentence)}</p>" for sentence in summary(first)]
    parts.append(table(HEAD, [[escaped(c) for c in cells(o)] for o in first.outcomes], numeric=(3, 4, 5, 6)))
    if len(reports) > 1:
        head, rows = comparison(reports)
        parts += ["<h2>Hypotheses side by side</h2>", table(head, [[escaped(c) for c in row] for row in rows])]
    if calibrated:
        rows = [tuple(escaped(c) for c in calibration_cells(c)) for c in calibrated]
        parts += ["<h2>What calibration would give</h2>", table(CALIBRATION_HEAD, rows)]
    for name, figure in figures.items():
        parts += [f"<h2>{escaped(name)}</h2>", image(figure, name)]
    return (f'<!doctype html><html lang="en"><meta charset="utf-8"><title>libskin validation</title>'
            f"<style>{CSS}</style><main>{''.join(parts)}</main></html>\n")  # fmt: skip


def write(reports: Sequence[Report], folder: Path, calibrated: Sequence[Calibrated] = ()) -> list[Path]:
    """``validation.csv``, ``validation.html`` and a figure a case into ``folder``; files already there stay whole."""
    from libskin._files import make_folder, write_aside
    from libskin.validation import figures

    make_folder(folder)
    drawn = figures.all_figures(reports[0])
    names = ["validation" if k == 0 else f"validation_{k}" for k in range(len(reports))]
    files = []
    for name, report in zip(names, reports, strict=True):
        files.append(folder / f"{name}.csv")
        text = csv_text(report)
        write_aside(files[-1], lambda path, text=text: path.write_text(text, encoding="utf-8"))  # type: ignore[misc]
    page = html_text(reports, calibrated, drawn)
    files.append(folder / "validation.html")
    write_aside(files[-1], lambda path: path.write_text(page, encoding="utf-8"))
    for name, figure in drawn.items():
        files.append(folder / f"{name}.png")
        write_aside(files[-1], lambda path, figure=figure: figure.savefig(path, dpi=120))  # type: ignore[misc]
    return files
