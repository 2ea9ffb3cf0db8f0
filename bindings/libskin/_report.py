"""One self-contained page about a treatment, for a clinician or an engineer."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from libskin import _core
from libskin._choice import need
from libskin._core import TreatmentResult
from libskin._files import write_aside
from libskin._report_html import CSS, count, escaped, image, percent, span, table, words
from libskin._report_tearing import tearing_section
from libskin.units import mm, pretty

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["report"]


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
    from libskin._bench_report import bench_page
    from libskin._bench_table import is_bench

    need(path, (str, os.PathLike), "path")
    if is_bench(result):
        page = bench_page(result)  # type: ignore[arg-type]
    else:
        need(result, TreatmentResult, "result")
        page = _page(result)  # type: ignore[arg-type]
    write_aside(Path(path), lambda aside: aside.write_text(page, encoding="utf-8"))


# --------------------------------------------------------------------------------------- the page


def _page(result: TreatmentResult) -> str:
    title = result.protocol.title or result.protocol.id
    parts = [
        _head(result, title),
        _cards(result),
        _layers(result),
        _figures(result),
        tearing_section(result),
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
        f"<title>{escaped(title)} - libskin</title><style>{CSS}</style></head><body><main>"
        + "".join(parts)
        + "</main></body></html>\n"
    )


def _head(result: TreatmentResult, title: str) -> str:
    protocol, person, skin = result.protocol, result.skin.person, result.skin
    sex = "" if person.sex == "unspecified" else f", {person.sex}"
    sessions = (
        "one session" if protocol.sessions == 1 else f"{protocol.sessions} sessions, {span(protocol.interval)} apart"
    )
    return (
        f"<h1>{escaped(title)}</h1>"
        f'<p class="lead">{escaped(skin.title or skin.id)} (<code>{escaped(skin.id)}</code>), '
        f"{person.age_years:g} years{sex}; {_device_words(protocol)}; {sessions} on "
        f"{1e4 * protocol.area:g} cm².</p>"
    )


def _device_words(protocol: _core.Protocol) -> str:
    device = protocol.device
    use: Any = protocol.use
    kind = type(device).__name__.lower()
    needle = device.needle
    how = {
        "Rolling": lambda: f"rolled in {count(use.passes, 'pass', 'passes')} at {use.force:g} N",
        "Gliding": lambda: f"glided in {count(use.passes, 'pass', 'passes')} at {use.speed / mm:g} mm/s",
        "Pressing": lambda: f"pressed with {use.force:g} N",
        "Impact": lambda: f"hits with {use.velocity:g} m/s",
        "Travel": lambda: f"moved by {use.distance / mm:g} mm",
    }[type(use).__name__]()
    return (
        f"{kind} <code>{escaped(device.id)}</code> (needles {needle.length / mm:g} mm long, "
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
        (percent(s.tear_fraction), f"of the holes are torn; tear index {s.risk_index:.2g}"),
        (f"{s.dots_per_area * 1e-4:.1f} per cm²", "visible dots of blood"),
        (span(s.barrier_time), "until the barrier (impedance) is back"),
        (span(s.erythema_duration), "of visible redness after the last session"),
        (
            f"{100 * s.collagen_papillary:.2g} % / {100 * s.collagen_reticular:.2g} %",
            "new collagen, papillary / reticular dermis, share of baseline",
        ),
    ]
    body = "".join(f'<div class="card"><b>{escaped(v)}</b><span>{escaped(t)}</span></div>' for v, t in cards)
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
                words(layer.name),
                f"{pretty(top, 'm')} to {pretty(bottom, 'm')}",
                percent(float(share)),
                f'<span class="bar" style="width:{width}"></span>',
            )
        )
        top = bottom
    return (
        "<h2>Which layer is reached</h2>"
        "<p>What is set on the device is not what is reached: skin gives way under the needles and differs from "
        "place to place. The share counts strikes whose tip got into the layer.</p>"
        + table(("layer", "from - to", "strikes that reach it", ""), rows, numeric=(2,))
    )


def _figures(result: TreatmentResult) -> str:
    from libskin import plot

    out = [
        "<h2>Figures</h2>",
        image(plot.section(result), "Section through the skin with the channels of the first session, to scale."),
        image(plot.depths(result), "Depth of every simulated strike against the layers of this skin."),
        image(plot.recovery(result), "Read-outs of the barrier, each relative to its first value."),
        image(plot.timeline(result), "Healing. Dotted lines mark sessions; bars are the phases after the last "
               "one, with their peaks."),
    ]  # fmt: skip
    for name, d in result.delivery.items():
        out.append(image(plot.delivery(d), f"Product '{name}': where it is, and how deep it lies."))
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
            when = f"{span(application.delay)} {when}"
        rows.append(
            (
                escaped(application.name),
                escaped(application.topical.title or application.topical.id),
                escaped(when) + (", occluded" if application.occluded else ""),
                f"{1e6 * 1e-4 * d.dose:.3g}",
                percent(d.delivered / dose, 2),
                f"{1e9 * 1e-4 * d.delivered:.3g}",
            )
        )
    head = ("name", "product", "put on", "active, mg/cm²", "delivered", "delivered, µg/cm²")
    note = (
        f"<p>Delivered: in living skin, cleared or below, {span(result.protocol.delivery_duration)} after the "
        "first strike.</p>"
    )
    return "<h2>Products</h2>" + table(head, rows, numeric=(3, 4, 5)) + note


def _risks(result: TreatmentResult) -> str:
    s, t = result.safety, result.tearing
    rows = [
        ("Tearing", f"index {t.risk_index:.2g} (band {t.risk_low:.2g} to {t.risk_high:.2g}); "
         f"{percent(t.tear_fraction)} of holes torn"),
        ("Irritation", f"index {s.irritation:.2g} (1 is the clinical threshold)"
         + ("" if np.isnan(s.reaction_time) else f"; shows after {span(s.reaction_time)}")),
        ("Granuloma", f"{pretty(s.granuloma_mass, 'kg/m^2')} of tagged material below the junction"
         if s.granuloma else "no tagged material below the junction"),
        ("Infection", f"exposure index {s.infection_relative:.3g} s; only ratios between scenarios mean something"),
    ]  # fmt: skip
    for p in s.particles:
        rows.append(
            (
                f"Particles ({p.solute})",
                f"enter the channels until {span(p.last_entry)}, settle to {pretty(p.settled_depth, 'm')}"
                if p.enters
                else "do not enter the channels",
            )
        )
    return "<h2>Risks</h2>" + table(("what", "result"), [(escaped(a), escaped(b)) for a, b in rows])


def _warnings(result: TreatmentResult) -> str:
    if not result.warnings:
        return "<h2>Warnings</h2><p>None.</p>"
    items = "".join(
        f'<div class="note"><b>{words(w.code)}</b> ({escaped(w.where)}): {escaped(w.message)}</div>'
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
            source = escaped(origin.source) + (f"; {escaped(origin.note)}" if origin.note else "")
            rows.append((f"<code>{escaped(shown)}</code>", escaped(value), str(origin.kind), source, ""))
    if not rows:
        return ""
    unique = list(dict.fromkeys(row[:4] for row in rows))
    rows_of_page = table(("parameter", "value", "kind", "source and note"), unique)
    return (
        "<h2>What is not measured</h2>"
        f"<p>{len(unique)} values behind this run are recalled (source known, not checked in it) or assumed "
        "(an engineering choice). They are the first to question.</p>"
        f"<details><summary>Show all {len(unique)}</summary>{rows_of_page}</details>"
    )


def _references(result: TreatmentResult) -> str:
    items = "".join(f"<li><b>{escaped(key)}</b> {escaped(_core.reference(key))}</li>" for key in result.info.citations)
    models = "".join(f"<li><code>{escaped(model)}</code></li>" for model in result.info.models)
    return (
        "<h2>What to cite</h2><p>Data and models that exactly this run used.</p>"
        f'<ol class="refs">{items}</ol>'
        f"<details><summary>Hypotheses used ({len(result.info.models)})</summary><ul>{models}</ul></details>"
    )


def _provenance(result: TreatmentResult) -> str:
    p = result.provenance
    sets = "".join(
        f"<tr><td><code>{escaped(name)}</code></td><td><code>{escaped(value)}</code></td></tr>"
        for name, value in p.parameter_hashes.items()
    )
    text = (
        f"<details><summary>The treatment file</summary><pre><code>{escaped(p.protocol_text)}</code></pre></details>"
        if p.protocol_text
        else ""
    )
    return (
        "<h2>How this was made</h2>"
        f"<p>libskin {escaped(p.libskin_version)} ({escaped(p.git_revision)}; {escaped(p.build)}), "
        f"{escaped(p.created)}, seed {p.seed}. The same inputs, seed and version give the same numbers.</p>"
        f"{text}<details><summary>Parameter sets and their SHA-256</summary><table>{sets}</table></details>"
        "<footer>For research. libskin is not a medical device and gives no advice: results hold in the ranges that "
        "were validated, and the warnings above say where this run leaves them.</footer>"
    )
