"""One self-contained page about a treatment, for a clinician or an engineer."""

from __future__ import annotations

import base64
import html
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from libskin import _core
from libskin._choice import need
from libskin._core import TreatmentResult
from libskin._files import write_aside
from libskin.units import day, hour, mm, pretty

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

__all__ = ["report"]

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


def report(result: TreatmentResult | xr.Dataset, path: str | os.PathLike[str]) -> None:
    """Write one self-contained HTML page: summary, figures, layers reached, warnings, sources.

    ``result`` is a treatment, or the comparison of designs that :func:`ls.bench` gave. An existing file stays
    intact until the new one is complete.

    Examples
    --------
    >>> import libskin as ls, tempfile, os
    >>> case = ls.load_treatment("home_roller")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = os.path.join(folder, "home_roller.html")
    ...     ls.report(ls.treat(case.skin, case.protocol), page)
    ...     os.path.getsize(page) > 10_000
    True
    """
    from libskin._bench import is_bench
    from libskin._bench_report import bench_page

    need(path, (str, os.PathLike), "path")
    if is_bench(result):
        page = bench_page(result)  # type: ignore[arg-type]
    else:
        need(result, TreatmentResult, "result")
        page = _page(result)  # type: ignore[arg-type]
    write_aside(Path(path), lambda aside: aside.write_text(page, encoding="utf-8"))


# ------------------------------------------------------------------------------------ small helpers


def _text(value: object) -> str:
    return html.escape(str(value))


def _image(figure: Figure, caption: str) -> str:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=130)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return (
        f'<figure><img alt="{_text(caption)}" src="data:image/png;base64,{data}">'
        f"<figcaption>{_text(caption)}</figcaption></figure>"
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[int] = ()) -> str:
    """A table of cells that are HTML already; columns in ``numeric`` are set to the right."""

    def cells(tag: str, row: Sequence[str]) -> str:
        return "".join(f"<{tag}{' class=n' if k in numeric else ''}>{cell}</{tag}>" for k, cell in enumerate(row))

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f"<table><thead><tr>{cells('th', head)}</tr></thead><tbody>{body}</tbody></table>"


def _percent(share: float, digits: int = 1) -> str:
    if not np.isfinite(share):
        return "-"
    if 0.0 < share < 0.5 * 10 ** (-2 - digits):
        return f"below {10.0 ** (-digits):g} %"
    return f"{100 * share:.{digits}f} %"


def _span(seconds: float) -> str:
    """A time as a person says it."""
    if np.isnan(seconds):
        return "not within the run"
    if seconds < 2 * hour:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / hour:.1f} h" if seconds < 2 * day else f"{round(seconds / day, 1):g} days"


def _count(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def _words(name: str) -> str:
    return _text(name.replace("_", " "))


# --------------------------------------------------------------------------------------- the page


def _page(result: TreatmentResult) -> str:
    title = result.protocol.title or result.protocol.id
    parts = [
        _head(result, title),
        _cards(result),
        _layers(result),
        _figures(result),
        _products(result),
        _risks(result),
        _warnings(result),
        _parameters(result),
        _references(result),
        _provenance(result),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(title)} - libskin</title><style>{CSS}</style></head><body><main>"
        + "".join(parts)
        + "</main></body></html>\n"
    )


def _head(result: TreatmentResult, title: str) -> str:
    protocol, person, skin = result.protocol, result.skin.person, result.skin
    sex = "" if person.sex == "unspecified" else f", {person.sex}"
    sessions = (
        "one session" if protocol.sessions == 1 else f"{protocol.sessions} sessions, {_span(protocol.interval)} apart"
    )
    return (
        f"<h1>{_text(title)}</h1>"
        f'<p class="lead">{_text(skin.title or skin.id)} (<code>{_text(skin.id)}</code>), '
        f"{person.age_years:g} years{sex}; {_device_words(protocol)}; {sessions} on "
        f"{1e4 * protocol.area:g} cm².</p>"
    )


def _device_words(protocol: _core.Protocol) -> str:
    device = protocol.device
    use: Any = protocol.use
    kind = type(device).__name__.lower()
    needle = device.needle
    how = {
        "Rolling": lambda: f"rolled in {_count(use.passes, 'pass', 'passes')} at {use.force:g} N",
        "Gliding": lambda: f"glided in {_count(use.passes, 'pass', 'passes')} at {use.speed / mm:g} mm/s",
        "Pressing": lambda: f"pressed with {use.force:g} N",
        "Impact": lambda: f"hits with {use.velocity:g} m/s",
        "Travel": lambda: f"moved by {use.distance / mm:g} mm",
    }[type(use).__name__]()
    return (
        f"{kind} <code>{_text(device.id)}</code> (needles {needle.length / mm:g} mm long, "
        f"{2e6 * needle.shaft_radius:g} µm thick), {how}"
    )


