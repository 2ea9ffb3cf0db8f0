"""The page and the printed table of a comparison of needle designs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from libskin import _core
from libskin._bench_table import bench_table, check_bench
from libskin.units import pretty

if TYPE_CHECKING:
    import xarray as xr

CM2 = 1e-4  # holes are counted per square centimetre by people


def short_table(ds: xr.Dataset) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Head and rows for people: medians, and from 5 to 95 % in brackets."""
    head = ["design", "set", "force at entry", "of the dermis", "depth", "spread between / within persons"]
    layers = [str(name) for name in ds["layer"].values]
    head += [f"reach {name.replace('_', ' ')}" for name in layers[1:]]
    head += ["holes/cm²", "bending margin", "energy a strike", "failed"]
    rows = []
    for row in bench_table(ds):
        cells = [
            row["design"],
            _pretty(row["setting_m"], "m"),
            _interval(row, "puncture_force", "N"),
            _pretty(row.get("entry_force_papillary_dermis_N", np.nan), "N"),
            _interval(row, "depth", "m"),
            f"{_pretty(row['between_persons_m'], 'm')} / {_pretty(row['within_person_m'], 'm')}",
            *(f"{100 * row[f'reach_{name}']:.0f} %" for name in layers[1:]),
            f"{row['holes_per_area_1/m^2'] * CM2:.3g}",
            f"{row['strength_margin_5']:.3g}" if np.isfinite(row["strength_margin_5"]) else "-",
            _pretty(row["energy_50_J"], "J"),
            str(row["failed_persons"]) if row["failed_persons"] else "-",
        ]
        rows.append(tuple(cells))
    return tuple(head), rows


def printed_table(ds: xr.Dataset) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The same for a terminal: fewer and narrower columns; bench.html and table.csv have the others."""
    layers = [str(name) for name in ds["layer"].values][-3:]
    head = ("design", "set", "entry", "dermis", "depth", "between/within", " ".join(_short(name) for name in layers),
            "holes/cm²", "margin", "energy", "failed")  # fmt: skip
    rows: list[tuple[str, ...]] = []
    for row in bench_table(ds):
        cells = (
            row["design"],
            _pretty(row["setting_m"], "m"),
            _pretty(row["puncture_force_50_N"], "N"),
            _pretty(row.get("entry_force_papillary_dermis_N", np.nan), "N"),
            _interval(row, "depth", "m").replace(" to ", "-"),
            f"{row['between_persons_m'] * 1e6:.0f}/{row['within_person_m'] * 1e6:.0f} um",
            " ".join(f"{100 * row[f'reach_{name}']:3.0f}" for name in layers) + " %",
            f"{row['holes_per_area_1/m^2'] * CM2:.3g}",
            f"{row['strength_margin_5']:.3g}" if np.isfinite(row["strength_margin_5"]) else "-",
            _pretty(row["energy_50_J"], "J"),
            str(row["failed_persons"]) if row["failed_persons"] else "-",
        )
        rows.append(cells)
    return head, rows


def _short(name: str) -> str:
    """The initials of a layer: RD for reticular_dermis."""
    return "".join(word[0].upper() for word in name.split("_"))


def _pretty(value: float, unit: str) -> str:
    return pretty(float(f"{value:.3g}"), unit) if np.isfinite(value) else "-"


def _interval(row: dict[str, Any], name: str, unit: str) -> str:
    low, middle, high = (row[f"{name}_{q}_{unit}"] for q in (5, 50, 95))
    if not np.isfinite(middle):
        return "never opens"
    shown = _pretty(middle, unit).split(" ")[-1]  # all three in the unit of the middle one
    low, middle, high = (value / _core.parse_quantity(f"1 {shown}", unit) for value in (low, middle, high))
    words = [f"{value:.0f}" if value >= 1000 else f"{value:.3g}" for value in (low, middle, high)]
    return f"{words[1]} ({words[0]} to {words[2]}) {shown}"


def bench_page(ds: xr.Dataset) -> str:
    """One self-contained HTML page."""
    from libskin import plot
    from libskin._report_html import CSS, escaped, image, table

    check_bench(ds)
    a = ds.attrs
    head, rows = short_table(ds)
    title = escaped(a["title"] or a["designs_id"])
    n = ds.sizes["person"]
    failed = int(ds["failed_persons"].sum())
    numbered = [(str(k + 1), *(escaped(cell) for cell in row)) for k, row in enumerate(rows)]
    unknown = not np.isfinite(ds["strength_margin"].values).any()
    parts = [
        f"<h1>{title}</h1>",
        f'<p class="lead">{ds.sizes["design"]} designs on the same {n} persons, {a["strikes_per_person"]} strikes on '
        f"each; skin {escaped(a['skin'])}, seed {a['seed']}.</p>",
        "<h2>Side by side</h2>",
        "<p>Medians, and from 5 to 95 %: forces on one needle and energy over persons, depth over all strikes on all "
        "persons. "
        "The spread is the standard deviation of depth, between persons and from strike to strike on one.</p>",
        table(("", *(escaped(cell) for cell in head)), numbered),
        "<p>The bending margin is not known: this version does not follow the strength of the needle itself.</p>"
        if unknown
        else "<p>The bending margin is that of the weakest twentieth of the persons: below 1 the needle fails.</p>",
        _failures(ds, failed),
        "<h2>What is set and what is reached</h2>",
        image(plot.settings(ds), "Depth of nine strikes in ten against what was set; on the line they are equal."),
        "<h2>What depth costs in force</h2>",
        image(plot.trade_off(ds), "Median depth against median force on one needle; the numbers are those above."),
        "<h2>Which layer is reached</h2>",
        image(plot.reached(ds), "Share of all strikes on all persons by the deepest layer that the tip got into."),
        "<h2>Warnings</h2>",
        "".join(f'<p class="note">{escaped(line)}</p>' for line in a["warnings"].split("\n") if line)
        or "<p>None: every design stayed in the ranges that the models are meant for.</p>",
        "<h2>What to cite</h2>",
        '<ol class="refs">'
        + "".join(
            f"<li><b>{escaped(key)}</b> {escaped(_core.reference(key))}</li>"
            for key in a["citations"].split(", ")
            if key
        )
        + "</ol>",
        "<h2>How this was made</h2>",
        f"<p>libskin {escaped(a['libskin_version'])} ({escaped(a['git_revision'])}; {escaped(a['build'])}), "
        f"{escaped(a['created'])}. The same file, persons, seed and version give the same numbers, for any number of "
        "threads.</p>",
        f"<p>{escaped(a['models'])}</p>",
        f"<details><summary>The designs file</summary><pre><code>{escaped(a['designs_file'])}</code></pre></details>"
        if a["designs_file"]
        else "",
        "<footer>For research. libskin is not a medical device and gives no advice.</footer>",
    ]
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{CSS}</style></head>'
        f'<body><main style="max-width: 84rem">{"".join(parts)}</main></body></html>\n'
    )


def _failures(ds: xr.Dataset, failed: int) -> str:
    from libskin._report_html import escaped

    if failed == 0:
        return ""
    words = {
        f"{design}: {message}"
        for design, messages in zip(ds["design"].values, ds["message"].values, strict=True)
        for message in messages
        if message
    }
    shown = "".join(f"<li>{escaped(line)}</li>" for line in sorted(words)[:20])
    return f'<p class="note">{failed} runs failed and are left out of the numbers.</p><ul>{shown}</ul>'
