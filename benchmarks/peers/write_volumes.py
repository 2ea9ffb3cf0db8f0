"""Write the finite volumes of T1 for t1_cvodes.  python write_volumes.py FILE [refine]"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import t1


def write(path: Path, refine: float) -> int:
    cells = t1.volumes(refine)
    faces, lines = cells.area.shape
    head = np.array([cells.n + 1, faces, lines], dtype=np.int64)
    columns = [cells.storage, cells.rate, cells.layer, cells.low, cells.high, cells.area, cells.tissue, cells.channel,
               cells.diffusivity]  # fmt: skip
    with path.open("wb") as file:
        file.write(head.tobytes())
        for column in columns:
            kind = np.int64 if np.issubdtype(column.dtype, np.integer) else np.float64
            file.write(np.ascontiguousarray(column, dtype=kind).tobytes())
    return cells.n + 1


if __name__ == "__main__":
    write(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0)