def _cards(result: TreatmentResult) -> str:
    s = result.summary
    deepest = _deepest_layer(result)
    cards = [
        (f"{s.depth_mean / mm:.2f} mm", f"mean depth reached; {s.setting / mm:g} mm was set ({s.band})"),
        (f"{s.depth_low / mm:.2f} to {s.depth_high / mm:.2f} mm", "depth of nine strikes in ten"),
        (deepest, "deepest layer that at least half of the strikes reach"),
        (f"{s.holes_per_area * 1e-4:.0f} per cm²", "holes"),
        (_percent(s.tear_fraction), f"of the holes are torn; tear index {s.risk_index:.2g}"),
        (f"{s.dots_per_area * 1e-4:.1f} per cm²", "visible dots of blood"),
        (_span(s.barrier_time), "until the barrier (impedance) is back"),
        (_span(s.erythema_duration), "of visible redness after the last session"),
        (
            f"{100 * s.collagen_papillary:.2g} % / {100 * s.collagen_reticular:.2g} %",
            "new collagen, papillary / reticular dermis, share of baseline",
        ),
    ]
    body = "".join(f'<div class="card"><b>{_text(v)}</b><span>{_text(t)}</span></div>' for v, t in cards)
    return f'<div class="cards">{body}</div>'


def _deepest_layer(result: TreatmentResult) -> str:
    name = "none"
    for layer, share in zip(result.skin.layers, result.summary.reached, strict=False):
        if share >= 0.5:
            name = layer.name.replace("_", " ")
    return name


def _layers(result: TreatmentResult) -> str:
    rows, top = [], 0.0
    for layer, share in zip(result.skin.layers, result.summary.reached, strict=False):
        bottom = top + layer.thickness
        width = f"{6.0 * float(share):.2f}rem"
        rows.append(
            (
                _words(layer.name),
                f"{pretty(top, 'm')} to {pretty(bottom, 'm')}",
                _percent(float(share)),
                f'<span class="bar" style="width:{width}"></span>',
            )
        )
        top = bottom
    return (
        "<h2>Which layer is reached</h2>"
        "<p>What is set on the device is not what is reached: skin gives way under the needles and differs from "
        "place to place. The share counts strikes whose tip got into the layer.</p>"
        + _table(("layer", "from - to", "strikes that reach it", ""), rows, numeric=(2,))
    )


def _figures(result: TreatmentResult) -> str:
    from libskin import plot

    out = [
        "<h2>Figures</h2>",
        _image(plot.section(result), "Section through the skin with the channels of the first session, to scale."),
        _image(plot.depths(result), "Depth of every simulated strike against the layers of this skin."),
        _image(plot.tears(result), "Left: holes and slits. Right: lateral travel of each needle against what the "
               "skin can follow; above the dashed line it cuts."),
        _image(plot.recovery(result), "Read-outs of the barrier, each relative to its first value."),
        _image(plot.timeline(result), "Healing. Dotted lines mark sessions; bars are the phases after the last "
               "one, with their peaks."),
    ]  # fmt: skip
    for name, d in result.delivery.items():
        out.append(_image(plot.delivery(d), f"Product '{name}': where it is, and how deep it lies."))
    return "".join(out)


def _products(result: TreatmentResult) -> str:
    if not result.delivery:
        return ""
    rows = []
    for application in result.protocol.applications:
        d = result.delivery[application.name]
        dose = d.dose if d.dose > 0.0 else 1.0
        when = f"{application.when} needling"
        if application.delay > 0.0:
            when = f"{_span(application.delay)} {when}"
        rows.append(
            (
                _text(application.name),
                _text(application.topical.title or application.topical.id),
                _text(when) + (", occluded" if application.occluded else ""),
                f"{1e6 * 1e-4 * d.dose:.3g}",
                _percent(d.delivered / dose, 2),
                f"{1e9 * 1e-4 * d.delivered:.3g}",
            )
        )
    head = ("name", "product", "put on", "active, mg/cm²", "delivered", "delivered, µg/cm²")
    note = (
        f"<p>Delivered: in living skin, cleared or below, {_span(result.protocol.delivery_duration)} after the "
        "first strike.</p>"
    )
    return "<h2>Products</h2>" + _table(head, rows, numeric=(3, 4, 5)) + note


