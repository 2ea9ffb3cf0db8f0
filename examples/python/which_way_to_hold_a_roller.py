"""Which way to hold a roller: what of the technique tears skin, in young and in old skin?

Question
    The same roller, the same 15 passes. What happens to the skin when the hand steers sideways, lets the drum skid,
    turns it while it is pressed, or rolls over skin that nobody holds?
Method
    `ls.insert` makes the holes of a medical roller (1.5 mm) in the skin of a cheek at 30 and at 75 years; `ls.tear`
    drags the needles for each technique. The tear index is a prediction without direct data: it ranks, with a band.
Result
    `which_way_to_hold_a_roller.png`: index and band of each technique at both ages. The sentence of advice under it is
    written from the numbers.

Run: python which_way_to_hold_a_roller.py [FOLDER]     (FOLDER is out/ if not given)
The C++ twin, examples/cpp/which_way_to_hold_a_roller.cpp, prints the same table.
"""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path

from libskin.plot import BLACK, BLUE, ORANGE
from matplotlib.figure import Figure

import libskin as ls

AGES = (30, 75)
PROPER = ls.Rolling(force=3.0, speed=0.05, passes=15)
TECHNIQUES = {
    "straight, skin held": PROPER,
    "straight, skin left loose": PROPER.replace(held=False),
    "drum skids by 5 %": PROPER.replace(slip=0.05),
    "turned while pressed, on 100 mm": PROPER.replace(yaw_rate=PROPER.speed / 0.1),
    "steered 5 degrees sideways": PROPER.replace(side_slip=math.radians(5.0)),
    "steered 5 degrees, skin loose": PROPER.replace(side_slip=math.radians(5.0), held=False),
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    n_needles = 200 if os.environ.get("SKIN_FAST") == "1" else 2000
    roller = ls.device("medical_roller_1.5")

    results = {}
    for age in AGES:
        skin = ls.Skin.preset("face_cheek", age_years=age)
        for name, use in TECHNIQUES.items():
            wound = ls.insert(skin, roller, use, n_needles=n_needles, seed=1).wound
            results[name, age] = ls.tear(skin, roller, use, wound, seed=1)

    print(f"{'technique':34s} {'age':>3s} {'torn':>7s} {'index':>7s}   90 % band")
    for (name, age), t in results.items():
        low, high = t.risk_band
        print(f"{name:34s} {age:3d} {100 * t.tear_fraction:5.1f} % {t.risk_index:7.3f}   {low:.4f} to {high:.2f}")
    sentence = advice(results)
    print(sentence)
    draw(results, sentence).savefig(folder / "which_way_to_hold_a_roller.png", dpi=150)

    # The headline: at every age steering sideways is worse than anything else here, and age makes everything worse.
    index = {key: t.risk_index for key, t in results.items()}
    for age in AGES:
        steered = index["steered 5 degrees sideways", age]
        assert all(steered >= index[name, age] for name in TECHNIQUES), age
    for name in TECHNIQUES:
        assert index[name, 75] > index[name, 30], name


def advice(results: dict) -> str:
    """One sentence, every number of it from the results."""
    at = {(name, age): t.risk_index for (name, age), t in results.items()}
    proper, steered = "straight, skin held", "steered 5 degrees sideways"
    times = [at[steered, age] / at[proper, age] for age in AGES]
    skid = [at["drum skids by 5 %", age] / at[proper, age] for age in AGES]
    turn = [at["turned while pressed, on 100 mm", age] / at[proper, age] for age in AGES]
    return (
        f"Roll straight and lift before you change direction: 5 degrees to the side make the tear index {times[0]:.1f} "
        f"times as large at {AGES[0]} years and {times[1]:.1f} times at {AGES[1]}, more than a skid of 5 % "
        f"({skid[0]:.1f} and {skid[1]:.1f} times) or a turn while pressed "
        f"({turn[0]:.1f} and {turn[1]:.1f} times); at {AGES[1]} years even a straight roll has "
        f"{at[proper, AGES[1]] / at[proper, AGES[0]]:.0f} times the index of {AGES[0]}."
    )


def draw(results: dict, sentence: str) -> Figure:
    figure = Figure(figsize=(9.6, 4.8), layout="constrained")
    ax = figure.add_subplot()
    for row, name in enumerate(TECHNIQUES):
        for shift, age, colour, marker in ((-0.17, 30, BLUE, "o"), (0.17, 75, ORANGE, "s")):
            t = results[name, age]
            low, high = (max(x, 1e-4) for x in t.risk_band)
            ax.plot([low, high], [row + shift] * 2, color=colour, lw=6, alpha=0.45, solid_capstyle="butt")
            ax.plot([max(t.risk_index, 1e-4)], [row + shift], marker, color=colour, mec=BLACK, mew=0.7, ms=7,
                    label=f"{age} years" if row == 0 else None)  # fmt: skip
            ax.text(1.25, row + shift, f"{t.risk_index:.2g}", va="center", fontsize=8, color=BLACK)
    ax.set_yticks(range(len(TECHNIQUES)), list(TECHNIQUES))
    ax.invert_yaxis()
    ax.set(xscale="log", xlim=(1e-4, 1.1), xlabel="tear index (dot) with its 90 % band; a prediction, for ranking")
    ax.set_title("Which way to hold a roller: 1.5 mm needles, cheek", loc="left", weight="bold", fontsize=11)
    ax.legend(loc="lower left", frameon=False)
    ax.spines[["top", "right"]].set_visible(False)
    figure.supxlabel("\n".join(wrap(sentence)), fontsize=9, x=0.02, ha="left")
    return figure


def wrap(sentence: str, width: int = 120) -> list[str]:
    lines = [""]
    for word in sentence.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("out"))
