"""Time against error of T1, ours and other people's solvers, in one run; two tables and a figure.

python compare.py CVODES_PROGRAM OUR_BENCHMARK [--figure PNG] [--points JSON] [--repeats 3]
python compare.py --points JSON --figure PNG         draw again what a run has kept

CPU seconds of the time loop, alternating between the tools so that a busy machine hits all alike; medians of the
repeats. Tools that are not installed are left out, and said so.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import numpy as np
import t1
from write_volumes import write

HERE = Path(__file__).parent
SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's, which sees Debian's dolfinx
CVODES = (
    (0.7, 1e-3),
    (1.0, 1e-3),
    (1.5, 1e-4),
    (2.2, 3e-4),
    (3.2, 3e-4),
)  # refinement, tolerance; 1e-4 fails on the last
CVODES_PAIRS = ((0.7, 1e-4), (1.0, 1e-4), (1.5, 1e-5))  # the coarser of two grids, tolerance of both
SCIPY = ((0.7, 1e-3), (1.0, 1e-4), (1.5, 1e-4))
FIPY = ((0.7, 100), (0.7, 400))  # refinement, steps
FENICSX = ((0.7, 120.0), (1.0, 120.0), (1.4, 90.0), (1.7, 75.0), (2.0, 60.0))  # refinement, longest step in s
ERRORS = (1e-2, 5e-3, 2e-3, 1e-3)
ORDER = 1.75  # of the finite volumes of t1.py and of ours, between the cut wall (4/3) and smooth places (2)


@dataclass
class Point:
    tool: str
    setting: str
    unknowns: int
    error: float
    seconds: float
    factorisations: int


def run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE)
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise RuntimeError(f"{' '.join(command)}: {said[-1] if said else done.returncode}")
    return done.stdout


def script(tool: str, python: str, file: str, *arguments: str) -> Point:
    line = run([python, file, *arguments]).splitlines()[0]
    out = {key: float(value) for key, value in (word.split("=") for word in line.split()[1:])}
    return Point(
        tool, " ".join(arguments), int(out["unknowns"]), out["error"], out["seconds"], int(out["factorisations"])
    )


def cvodes_rows(program: str, refine: float, rtol: float, folder: Path) -> tuple[np.ndarray, dict]:
    path = folder / f"volumes_{refine:g}.bin"
    if not path.exists():
        write(path, refine)
    out = json.loads(run([program, str(path), f"{rtol:g}", "1"]))
    return np.array(out["rows"]).reshape(25, 7), out


def cvodes(program: str, refine: float, rtol: float, folder: Path) -> Point:
    rows, out = cvodes_rows(program, refine, rtol, folder)
    worst, _ = t1.error(rows)
    return Point("CVODES + KLU", f"{refine:g} {rtol:g}", out["unknowns"], worst, out["seconds"], out["factorisations"])


def cvodes_pair(program: str, refine: float, rtol: float, folder: Path) -> Point:
    """The limit of two grids, as our own answer is."""
    coarse, a = cvodes_rows(program, refine, rtol, folder)
    fine, b = cvodes_rows(program, 2.0 * refine, rtol, folder)
    worst, _ = t1.error(fine + (fine - coarse) / (2.0**ORDER - 1.0))
    return Point(
        "CVODES + KLU, limit of two grids", f"{refine:g}, {2 * refine:g} {rtol:g}", b["unknowns"], worst,
        a["seconds"] + b["seconds"], a["factorisations"] + b["factorisations"],
    )  # fmt: skip


def ours(program: str) -> list[Point]:
    out = run([program, "--benchmark_filter=unit_cell_t1", "--benchmark_format=json", "--benchmark_min_time=0.3"])
    return [
        Point(
            "libskin unit_cell", b["name"].split("/", 1)[-1], int(b["unknowns"]), b["error"], b["cpu_time"] * 1e-3,
            int(b["factorisations"]),
        )
        for b in json.loads(out)["benchmarks"]
    ]  # fmt: skip


def trials_of(program: str, folder: Path) -> list[Callable[[], Point]]:
    return [
        *(lambda r=r, t=t: cvodes(program, r, t, folder) for r, t in CVODES),
        *(lambda r=r, t=t: cvodes_pair(program, r, t, folder) for r, t in CVODES_PAIRS),
        *(lambda r=r, t=t: script("SciPy BDF", sys.executable, "t1_scipy.py", f"{r:g}", f"{t:g}") for r, t in SCIPY),
        *(lambda r=r, n=n: script("FiPy", sys.executable, "t1_fipy.py", f"{r:g}", str(n)) for r, n in FIPY),
        *(
            lambda r=r, s=s, p=p: script(f"FEniCSx tuned, {p}", SYSTEM_PYTHON, "t1_fenicsx.py", f"{r:g}", p, f"{s:g}")
            for p in ("lu", "mumps")
            for r, s in FENICSX
        ),
    ]


def all_points(cvodes_program: str, benchmark: str, repeats: int) -> list[Point]:
    with tempfile.TemporaryDirectory() as name:
        trials = trials_of(cvodes_program, Path(name))
        found: list[list[Point] | None] = [[] for _ in trials]
        mine: list[list[Point]] = []
        for _ in range(repeats):
            for number, trial in enumerate(trials):
                points = found[number]
                if points is None:
                    continue
                try:
                    points.append(trial())
                except (RuntimeError, FileNotFoundError) as error:
                    print(f"left out: {error}", file=sys.stderr)
                    found[number] = None
            mine.append(ours(benchmark))
    groups = [points for points in found if points] + [list(group) for group in zip(*mine, strict=True)]
    return [Point(**{**asdict(g[0]), "seconds": median(p.seconds for p in g)}) for g in groups]


def time_at(points: list[Point], error: float, safe: bool = False) -> float:
    """Seconds at an error, on straight lines between the points in logarithms; NaN outside what was measured.

    Among the points that no other beats in both; `safe`: an error counts only if every slower setting meets it too.
    """
    rows = sorted((p.seconds, p.error) for p in points)
    curve: list[tuple[float, float]] = []
    for k, (seconds, found) in enumerate(rows):
        counted = max(e for _, e in rows[k:]) if safe else found
        if not curve or counted < curve[-1][0]:
            curve.append((counted, seconds))
    e, s = np.log([c[0] for c in curve[::-1]]), np.log([c[1] for c in curve[::-1]])
    at = np.log(error)
    return float(np.exp(np.interp(at, e, s))) if e[0] <= at <= e[-1] else float("nan")


def tables(points: list[Point], errors: tuple[float, ...] = ERRORS) -> str:
    mine = [p for p in points if p.tool.startswith("libskin")]
    lines = [
        "| tool | setting | unknowns | factorisations | error | CPU ms | times ours at that error |",
        "| --- " * 7 + "|",
    ]
    for p in sorted(points, key=lambda p: (not p.tool.startswith("libskin"), p.tool, -p.error)):
        ratio = "" if p in mine else shown(p.seconds / time_at(mine, p.error))
        lines.append(
            f"| {p.tool} | {p.setting} | {p.unknowns} | {p.factorisations} | {p.error:.1e} | "
            f"{1e3 * p.seconds:.1f} | {ratio} |"
        )
    for safe in (False, True):
        title = "every slower setting at most" if safe else "error"
        lines += ["", f"| tool, CPU ms at {title} | " + " | ".join(f"{e:g}" for e in errors) + " |"]
        lines.append("| --- " * (1 + len(errors)) + "|")
        for tool in tools_of(points):
            cells = []
            for e in errors:
                t, own = time_at([p for p in points if p.tool == tool], e, safe), time_at(mine, e, safe)
                ratio = "" if tool == mine[0].tool or np.isnan(own) else f" ({shown(t / own)}x)"
                cells.append("-" if np.isnan(t) else f"{1e3 * t:.2g}{ratio}" if t < 0.01 else f"{1e3 * t:.0f}{ratio}")
            lines.append(f"| {tool} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def shown(ratio: float) -> str:
    return f"{ratio:.0f}" if np.isfinite(ratio) else "-"


def tools_of(points: list[Point]) -> list[str]:
    return sorted({p.tool for p in points}, key=lambda name: (not name.startswith("libskin"), name))


T1_TITLE = "Reference problem T1: two hours through one closing channel"


def draw(points: list[Point], path: Path, title: str = T1_TITLE) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    colours = ["#000000", "#0072B2", "#56B4E9", "#D55E00", "#E69F00", "#CC79A7", "#009E73"]
    figure, axes = plt.subplots(figsize=(7.0, 5.0), layout="constrained")
    for colour, marker, tool in zip(colours, "osD^vPX", tools_of(points), strict=False):
        rows = [(p.error, 1e3 * p.seconds) for p in sorted(points, key=lambda p: p.seconds) if p.tool == tool]
        axes.loglog([r[0] for r in rows], [r[1] for r in rows], marker=marker, ms=5, color=colour, label=tool, lw=1.5)
    axes.axvline(1e-3, color="#777777", lw=0.8, ls=":")
    axes.invert_xaxis()
    axes.set(xlabel="largest error of the seven outputs", ylabel="CPU time of one solution (ms)", title=title)
    axes.grid(True, which="both", alpha=0.2)
    figure.legend(loc="outside lower center", ncols=3, fontsize="small", frameon=False)
    figure.savefig(path, dpi=150)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", nargs="*", metavar="PROGRAM")
    parser.add_argument("--figure", type=Path)
    parser.add_argument("--points", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    if given.programs:
        before = os.getloadavg()[0]
        points = all_points(*(str(Path(p).resolve()) for p in given.programs), given.repeats)
        print(f"load of the machine before and after: {before:.2f}, {os.getloadavg()[0]:.2f}", file=sys.stderr)
        if given.points:
            given.points.write_text(json.dumps([asdict(p) for p in points], indent=1) + "\n")
    else:
        points = [Point(**p) for p in json.loads(given.points.read_text())]
    print(tables(points))
    if given.figure:
        draw(points, given.figure)


if __name__ == "__main__":
    main()
