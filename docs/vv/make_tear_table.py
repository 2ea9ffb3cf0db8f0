#!/usr/bin/env python3
"""Fill the table of tearing.md: roller length x technique x age -> share of holes torn, tear index, 90 % band.

python docs/vv/make_tear_table.py

Needs libskin on the path (PYTHONPATH=build/audit/python). Text outside the markers is written by hand.
"""

from __future__ import annotations

import math
import re
import warnings
from pathlib import Path

import libskin as ls

PAGE = Path(__file__).with_name("tearing.md")
ROLLERS = ("salon_roller_0.5", "salon_roller_1.0", "medical_roller_1.5", "roll_cit_3.0")
AGES = (30, 50, 75)
PROPER = ls.Rolling()
TECHNIQUES = {
    "straight, skin held": PROPER,
    "straight, skin loose": PROPER.replace(held=False),
    "skids by 5 %": PROPER.replace(slip=0.05),
    "steered 5 degrees": PROPER.replace(side_slip=math.radians(5.0)),
}
N, SEED = 1000, 1


def main() -> None:
    warnings.simplefilter("ignore", ls.ValidityWarning)
    people = {age: ls.Skin.preset("face_cheek", age_years=age) for age in AGES}
    lines = [
        "| roller | depth at 30 y, mm | technique | " + " | ".join(f"{age} y" for age in AGES) + " |",
        "| --- | --- | --- | " + " | ".join("---" for _ in AGES) + " |",
    ]
    for name in ROLLERS:
        device = ls.device(name)
        wounds = {
            (technique, age): ls.insert(people[age], device, use, n_needles=N, seed=SEED).wound
            for technique, use in TECHNIQUES.items()
            for age in AGES
        }
        for technique, use in TECHNIQUES.items():
            cells = []
            for age in AGES:
                t = ls.tear(people[age], device, use, wounds[technique, age], seed=SEED)
                band = f"{shown(t.risk_low)}-{shown(t.risk_high)}"
                cells.append(f"{shown(100 * t.tear_fraction)} %; {shown(t.risk_index)} ({band})")
            depth = 1e3 * wounds[technique, AGES[0]].depth.mean()
            lines.append(f"| {name} | {depth:.2f} | {technique} | " + " | ".join(cells) + " |")
            print(lines[-1])
    text = PAGE.read_text(encoding="utf-8")
    pattern = re.compile(r"(<!-- tear table -->\n).*?(<!-- end tear table -->)", re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"{PAGE.name}: the marker <!-- tear table --> is missing")
    PAGE.write_text(pattern.sub(lambda m: m.group(1) + "\n".join(lines) + "\n" + m.group(2), text), encoding="utf-8")


def shown(value: float) -> str:
    return "0" if value == 0.0 else f"{value:.1g}" if value < 0.01 else f"{value:.2g}"


if __name__ == "__main__":
    main()
