"""One needle into the cheek: when does it open the skin, and how far does it get?

Question
    A needle of 1.5 mm is pushed 1.4 mm into the cheek of a 45 year old woman. How deep is its tip, at what force?
Method
    `ls.insert` with a needle on a test rig: layered cutting, wall friction, the surface gives way.
Result
    The skin dents first: the tip ends well above 1.4 mm. `first_insertion.png` shows the force and its parts.

Run: python first_insertion.py [FOLDER]        (FOLDER is out/ if not given)
"""

from __future__ import annotations

import sys
from pathlib import Path

from libskin.units import mm, mN, um

import libskin as ls


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    skin = ls.Skin.preset("face_cheek", age_years=45, sex="female")
    needle = ls.Needle(length=1.5 * mm, shaft_radius=125 * um, tip_radius=4 * um, taper_length=1.0 * mm)

    r = ls.insert(skin, needle, ls.Travel(distance=1.4 * mm, speed=1.0 * mm))

    print(f"opens the skin at  {r.puncture_force / mN:.2f} mN")
    print(f"pushed             {r.travel[-1] / mm:.2f} mm at {r.force[-1] / mN:.1f} mN")
    print(f"tip depth          {r.tip_depth[-1] / mm:.2f} mm")
    print(f"surface pushed in  {r.deflection[-1] / mm:.2f} mm")
    print(f"channel left       {r.channel_depth / mm:.2f} mm deep, {r.channel_radius / um:.0f} um wide at the mouth")
    ls.plot.force_travel(r).savefig(folder / "first_insertion.png")

    # The headline: what is pushed is not what is reached, and the difference is the dent.
    assert 0.2 * mm < r.tip_depth[-1] < r.travel[-1]
    assert abs(r.tip_depth[-1] + r.deflection[-1] - r.travel[-1]) < 1e-6 * mm


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("out"))