def _risks(result: TreatmentResult) -> str:
    s, t = result.safety, result.tearing
    rows = [
        ("Tearing", f"index {t.risk_index:.2g} (band {t.risk_low:.2g} to {t.risk_high:.2g}); "
         f"{_percent(t.tear_fraction)} of holes torn"),
        ("Irritation", f"index {s.irritation:.2g} (1 is the clinical threshold)"
         + ("" if np.isnan(s.reaction_time) else f"; shows after {_span(s.reaction_time)}")),
        ("Granuloma", f"{pretty(s.granuloma_mass, 'kg/m^2')} of tagged material below the junction"
         if s.granuloma else "no tagged material below the junction"),
        ("Infection", f"exposure index {s.infection_relative:.3g} s; only ratios between scenarios mean something"),
    ]  # fmt: skip
    for p in s.particles:
        rows.append(
            (
                f"Particles ({p.solute})",
                f"enter the channels until {_span(p.last_entry)}, settle to {pretty(p.settled_depth, 'm')}"
                if p.enters
                else "do not enter the channels",
            )
        )
    return "<h2>Risks</h2>" + _table(("what", "result"), [(_text(a), _text(b)) for a, b in rows])


def _warnings(result: TreatmentResult) -> str:
    if not result.warnings:
        return "<h2>Warnings</h2><p>None.</p>"
    items = "".join(
        f'<div class="note"><b>{_words(w.code)}</b> ({_text(w.where)}): {_text(w.message)}</div>'
        for w in result.warnings
    )
    return "<h2>Warnings</h2>" + items


def _parameters(result: TreatmentResult) -> str:
    """Every value of skin, device and products that is only recalled or assumed."""
    rows: list[tuple[str, str, str, str, str]] = []
    holders: list[tuple[str, Any, str]] = [
        ("skin", result.skin, "skin."),
        ("device", result.protocol.device, "device."),
    ]
    for application in result.protocol.applications:
        holders.append((application.name, application.topical, ""))
        holders.append((application.name, application.topical, "active."))
        holders.append((application.name, application.topical, "vehicle."))
    for label, holder, prefix in holders:
        origins = holder.origins
        if prefix in ("active.", "vehicle."):
            origins = getattr(holder, prefix[:-1]).origins
        for key, origin in origins.items():
            if origin.kind not in ("recalled", "assumed"):
                continue
            name = f"{prefix}{key}"
            try:
                e = _core.explain(holder, name)
                value = pretty(e.value, e.unit)
            except _core.Error:
                value = ""
            shown = name if label in ("skin", "device") else f"{label}.{name}"
            source = _text(origin.source) + (f"; {_text(origin.note)}" if origin.note else "")
            rows.append((f"<code>{_text(shown)}</code>", _text(value), str(origin.kind), source, ""))
    if not rows:
        return ""
    unique = list(dict.fromkeys(row[:4] for row in rows))
    table = _table(("parameter", "value", "kind", "source and note"), unique)
    return (
        "<h2>What is not measured</h2>"
        f"<p>{len(unique)} values behind this run are recalled (source known, not checked in it) or assumed "
        "(an engineering choice). They are the first to question.</p>"
        f"<details><summary>Show all {len(unique)}</summary>{table}</details>"
    )


def _references(result: TreatmentResult) -> str:
    items = "".join(f"<li><b>{_text(key)}</b> {_text(_core.reference(key))}</li>" for key in result.info.citations)
    models = "".join(f"<li><code>{_text(model)}</code></li>" for model in result.info.models)
    return (
        "<h2>What to cite</h2><p>Data and models that exactly this run used.</p>"
        f'<ol class="refs">{items}</ol>'
        f"<details><summary>Hypotheses used ({len(result.info.models)})</summary><ul>{models}</ul></details>"
    )


def _provenance(result: TreatmentResult) -> str:
    p = result.provenance
    sets = "".join(
        f"<tr><td><code>{_text(name)}</code></td><td><code>{_text(value)}</code></td></tr>"
        for name, value in p.parameter_hashes.items()
    )
    text = (
        f"<details><summary>The treatment file</summary><pre><code>{_text(p.protocol_text)}</code></pre></details>"
        if p.protocol_text
        else ""
    )
    return (
        "<h2>How this was made</h2>"
        f"<p>libskin {_text(p.libskin_version)} ({_text(p.git_revision)}; {_text(p.build)}), "
        f"{_text(p.created)}, seed {p.seed}. The same inputs, seed and version give the same numbers.</p>"
        f"{text}<details><summary>Parameter sets and their SHA-256</summary><table>{sets}</table></details>"
        "<footer>For research. libskin is not a medical device and gives no advice: results hold in the ranges that "
        "were validated, and the warnings above say where this run leaves them.</footer>"
    )
