"""What decides how deep a needle gets: the stiffness of the skin, its toughness, its layers, or how it is held?

Question
    People differ. Which of their differences makes the depth of one and the same needle differ, at three settings?
Method
    Sobol indices (Saltelli's design and estimators, SALib) of the depth of one needle over the spreads that the
    parameter set states: stiffness, toughness, the thickness of four layers (lognormal, with the variation over
    persons and needles), and the tension that a hand holds on the skin (uniform up to the largest natural one,
    11.4 N/m). `ls.insert_batch` runs all skins on all cores.
Result
    At every setting the stiffness of the skin decides more than everything else together: the surface gives way more
    or less. Toughness comes second. The thickness of the layers hardly moves the depth, though it decides which layer
    that depth lies in. `what_decides_depth.png` shows first-order and total indices.

There is no C++ twin: the indices come from SALib, a Python library; its share of C++ is one call, `insert_batch`.

Needs SALib (the extra `ensembles`: pip install "libskin[ensembles]").
Run: python what_decides_depth.py [FOLDER]     (FOLDER is out/ if not given)
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

import numpy as np
from libskin.plot import BLUE, ORANGE
from libskin.units import mm, um
from matplotlib.figure import Figure
from SALib.analyze import sobol as analyse
from SALib.sample import sobol as sample

import libskin as ls

LAYERS = ("stratum_corneum", "viable_epidermis", "papillary_dermis", "reticular_dermis")
NAMES = {
    "mechanics.effective_modulus": "stiffness of the skin",
    "toughness": "toughness of all layers",
    **{f"{layer}.thickness": f"thickness, {layer.replace('_', ' ')}" for layer in LAYERS},
    "person.tension": "tension held by the hand",
}
SETTINGS = (0.5 * mm, 1.0 * mm, 1.5 * mm)
LARGEST_TENSION = 11.4  # N/m, in vivo, anterior upper forearm (Flynn 2011)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    n = 32 if os.environ.get("SKIN_FAST") == "1" else 512  # a power of two; n (inputs + 2) skins
    problem = problem_of(ls.Skin.preset("face_cheek", age_years=45))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of SALib's own dependencies
        x = sample.sample(problem, n, calc_second_order=False, seed=1)
    held = held_skins()
    skins = [skin_with(held, dict(zip(problem["names"], row, strict=True))) for row in x]
    needle = ls.Needle(length=1.5 * mm, shaft_radius=125 * um, tip_radius=4 * um, taper_length=1.0 * mm)

    first, total = {}, {}
    for setting in SETTINGS:
        batch = ls.insert_batch(skins, needle, ls.Travel(distance=setting, speed=1 * mm))
        assert (batch.status == 0).all()
        found = analyse.analyze(problem, batch.depth, calc_second_order=False, seed=1)
        first[setting] = (found["S1"], found["S1_conf"])
        total[setting] = (found["ST"], found["ST_conf"])
        best = int(np.argmax(found["ST"]))
        print(f"set {setting / mm:g} mm: depth {batch.depth.mean() / mm:.2f} +- {batch.depth.std() / mm:.2f} mm; "
              f"{NAMES[problem['names'][best]]} has {100 * found['ST'][best]:.0f} % of the variance")  # fmt: skip
    draw(problem["names"], first, total).savefig(folder / "what_decides_depth.png", dpi=150)

    # The headline: stiffness decides more than everything else together, and the layers' thickness next to nothing.
    for setting in SETTINGS:
        share = dict(zip(problem["names"], total[setting][0], strict=True))
        stiffness = share.pop("mechanics.effective_modulus")
        assert stiffness > 0.5, (setting, stiffness)
        assert stiffness > sum(share.values()), (setting, share)
        assert max(share, key=lambda name: share[name]) == "toughness", (setting, share)


def problem_of(skin: ls.Skin) -> dict:
    """Names, bounds and distributions as SALib wants them: a lognormal by mean and deviation of ln."""

    def lognormal(mean: float, variation: float) -> list[float]:
        s2 = np.log1p(variation**2)
        return [float(np.log(mean) - 0.5 * s2), float(np.sqrt(s2))]

    mechanics = skin.mechanics
    bounds = [
        lognormal(mechanics.effective_modulus, mechanics.effective_modulus_variation),
        lognormal(1.0, mechanics.toughness_variation),
        *(lognormal(skin.layer(name).thickness, skin.layer(name).thickness_variation) for name in LAYERS),
        [0.0, LARGEST_TENSION],
    ]
    dists = ["lognorm"] * (len(bounds) - 1) + ["unif"]
    return {"num_vars": len(bounds), "names": list(NAMES), "bounds": bounds, "dists": dists}


def held_skins(steps: int = 24) -> dict[float, ls.Skin]:
    """Tension belongs to the person of a skin, so it is chosen when the set is loaded: in steps of half a N/m."""
    levels = (np.arange(steps) + 0.5) / steps * LARGEST_TENSION
    return {float(t): ls.Skin.preset("face_cheek", age_years=45, tension=float(t)) for t in levels}


def skin_with(held: dict[float, ls.Skin], values: dict[str, float]) -> ls.Skin:
    tension, factor = values.pop("person.tension"), values.pop("toughness")
    skin = held[min(held, key=lambda level: abs(level - tension))]
    toughness = {f"{layer.name}.toughness": factor * layer.toughness for layer in skin.layers}
    return skin.replace(**values, **toughness)


def draw(names: list[str], first: dict, total: dict) -> Figure:
    figure = Figure(figsize=(10.5, 3.9), layout="constrained")
    rows = np.arange(len(names))
    for ax, setting in zip(figure.subplots(1, len(SETTINGS), sharey=True), SETTINGS, strict=True):
        for shift, label, (value, spread), colour in (
            (-0.2, "alone (first order)", first[setting], BLUE),
            (0.2, "with all it acts with (total)", total[setting], ORANGE),
        ):
            ax.barh(rows + shift, 100 * np.maximum(value, 0), 0.36, xerr=100 * spread, color=colour, label=label,
                    error_kw={"lw": 0.8, "ecolor": "#444444"})  # fmt: skip
        ax.set(xlim=(0, 100), xlabel="share of the variance of depth (%)")
        ax.set_title(f"set {setting / mm:g} mm", loc="left", fontsize=10, weight="bold")
        ax.set_yticks(rows, [NAMES[name] for name in names])
        ax.spines[["top", "right"]].set_visible(False)
    figure.axes[0].invert_yaxis()
    figure.axes[-1].legend(loc="lower right", frameon=False, fontsize=8.5)
    return figure


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("out"))
