"""The one-page figure of :mod:`libskin.plot` about a whole treatment."""

from __future__ import annotations

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from libskin._choice import need
from libskin._core import TreatmentResult
from libskin._plot_aftermath import draw_cells, draw_collagen, draw_recovery, session_times
from libskin._plot_insertion import draw_depths
from libskin._plot_section import draw_section
from libskin._plot_style import BLUE, GREEN, ORANGE, PURPLE, RED, STYLE, new_figure
from libskin._plot_tearing import draw_tear_map
from libskin.units import hour


def overview(result: TreatmentResult) -> Figure:
    """One page: section, depths, tears, barrier, products and healing of a whole treatment."""
    need(result, TreatmentResult, "result")
    with mpl.rc_context(STYLE):
        figure = new_figure(13.0, 14.0)
        grid = figure.add_gridspec(4, 2, height_ratios=[1.0, 1.0, 1.0, 1.0])
        title = result.protocol.title or result.protocol.id
        figure.suptitle(f"{title}\n{_who(result)}", fontsize=12, x=0.01, ha="left")
        draw_section(figure.add_subplot(grid[0, :]), result.bleeding.wound, result.skin, result.summary.setting)
        draw_depths(figure.add_subplot(grid[1, 0]), result.insertion, result.skin, result.summary.setting)
        draw_tear_map(figure, figure.add_subplot(grid[1, 1]), result.tearing, legend_at=-0.24)
        draw_recovery(figure.add_subplot(grid[2, 0]), result.recovery)
        _draw_products(figure.add_subplot(grid[2, 1]), result)
        starts = session_times(result)
        draw_cells(figure.add_subplot(grid[3, 0]), result.healing, starts)
        figure.axes[-1].set_xlabel("days since the first session")
        draw_collagen(figure.add_subplot(grid[3, 1]), result.healing, starts)
    return figure


def _who(result: TreatmentResult) -> str:
    person = result.skin.person
    sex = "" if person.sex == "unspecified" else f", {person.sex}"
    return f"{result.skin.id}, {person.age_years:g} years{sex}; seed {result.provenance.seed}"


def _draw_products(ax: Axes, result: TreatmentResult) -> None:
    """Delivered share of each product over time: in living skin, cleared, or below."""
    if not result.delivery:
        ax.text(0.5, 0.5, "no product was put on", ha="center", va="center", transform=ax.transAxes)
        ax.set_axis_off()
        return
    living = {"viable_epidermis", "papillary_dermis", "reticular_dermis", "hypodermis", "cleared", "receptor"}
    styles = [(BLUE, "-"), (ORANGE, "--"), (GREEN, "-."), (RED, ":"), (PURPLE, (0, (5, 1, 1, 1)))]
    for (name, d), (colour, dashes) in zip(result.delivery.items(), styles * 4, strict=False):
        columns = [k for k, c in enumerate(d.compartment) if c in living]
        dose = d.dose if d.dose > 0.0 else 1.0
        ax.plot(d.time / hour, 100 * d.amount[:, columns].sum(axis=1) / dose, color=colour, ls=dashes, lw=1.7,
                label=f"{name}: {100 * d.delivered / dose:.3g} %")  # fmt: skip
    ax.set(xlabel="time since the first strike (h)", ylabel="in or past living skin (% of dose)")
    ax.set_ylim(bottom=0)
    ax.set_title("Products")
    ax.legend(loc="upper left")
