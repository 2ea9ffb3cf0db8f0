"""Does the prepared curve keep the beat of a haptic device, 1 kHz, with the skin of a person under the hand?

Question
    A haptic device asks a thousand times a second: the hand is here, what does it feel?
Method
    `ls.InsertionCurve` is prepared once; each beat asks it for depth and force. The hand is scripted: it pushes in to
    1.4 mm, holds, pushes on to 1.5 mm and lets go. On the way out the tip stays and the dent of the skin recovers. The
    tip is a worn one, 15 um: a blunt tip must break through a barrier that a hand feels.
    The C++ twin, `examples/cpp/haptic_loop.cpp`, runs the same loop on a fixed schedule without Python.
Result
    On average a step takes about a hundredth of the period even from Python; the worst one depends on what else runs,
    so nothing here asserts a time. `haptic_loop.png` shows what the hand feels, with the drops where the tip breaks
    through.

Run: python haptic_loop.py [FOLDER]            (FOLDER is out/ if not given)
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import numpy as np
from libskin.plot import BLUE, ORANGE, RED
from libskin.units import mm, mN, um
from matplotlib.figure import Figure

import libskin as ls

PERIOD = 1e-3  # s


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    beats = 300 if os.environ.get("SKIN_FAST") == "1" else 2000
    skin = ls.Skin.preset("face_cheek", age_years=45)
    needle = ls.Needle(length=1.5 * mm, tip_radius=15 * um)
    curve = ls.InsertionCurve(skin, needle, speed=3 * mm)

    travel = np.interp(
        np.linspace(0, 1, beats), [0, 0.4, 0.5, 0.7, 0.8, 1.0], np.array([0, 1.4, 1.4, 1.5, 1.5, 0]) * mm
    )
    force, depth, step = np.zeros(beats), np.zeros(beats), np.zeros(beats)
    deepest = 0.0
    for i in range(beats):
        start = time.perf_counter()
        deepest = max(deepest, travel[i])
        depth[i] = curve.depth_at_travel(deepest)
        if travel[i] < deepest:  # the dent recovers, the tip stays
            force[i] = curve.force_at_deflection(max(travel[i] - depth[i], 0.0))
        else:
            force[i] = curve.force_at_travel(travel[i])
        step[i] = time.perf_counter() - start

    print(f"{beats} beats: worst step {step.max() / PERIOD:.3f} of the period, mean {step.mean() / PERIOD:.4f}")
    print(f"largest force {force.max() / mN:.0f} mN, tip at {depth[-1] / mm:.2f} mm, breaks at "
          + ", ".join(f"{at / mm:.2f} mm" for at in curve.breaks))  # fmt: skip
    draw(travel, force, depth, curve.breaks).savefig(folder / "haptic_loop.png", dpi=150)

    # The headline: every beat has a finite force, the dent recovers to nothing, the tip stays below what was pushed.
    assert np.isfinite(force).all()
    assert (force >= 0.0).all()
    assert force[-1] == 0.0
    assert 0.2 * mm < depth[-1] < 1.5 * mm


def draw(travel: np.ndarray, force: np.ndarray, depth: np.ndarray, breaks: tuple[float, ...]) -> Figure:
    figure = Figure(figsize=(7.5, 5.2), layout="constrained")
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[1.3, 1])
    t = np.arange(len(travel)) * PERIOD
    upper.plot(t, force / mN, color=RED)
    upper.set(ylabel="force on the hand (mN)", ylim=(0, None))
    upper.set_title("What the hand feels, a thousand times a second", loc="left", weight="bold", fontsize=10)
    pushing = np.flatnonzero(np.diff(travel) > 0)
    for k, at in enumerate(b for b in breaks if b <= travel.max()):
        i = pushing[np.argmin(np.abs(travel[pushing] - at))]
        upper.plot(t[i], force[i] / mN, "o", mfc="white", mec=RED, ms=6, label="tip breaks through" if k == 0 else None)
    if breaks:
        upper.legend(loc="upper left", frameon=False, fontsize=8.5)
    lower.plot(t, travel / mm, color=ORANGE, ls="--", label="hand")
    lower.plot(t, depth / mm, color=BLUE, label="tip in the tissue")
    lower.set(xlabel="time (s)", ylabel="position (mm)", xlim=(0, t[-1]))
    lower.legend(loc="upper left", frameon=False, fontsize=8.5)
    for ax in (upper, lower):
        ax.spines[["top", "right"]].set_visible(False)
    return figure


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("out"))
