#!/usr/bin/env python3
"""Fill delivery-sensitivity.md and draw its figure: which numbers decide the delivered dose, how well known they are.

python docs/vv/make_delivery_sensitivity.py

Needs libskin on the path (PYTHONPATH=build/audit/python) and SALib; takes two minutes. Text outside the markers is
written by hand. One at a time: every number that the data state is moved from the lower to the upper end of its stated
range, or by a step where no range is stated. Together: Sobol indices of the logarithm of the delivered dose, over the
ranges of the numbers that move it most.
"""

from __future__ import annotations

import re
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from delivery_factors import BELOW, COMPARTMENTS, Case, Factor, deliver, factors_of, outputs
from libskin.plot import BLACK, BLUE, GREY, ORANGE
from libskin.units import hour, minute
from matplotlib.figure import Figure
from SALib.analyze import sobol as analyse
from SALib.sample import sobol as sample

import libskin as ls

PAGE = Path(__file__).with_name("delivery-sensitivity.md")
FIGURE = PAGE.parent / "figures" / "delivery-sensitivity.png"
PRODUCTS = {  # times at which a good part, but not all, of the dose is in
    "vitamin C": ("ascorbic_acid_15", "salon_pen_0.5", 30 * minute),
    "minoxidil": ("minoxidil_solution", "salon_pen_0.5", 30 * minute),
    "hyaluronic acid": ("hyaluronic_serum", "medical_pen_1.5", 2 * hour),
}
DAY = 24 * hour  # on intact skin
COARSE_ERROR = 0.02  # of the delivered dose, checked: far below what the ranges do
WIDE = 3.0  # a range that spans more than this factor is drawn in the logarithm, as recovery_band does
N_SOBOL, N_TOGETHER, SHOWN = 256, 10, 1.02


@dataclass
class Row:
    """One number in all deliveries: where it was moved, and by what factor the outputs followed."""

    name: str
    kind: str
    stated: bool
    moved: list[str]  # distinct ranges, of products that differ
    swing: dict[str, np.ndarray]  # (outputs) by delivery

    @property
    def known(self) -> bool:
        return self.kind.split(",")[0] not in ("recalled", "assumed")

    def largest(self, output: int = 0) -> float:
        return max(float(s[output]) for s in self.swing.values())


def swing(case: Case, f: Factor) -> np.ndarray:
    """(outputs) factor between the ends; an end that libskin refuses counts as not moved."""
    values = []
    for x in (f.lo, f.hi):
        try:
            values.append(outputs(f.put(case, x)))
        except ls.ParameterError:
            values.append(outputs(case))
    low, high = np.min(values, axis=0), np.max(values, axis=0)
    return np.where(low > 0.0, high / np.maximum(low, 1e-300), np.where(high > 0.0, np.inf, 1.0))


def together(case: Case, factors: list[Factor]) -> tuple[np.ndarray, np.ndarray]:
    """First-order and total Sobol indices of ln(delivered), factors drawn independently over their ranges."""
    logarithmic = [f.lo > 0.0 and f.hi > WIDE * f.lo for f in factors]
    bounds = [
        [np.log(f.lo), np.log(f.hi)] if log else [f.lo, f.hi] for f, log in zip(factors, logarithmic, strict=True)
    ]
    problem = {"num_vars": len(factors), "names": [f.name for f in factors], "bounds": bounds}
    y = []
    for row in sample.sample(problem, N_SOBOL, calc_second_order=False, seed=1):
        changed = case
        for f, x, log in zip(factors, row, logarithmic, strict=True):
            changed = f.put(changed, float(np.exp(x)) if log else float(x))
        y.append(np.log(max(outputs(changed)[0], 1e-12)))
    found = analyse.analyze(problem, np.array(y), calc_second_order=False, seed=1)
    return found["S1"], found["ST"]


def cases() -> dict[str, Case]:
    skin = ls.Skin.preset("face_cheek", age_years=45)
    found = {}
    for name, (topical, pen, duration) in PRODUCTS.items():
        wound = ls.insert(skin, ls.device(pen), ls.Gliding(), n_needles=200, seed=1).wound
        for when, holes, time_on in (("intact", None, DAY), ("after", wound, duration), ("before", wound, duration)):
            case = Case(skin, holes, ls.topical(topical), "after" if holes is None else when, time_on)
            if outputs(case)[0] > 0.0:
                found[f"{name}, {when}"] = case
    return found


