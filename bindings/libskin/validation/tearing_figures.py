"""Pictures of the tearing cases beside their checks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes

from libskin._plot_style import BLACK, BLUE, GREEN, GREY, ORANGE, RED
from libskin.units import mm
from libskin.validation import tearing
from libskin.validation.data import Case
from libskin.validation.draw import Stream
from libskin.validation.runner import Report, World

__all__ = ["PICTURES"]

COLOURS = ((0.5, BLUE, "-"), (1.0, GREEN, "--"), (1.5, RED, "-."))


def _world(case: Case, report: Report, draw: int | None = None) -> World:
    return World(case, report.variant, None if draw is None else Stream(report.seed, draw))


def _draw_long_needles(ax: Axes, case: Case, report: Report) -> None:
    """Demand over depth of long and short needles that roll freely, against the prior offset."""
    world = _world(case, report)
    skin = tearing.with_offset(world.skin(), world["prior_offset"])
    for name, colour, dashes in (("length", RED, "-"), ("short_length", BLUE, "--")):
        length = world[name]
        path = tearing.free_path(world, skin, length)
        ax.plot(path.demand / mm, path.slice_depth / mm, color=colour, ls=dashes, label=f"{length / mm:g} mm needle")
    ax.axvline(world["prior_offset"] / mm, color=BLACK, lw=1.2, label="the skin cuts beyond")
    ax.set(xlabel="lateral room asked for (mm)", ylabel="depth (mm)", xlim=(0, None), ylim=(3.1, 0))
    ax.set_title("What free rolling asks for")
    ax.legend(loc="lower right")


def _draw_ages(ax: Axes, case: Case, report: Report) -> None:
    """The index over age, with drawn skins."""
    ages = np.linspace(20.0, 90.0, 15)

    def curve(world: World) -> list[float]:
        return [tearing.index(world, tearing.of_person(world, age_years=float(a))) for a in ages]

    for draw in range(min(report.draws, 30)):
        ax.plot(ages, curve(_world(case, report, draw)), color=ORANGE, lw=0.7, alpha=0.5)
    ax.plot(ages, curve(_world(case, report)), color=BLUE, lw=2.0, label="shipped skin")
    ax.plot([], [], color=ORANGE, lw=1, label="skins drawn from the stated spreads")
    ax.set(xlabel="age (years)", ylabel="tear index (1)", ylim=(0, 1), xlim=(20, 90))
    ax.set_title("Tear index over age")
    ax.legend(loc="upper left")


def _draw_conditions(ax: Axes, case: Case, report: Report) -> None:
    """The index over sun damage, with and without steroid."""
    world = _world(case, report)
    damage = np.linspace(0.0, 1.0, 11)
    for steroid, colour, dashes in ((False, BLUE, "-"), (True, RED, "--")):
        persons = [
            tearing.of_person(world, age_years=world["age"], photo_damage=float(p), steroid=steroid) for p in damage
        ]
        ax.plot(damage, [tearing.index(world, person) for person in persons], color=colour, ls=dashes,
                label="steroid" if steroid else "no steroid")  # fmt: skip
    ax.set(xlabel="sun damage (0 none, 1 severe)", ylabel="tear index (1)", xlim=(0, 1), ylim=(0, None))
    ax.set_title(f"Tear index at {world['age']:g} years")
    ax.legend(loc="upper left")


def _draw_pitch(ax: Axes, case: Case, report: Report) -> None:
    """Ten holes over needle length: free rolling, and a drum that rolls on its surface."""
    world = _world(case, report)
    lengths = np.linspace(0.2, 2.0, 19)
    step = 2.0 * np.pi / world["needles_per_ring"]
    ten = [10.0 * step * tearing.bench_path(world, float(x) * mm).rolling_radius / mm for x in lengths]
    ax.plot(lengths, ten, color=BLUE, lw=2.0, label="free rolling")
    ax.fill_between(lengths, 0.98 * np.array(ten), 1.02 * np.array(ten), color=BLUE, alpha=0.15, lw=0, label="± 2 %")
    ax.axhline(10.0 * step * world["drum_radius"] / mm, color=GREY, ls="--", label="rolling on the drum")
    ax.set(xlabel="needle length, fully in (mm)", ylabel="ten holes in a row (mm)", xlim=(0.2, 2.0))
    ax.set_title("What a ruler should read")
    ax.legend(loc="upper left")


def _draw_hole_lengths(ax: Axes, case: Case, report: Report) -> None:
    """Slit over side-slip for three lengths, and the straight line of travel less offset."""
    world = _world(case, report)
    angles = np.linspace(0.0, 10.0, 11)
    skin = tearing.with_offset(tearing.uniform(world.skin()), world["offset"])
    for length, colour, dashes in COLOURS:
        paths = [tearing.bench_path(world, length * mm, float(np.radians(a)), skin) for a in angles]
        ax.plot(angles, [float(p.slit_extent[0]) / mm for p in paths], color=colour, ls=dashes, marker="o", ms=3,
                label=f"{length:g} mm needles")  # fmt: skip
    ax.set(xlabel="side-slip (degrees)", ylabel="slit beyond the hole (mm)", xlim=(0, 10), ylim=(0, None))
    ax.set_title(f"Block that gives {world['offset'] / mm:g} mm")
    ax.legend(loc="upper left")


def _draw_torque(ax: Axes, case: Case, report: Report) -> None:
    """Force over slip: elastic at first, at most what cuts with all needles."""
    world = _world(case, report)
    skin = tearing.uniform(world.skin()).replace(**{
        "tear_resistance.stiffness_radius": world["shaft_radius"],
        "tear_resistance.lateral_stiffness": world["line_stiffness"],
    })  # fmt: skip
    slip = np.linspace(0.0, 0.5, 101)
    for length, colour, dashes in COLOURS:
        path = tearing.bench_path(world, length * mm, skin=skin)
        force = np.minimum(path.slip_stiffness * slip, path.ploughing_force)
        ax.plot(slip, force, color=colour, ls=dashes, label=f"{length:g} mm needles")
    ax.set(xlabel="slip (1)", ylabel="force along the roll (N)", xlim=(0, 0.5), ylim=(0, None))
    ax.set_title("Stiffness, then cutting (corner not modelled)")
    ax.legend(loc="upper left")


PICTURES: dict[str, tuple[Callable[[Axes, Case, Report], None], ...]] = {
    "TEA-X7": (_draw_long_needles,),
    "TEA-X8": (_draw_ages,),
    "TEA-X9": (_draw_conditions,),
    "TEA-X10": (_draw_pitch,),
    "TEA-X11": (_draw_hole_lengths,),
    "TEA-X12": (_draw_torque,),
}
