"""One treatment over the face: which layer does the same setting reach where?

Question
    A motorised pen is set to 1.5 mm. Which layer do its needles reach at eight sites of the face and neck, in women
    and in men?
Method
    Dermis thickness measured by ultrasound (Meng et al. 2022, table 2, 118 persons) is in the eight skin sets; the sex
    law picks women or men. `ls.insert` strikes each skin with the scatter of hand, device and thickness.
Result
    The eyelid, with the thinnest dermis, is where most strikes pass through the dermis into the fat; the forehead of
    men, with the thickest, is where fewest do. `facial_sites.png` is the map, `facial_sites.csv` its numbers.

Run: python facial_sites.py [FOLDER] [DEVICE]  (out/ and medical_pen_1.5 if not given)
"""

from __future__ import annotations

import csv
import os
import sys
from pathlib import Path

import numpy as np
from libskin.plot import BLUE, LAYER_COLOURS, RED
from libskin.units import mm
from matplotlib.figure import Figure
from matplotlib.patches import Patch

import libskin as ls

SITES = {
    "face_forehead": "forehead",
    "face_glabella": "glabella",
    "face_temple": "temple",
    "eyelid": "eyelid",
    "face_nasal_dorsum": "nasal\ndorsum",
    "face_cheek": "cheek",
    "face_submandibular": "sub-\nmandibular",
    "neck": "neck",
}
SEXES = {"female": "women", "male": "men"}


def main(folder: Path, device_id: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    n_needles = 300 if os.environ.get("SKIN_FAST") == "1" else 2000
    pen = ls.device(device_id)
    use = ls.Gliding(speed=10 * mm, force=1.5, passes=1)

    skins, runs = {}, {}
    for site in SITES:
        for sex in SEXES:
            skin = ls.Skin.preset(site, sex=sex)
            skins[site, sex] = skin
            runs[site, sex] = ls.insert(skin, pen, use, n_needles=n_needles, seed=1)

    write_table(folder / "facial_sites.csv", skins, runs)
    draw(skins, runs, pen).savefig(folder / "facial_sites.png", dpi=200)

    fat = {key: reached(skins[key], r, "hypodermis") for key, r in runs.items()}
    thinnest, thickest = max(fat, key=lambda k: fat[k]), min(fat, key=lambda k: fat[k])
    for words, key in (("most", thinnest), ("fewest", thickest)):
        print(f"{words} strikes reach the fat at the {key[0]} of {SEXES[key[1]]}: {100 * fat[key]:.1f} %")

    # The headline: the map follows the measured dermis, thinnest at the eyelid of women (0.58 mm).
    assert thinnest == ("eyelid", "female")
    assert fat["eyelid", "female"] > 5.0 * fat["face_forehead", "male"]
    for site in SITES:
        if site != "neck":  # the only site where women's dermis is not the thinner one
            assert fat[site, "female"] >= fat[site, "male"], site


def reached(skin: ls.Skin, r: ls.InsertionResult, layer: str) -> float:
    """Share of the strikes whose tip got into `layer`."""
    return float(r.reached[[one.name for one in skin.layers].index(layer)])


def write_table(path: Path, skins: dict, runs: dict) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        layers = [layer.name for layer in next(iter(skins.values())).layers]
        table.writerow(
            [
                "site",
                "sex",
                "dermis_m",
                "depth_mean_m",
                "depth_5_m",
                "depth_95_m",
                *(f"reach_{name}" for name in layers),
            ]
        )
        for (site, sex), r in runs.items():
            skin = skins[site, sex]
            dermis = skin.layer("papillary_dermis").thickness + skin.layer("reticular_dermis").thickness
            spread = (r.depth_mean, r.depth_quantile(0.05), r.depth_quantile(0.95))
            table.writerow([site, sex, dermis, *spread, *r.reached])


def draw(skins: dict, runs: dict, pen: ls.Pen) -> Figure:
    figure = Figure(figsize=(11, 6.2), layout="constrained")
    ax = figure.add_subplot()
    bottom = 1.9
    for column, (site, name) in enumerate(SITES.items()):
        for side, sex in enumerate(SEXES):
            x = column + (-0.21 if side == 0 else 0.21)
            skin, r = skins[site, sex], runs[site, sex]
            top = 0.0
            for layer in skin.layers:
                lower = min(top + layer.thickness / mm, bottom)
                ax.bar(x, lower - top, 0.38, bottom=top, color=LAYER_COLOURS[layer.name], lw=0)
                top = lower
            low, high = (r.depth_quantile(q) / mm for q in (0.05, 0.95))
            ax.plot([x, x], [low, high], color=BLUE, lw=3, solid_capstyle="butt")
            ax.plot(x, r.depth_mean / mm, "o", color="white", mec=BLUE, mew=1.8, ms=7)
            share = 100 * reached(skin, r, "hypodermis")
            ax.text(x, bottom + 0.05, f"{share:.0f} %", ha="center", va="top", fontsize=8.5)
            ax.text(x, -0.03, SEXES[sex], ha="center", va="bottom", fontsize=7.5)
        ax.text(column, bottom + 0.16, name, ha="center", va="top", fontsize=9.5, weight="bold")
    ax.axhline(pen.protrusion / mm, color=RED, lw=1.2, ls="--", zorder=0.5)
    ax.text(7.48, pen.protrusion / mm, f"set\n{pen.protrusion / mm:g} mm", color=RED, fontsize=8.5, va="center")
    ax.text(-0.55, bottom + 0.05, "in fat:", ha="right", va="top", fontsize=8.5)
    ax.set(xlim=(-0.5, 7.45), ylim=(bottom, 0), ylabel="depth (mm)", xticks=[])
    ax.spines[["top", "right", "bottom"]].set_visible(False)
    ax.set_title(
        f"Which layer a {pen.id} reaches where: mean (dot) and nine strikes in ten (line)",
        loc="left", weight="bold", fontsize=11, pad=20,
    )  # fmt: skip
    names = [layer.name for layer in next(iter(skins.values())).layers]
    labels = {"hypodermis": "hypodermis (fat)"}
    ax.legend(
        handles=[Patch(color=LAYER_COLOURS[n], label=labels.get(n, n.replace("_", " "))) for n in names],
        loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=5, frameon=False, fontsize=8.5,
    )  # fmt: skip
    assert np.isfinite([r.depth_mean for r in runs.values()]).all()
    return figure


if __name__ == "__main__":
    main(
        Path(sys.argv[1]) if len(sys.argv) > 1 else Path("out"),
        sys.argv[2] if len(sys.argv) > 2 else "medical_pen_1.5",
    )
