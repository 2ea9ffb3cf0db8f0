"""Vitamin C on needled skin: when is it past the threshold of irritation?

Question
    A 15 % ascorbic acid serum on a salon roller's channels: before, right after, four hours after or a day after.
    How high is the irritation index, in open air and under a film?
Method
    `ls.recover` closes the channels, `ls.deliver` follows the acid into the living epidermis, `ls.assess` adds up
    concentration over time against the threshold (1 is the clinical one).
Result
    Needled skin is 2600 times nearer to the threshold than intact skin (0.38 against 0.00015), whether the serum comes
    before or right after. Four hours of waiting do little (0.31), a day brings it to 0.012. The threshold itself is an
    assumed number. See `vitamin_c_irritation.png`.

Run: python vitamin_c_irritation.py [FOLDER]   (FOLDER is out/ if not given)
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

from libskin.units import day, hour, minute, mm
from matplotlib.figure import Figure

import libskin as ls


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    warnings.simplefilter("ignore", ls.ValidityWarning)  # "contraindicated" is what this example is about
    fast = os.environ.get("SKIN_FAST") == "1"
    skin = ls.Skin.preset("face_cheek", age_years=45)
    rolling = ls.Rolling(force=3.0, speed=50 * mm, passes=10)
    wound = ls.insert(skin, ls.device("salon_roller_0.5"), rolling, n_needles=200 if fast else 2000, seed=1).wound
    closure = ls.recover(skin, wound, duration=2 * day).closure
    serum = ls.topical("ascorbic_acid_15")

    runs = {
        "intact skin": (None, "after", 0.0),
        "before": (wound, "before", 0.0),
        "right after": (wound, "after", 0.0),
        "4 h after": (wound, "after", 4 * hour),
        "a day after": (wound, "after", 1 * day),
    }
    index = {}
    for name, (channels, when, delay) in runs.items():
        put_on = ls.Application(serum, when=when, delay=delay, dose=0.02, wiped_after=8 * hour)
        closing = None if channels is None else closure
        d = ls.deliver(skin, channels, put_on, closure=closing, duration=delay + 8 * hour)
        index[name] = ls.assess(skin, d.exposure, channels or ls.intact_skin(), closure=closing).irritation
        above = d.time_above("viable_epidermis", 1.0) / minute
        print(f"{name:12s} irritation index {index[name]:9.3g}, {above:5.0f} min above 1 g/L in living epidermis")

    print(
        f"Right after needling the index is {index['right after']:.2g}, "
        f"{index['right after'] / index['intact skin']:.0f} times that of intact skin; waiting four hours takes off "
        f"{100 * (1 - index['4 h after'] / index['right after']):.0f} %, a day "
        f"{100 * (1 - index['a day after'] / index['right after']):.0f} %."
    )

    figure = Figure(figsize=(6.4, 3.6), layout="constrained")
    ax = figure.add_subplot()
    ax.barh(list(index), [max(v, 1e-6) for v in index.values()], color="#0072B2")
    ax.axvline(1.0, color="#D55E00", lw=1.2)
    ax.text(0.9, 4.0, "threshold", color="#D55E00", ha="right", va="center")
    ax.set(xscale="log", xlabel="irritation index", title="15 % vitamin C, 20 g/m², eight hours on the skin")
    ax.set_xlim(1e-5, None)
    ax.invert_yaxis()
    figure.savefig(folder / "vitamin_c_irritation.png", dpi=200)

    # The headline: needled skin is far from intact skin, and waiting helps.
    assert index["right after"] > index["4 h after"] > index["a day after"] >= index["intact skin"]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("out"))
