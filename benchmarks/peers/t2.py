"""Time against error of T2b, our stepper and CVODES on the same matrices: tables and a figure.

python t2.py T2_CVODES_PROGRAM [FIGURE]
"""

from __future__ import annotations

import sys
from pathlib import Path

from compare import Point, draw, run, tables

ERRORS = (3e-3, 1e-3, 3e-4, 1e-4, 1e-5)


def main() -> None:
    points = []
    for line in run([str(Path(sys.argv[1]).resolve())]).splitlines():
        tool, tolerance, unknowns, factorisations, error, seconds = line.split()
        points.append(
            Point(
                tool.replace("_", " ", 1), tolerance, int(unknowns), float(error), float(seconds), int(factorisations)
            )
        )
    print(tables(points, ERRORS))
    if len(sys.argv) > 2:
        draw(points, Path(sys.argv[2]), "Reference problem T2b: the dual-porosity column, errors of the steps alone")


if __name__ == "__main__":
    main()
