"""How long does the door stay open after needling, and for whom?

Question
    Every hole is a door: for water, for a product, for bacteria. When is it shut, in open air and under a film?
Method
    A medical pen needles a cheek. `ls.recover` closes the holes in open air, under a film for the whole time, and under
    a film for the first six hours; `ls.recovery_band` repeats that for 200 persons drawn from the spreads of the data.
Result
    There is no single answer, because instruments see different things of one hole: see the sentences that are printed.
    They are made from the numbers of the run. `door.png` shows the channel closing by depth, what still gets in, and
    the open area; `door_observables.png` shows every observable with its threshold and 90 % band.

The C++ twin is examples/cpp/how_long_the_door_stays_open.cpp; it prints the same numbers.

Run: python how_long_the_door_stays_open.py [FOLDER]     (FOLDER is out/ if not given)
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
from libskin.units import hour, minute, um

import libskin as ls

DURATION = 96 * hour
FILM = 6 * hour
BACTERIUM = 1 * um


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fast = os.environ.get("SKIN_FAST") == "1"
    skin = ls.Skin.preset("face_cheek", age_years=40)
    wound = ls.insert(skin, ls.device("medical_pen_1.5"), ls.Gliding(), n_needles=400, seed=1).wound

    open_air = ls.recover(skin, wound, duration=DURATION)
    covered = ls.recover(skin, wound, duration=DURATION, occluded=True)
    film = ls.recover(skin, wound, duration=DURATION, occluded=[(0.0, FILM)])
    resolved = ls.recover(skin, wound, duration=DURATION, closure_model="depth_resolved")
    n_draws = 40 if fast else 200
    band = ls.recovery_band(skin, wound, duration=DURATION, n_draws=n_draws, seed=1)
    band_covered = ls.recovery_band(skin, wound, duration=DURATION, n_draws=n_draws, seed=1, occluded=True)

    for name in open_air.observable:
        print(f"{name:20s} open air {said(open_air.time_to_recover(name)):>10s}   "
              f"film for 6 h {said(film.time_to_recover(name)):>10s}   "
              f"film {said(covered.time_to_recover(name)):>10s}")  # fmt: skip
    shut, shut_covered = entry_ends(open_air), entry_ends(covered)
    row = list(band.observable).index("impedance")
    print(
        f"In open air the door is shut to an electrode after {said(open_air.time_to_recover('impedance'))} "
        f"({said(band.low[row])} to {said(band.high[row])} for nine persons in ten), under a film after "
        f"{said(covered.time_to_recover('impedance'))} "
        f"({said(band_covered.low[row])} to {said(band_covered.high[row])})."
    )
    print(
        f"Bacteria find it open for {said(shut)} in open air, until the mouths are dry, and for "
        f"{'more than ' if shut_covered == DURATION else ''}{said(shut_covered)} "
        f"under a film; a film for the first six hours moves the end by "
        f"{(film.time_to_recover('impedance') - open_air.time_to_recover('impedance')) / hour:.1f} h."
    )
    ls.plot.door(open_air, covered, resolved).savefig(folder / "door.png", dpi=150)
    ls.plot.observables(open_air, band).savefig(folder / "door_observables.png", dpi=150)

    # The headline: hours in open air, a day or more under a film, and minutes for what needs a wet mouth.
    assert 1.0 * hour < open_air.time_to_recover("impedance") < 3.0 * hour
    assert covered.time_to_recover("impedance") > 8.0 * open_air.time_to_recover("impedance")
    assert band.low[row] < open_air.time_to_recover("impedance") < band.high[row]
    assert shut < 1.0 * hour < shut_covered
    later = film.time_to_recover("impedance") - open_air.time_to_recover("impedance")
    assert abs(later - FILM) < 0.5 * hour  # drying starts when the film is off


def entry_ends(result: ls.RecoveryResult) -> float:
    """When nothing as large as a bacterium enters any more, s; the end of the run if it still does."""
    enters = np.flatnonzero(result.largest_particle > BACTERIUM)
    if not len(enters):
        return 0.0
    return float(result.time[min(int(enters[-1]) + 1, len(result.time) - 1)])


def said(seconds: float) -> str:
    if np.isnan(seconds):
        return "> 96 h"
    return f"{seconds / minute:.0f} min" if seconds < hour else f"{seconds / hour:.1f} h"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("out"))
