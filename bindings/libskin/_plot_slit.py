"""The figure of :mod:`libskin.plot` that looks down on a torn channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure

from libskin._choice import need, number
from libskin._core import DeliveryResult, ParameterError
from libskin._plot_style import STYLE, new_figure
from libskin._plot_transport import DECADES, moments, time_words
from libskin.units import um

POINTS = 121  # along and across


def slit_plans(result: DeliveryResult, depth: float, times: Sequence[float] | None = None) -> Figure:
    """Content around a torn channel at one depth (m) and several times, seen from above, the slit along x.

    ``times`` in s since the first strike; without: four, crowded at the start. Needs a result of ``model="slit"``.
    """
    need(result, DeliveryResult, "result")
    depth = number(depth, "depth")
    if not result.section_focus > 0.0:
        raise ParameterError('result has no slit: deliver(..., model="slit") on torn skin gives one')
    deepest = float(result.section_depth[-1])
    if not 0.0 <= depth <= deepest:
        raise ParameterError(f"depth = {depth:g} m is outside [0, {deepest:.3g}]")
    rows = moments(result, times)
    layer = int(np.argmin(np.abs(result.section_depth - depth)))
    reach = min(float(result.section_border), 3.0 * float(result.section_focus))
    place = np.linspace(-reach, reach, POINTS)
    field = result.field_around(place, place)[rows][:, :, :, layer]
    peak = max(float(np.nanmax(field)), 1e-300)
    with mpl.rc_context(STYLE):
        figure = new_figure(2.4 * len(rows) + 1.2, 3.2)
        panels: Any = figure.subplots(1, len(rows), sharey=True, squeeze=False)[0]
        floor = peak * 10.0**-DECADES
        image: Any = None
        for ax, row, values in zip(panels, rows, field, strict=True):
            image = ax.pcolormesh(
                place / um, place / um, np.maximum(values.T, floor), norm=LogNorm(floor, peak), cmap="viridis",
                shading="nearest", rasterized=True,
            )  # fmt: skip
            ax.set(xlabel="along the slit (um)", aspect="equal")
            ax.set_title(time_words(float(result.time[row])))
        panels[0].set_ylabel("across the slit (um)")
        bar = figure.colorbar(image, ax=list(panels), shrink=0.85, pad=0.02)
        bar.set_label(f"content at {result.section_depth[layer] / um:.0f} um (kg/m$^3$)")
    return figure
