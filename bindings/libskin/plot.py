"""Figures of results: matplotlib Figures with units on every axis and colours that the colour-blind tell apart.

Every function returns a :class:`matplotlib.figure.Figure`; nothing is shown, nothing global is touched.

>>> import libskin as ls
>>> r = ls.insert(ls.Skin.preset("forearm_volar"), ls.Needle(), ls.Travel(1e-3))
>>> figure = ls.plot.force_travel(r)
>>> figure.axes[0].get_xlabel()
'base travel (mm)'
"""

from __future__ import annotations

from libskin._plot_aftermath import delivery, recovery, timeline
from libskin._plot_bench import bench, load_sharing, reached, settings, trade_off
from libskin._plot_insertion import depths, force_travel, strokes
from libskin._plot_needle_path import demand, needle_path
from libskin._plot_overview import overview
from libskin._plot_recovery import door, observables
from libskin._plot_section import section
from libskin._plot_slit import slit_plans
from libskin._plot_style import BLACK, BLUE, GREEN, GREY, LAYER_COLOURS, ORANGE, PURPLE, RED, SKY, STYLE, YELLOW
from libskin._plot_tearing import risk_map, tear_devices, tear_map, tears
from libskin._plot_transport import channel_sections, deliveries, entry_window

__all__ = [
    "BLACK",
    "BLUE",
    "GREEN",
    "GREY",
    "LAYER_COLOURS",
    "ORANGE",
    "PURPLE",
    "RED",
    "SKY",
    "STYLE",
    "YELLOW",
    "bench",
    "channel_sections",
    "deliveries",
    "delivery",
    "demand",
    "depths",
    "door",
    "entry_window",
    "force_travel",
    "load_sharing",
    "needle_path",
    "observables",
    "overview",
    "reached",
    "recovery",
    "risk_map",
    "section",
    "settings",
    "slit_plans",
    "strokes",
    "tear_devices",
    "tear_map",
    "tears",
    "timeline",
    "trade_off",
]