def main() -> None:
    warnings.simplefilter("ignore")  # which numbers are only recalled or assumed is what the page is about
    begin = time.process_time()
    rows: dict[tuple[str, bool], Row] = {}
    indices = {}
    for name, case in cases().items():
        coarse, exact = outputs(case)[0], deliver(case, n_times=3)
        reference = sum(float(exact.amount[-1, exact.compartment.index(n)]) for n in BELOW) / exact.dose
        assert abs(coarse - reference) < COARSE_ERROR * reference, (name, coarse, reference)
        factors = factors_of(case)
        for f in factors:
            row = rows.setdefault((f.name, f.stated), Row(f.name, f.kind, f.stated, [], {}))
            row.swing[name] = swing(case, f)
            text = f"{f.lo:.3g} to {f.hi:.3g}" if f.kind != "computed" and "law" not in f.name else (
                f"x {f.lo / f.value:.3g} to {f.hi / f.value:.3g}")  # fmt: skip
            if text not in row.moved:
                row.moved.append(text)
        strongest = sorted((f for f in factors if f.stated), key=lambda f: -rows[f.name, True].swing[name][0])
        strongest = strongest[:N_TOGETHER]
        first, total = together(case, strongest)
        indices[name] = [(f.name, a, b) for f, a, b in zip(strongest, first, total, strict=True)]
        print(f"{name}: {100 * coarse:.3g} % of the dose; " + ", ".join(
            f"{f.name} x{rows[f.name, True].swing[name][0]:.2f}" for f in strongest[:4]))  # fmt: skip
    ranked = sorted(rows.values(), key=lambda row: (-row.largest(), -max(row.largest(k) for k in range(1, 5))))
    write(ranked, list(indices), indices)
    draw([row for row in ranked if row.stated], list(indices)).savefig(FIGURE, dpi=150)
    print(f"{time.process_time() - begin:.0f} s of CPU")


def write(ranked: list[Row], names: list[str], indices: dict[str, list[tuple[str, float, float]]]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    moving = [row for row in ranked if row.largest() > SHOWN]
    blocks = {
        "recalled or assumed": swings([row for row in moving if row.stated and not row.known], names),
        "known better": swings([row for row in moving if row.stated and row.known], names),
        "no range": swings([row for row in moving if not row.stated][:14], names),
        "together": sobol(indices),
    }
    for marker, lines in blocks.items():
        pattern = re.compile(rf"(<!-- {marker} -->\n).*?(<!-- end -->)", re.DOTALL)
        if not pattern.search(text):
            raise SystemExit(f"{PAGE.name}: the marker <!-- {marker} --> is missing")
        text = pattern.sub(lambda m, lines=lines: m.group(1) + "\n".join(lines) + "\n" + m.group(2), text, count=1)
    PAGE.write_text(text, encoding="utf-8")


def swings(rows: list[Row], names: list[str]) -> list[str]:
    lines = ["| number | kind | moved from, to (SI) | " + " | ".join(names) + " |", "| --- " * (3 + len(names)) + "|"]
    for row in rows:
        cells = [shown(row.swing[n][0]) if n in row.swing else "" for n in names]
        lines.append(f"| `{row.name}` | {row.kind} | {'; '.join(row.moved)} | " + " | ".join(cells) + " |")
    return lines


def shown(factor: float) -> str:
    if factor < SHOWN:
        return ""
    return "all" if np.isinf(factor) else f"{factor:.2f}" if factor < 10 else f"{factor:.0f}"


def sobol(indices: dict[str, list[tuple[str, float, float]]]) -> list[str]:
    lines = ["| delivery | share of the variance of the logarithm: alone, with all it acts with |", "| --- | --- |"]
    for name, rows in indices.items():
        best = [r for r in sorted(rows, key=lambda r: -r[2])[:5] if r[2] >= 0.02]
        lines.append(f"| {name} | " + "; ".join(f"`{n}` {max(a, 0):.2f}, {b:.2f}" for n, a, b in best) + " |")
    return lines


def draw(rows: list[Row], names: list[str]) -> Figure:
    rows = [row for row in rows if max(row.largest(k) for k in range(5)) > 1.2]
    figure = Figure(figsize=(12.5, 1.6 + 0.3 * len(rows)), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=(len(names), len(COMPARTMENTS)))
    by_case = [[row.swing[n][0] if n in row.swing else np.nan for n in names] for row in rows]
    by_place = [[row.largest(k + 1) for k in range(len(COMPARTMENTS))] for row in rows]
    for ax, values, labels in ((left, by_case, names), (right, by_place, list(COMPARTMENTS))):
        picture = ax.imshow(np.log2(values), cmap="YlOrRd", vmin=0.0, vmax=4.0, aspect="auto")
        ax.set_xticks(range(len(labels)), labels, rotation=35, ha="right")
        for (i, j), v in np.ndenumerate(values):
            ax.text(j, i, "" if np.isnan(v) else shown(v), ha="center", va="center", fontsize=8,
                    color="white" if v > 6.0 else BLACK)  # fmt: skip
    left.set_yticks(range(len(rows)), [row.name for row in rows])
    for label, row in zip(left.get_yticklabels(), rows, strict=True):
        label.set_color(ORANGE if row.kind.startswith("assumed") else BLUE if row.kind.startswith("recalled") else GREY)
    left.set_title("Delivered dose", loc="left", fontsize=10, weight="bold")
    right.set_title("By place: the delivery that it moves most", loc="left", fontsize=10, weight="bold")
    bar = figure.colorbar(picture, ax=[left, right], shrink=0.8, pad=0.01)
    bar.set_ticks(range(5), labels=["1", "2", "4", "8", "16 or more"])
    bar.set_label("factor between the ends of the stated range")
    figure.supxlabel("names: orange assumed, blue recalled, grey measured, fitted, derived or computed", fontsize=9)
    return figure


if __name__ == "__main__":
    main()
