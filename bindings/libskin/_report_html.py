"""Pieces of HTML that the pages of :mod:`libskin._report` are put together from."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from libskin.units import day, hour

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CSS = """
:root { --ink: #222; --soft: #666; --line: #ddd; --accent: #0072B2; --paper: #fff; --tint: #f5f8fa; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 1.7rem; margin: 0 0 .2rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; padding-top: .6rem; border-top: 2px solid var(--line); }
p { margin: .4rem 0; }
.lead { color: var(--soft); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .8rem; margin: 1.2rem 0; }
.card { background: var(--tint); border-left: 4px solid var(--accent); padding: .6rem .8rem; }
.card b { display: block; font-size: 1.25rem; }
.card span { color: var(--soft); font-size: .85rem; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; font-size: .92rem; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; background: var(--tint); }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { display: inline-block; height: .7em; background: var(--accent); vertical-align: baseline; }
figure { margin: .8rem 0 1.4rem; }
figure img { max-width: 100%; height: auto; }
figcaption { color: var(--soft); font-size: .88rem; }
.note { background: #fdf6e3; border-left: 4px solid #E69F00; padding: .6rem .9rem; margin: .6rem 0; }
code { font-size: .88em; overflow-wrap: anywhere; }
ol.refs { font-size: .88rem; padding-left: 1.4rem; }
details summary { cursor: pointer; color: var(--accent); }
footer { margin-top: 2.5rem; color: var(--soft); font-size: .85rem; }
@media print { main { max-width: none; padding: 0; } details > * { display: block; } }
"""


def escaped(value: object) -> str:
    return html.escape(str(value))


def image(figure: Figure, caption: str) -> str:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=130)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return (
        f'<figure><img alt="{escaped(caption)}" src="data:image/png;base64,{data}">'
        f"<figcaption>{escaped(caption)}</figcaption></figure>"
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[int] = ()) -> str:
    """A table of cells that are HTML already; columns in ``numeric`` are set to the right."""

    def cells(tag: str, row: Sequence[str]) -> str:
        return "".join(f"<{tag}{' class=n' if k in numeric else ''}>{cell}</{tag}>" for k, cell in enumerate(row))

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f"<table><thead><tr>{cells('th', head)}</tr></thead><tbody>{body}</tbody></table>"


def percent(share: float, digits: int = 1) -> str:
    if not np.isfinite(share):
        return "-"
    if 0.0 < share < 0.5 * 10 ** (-2 - digits):
        return f"below {10.0 ** (-digits):g} %"
    return f"{100 * share:.{digits}f} %"


def span(seconds: float) -> str:
    """A time as a person says it."""
    if np.isnan(seconds):
        return "not within the run"
    if seconds < 2 * hour:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / hour:.1f} h" if seconds < 2 * day else f"{round(seconds / day, 1):g} days"


def count(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def words(name: str) -> str:
    return escaped(name.replace("_", " "))
