"""Time against error of T1, ours and other people's solvers, in one run; a table and a figure.

python compare.py CVODES_PROGRAM OUR_BENCHMARK [FIGURE]. CPU seconds of the time loop, alternating between the tools so
that a busy machine hits all alike; medians of the repeats. Tools that are not installed are left out, and said so.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
import t1
from write_volumes import write

HERE = Path(__file__).parent
SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's, which sees Debian's dolfinx


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
        raise RuntimeError(
            f"{' '.join(command)}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}"
        )
    return done.stdout


def fields(line: str) -> dict[str, float]:
    return {k: float(v) for k, v in (word.split("=") for word in line.split()[1:])}


def script(tool: str, python: str, file: str, *arguments: str) -> Point:
    out = fields(run([python, file, *arguments]).splitlines()[0])
    return Point(
        tool, " ".join(arguments), int(out["unknowns"]), out["error"], out["seconds"], int(out["factorisations"])
    )


def cvodes(program: str, refine: float, rtol: float, folder: Path) -> Point:
    path = folder / f"volumes_{refine:g}.bin"
    if not path.exists():
        write(path, refine)
    out = json.loads(run([program, str(path), f"{rtol:g}", "3"]))
    worst, _ = t1.error(np.array(out["rows"]).reshape(25, 7))
    return Point("CVODES + KLU", f"{refine:g} {rtol:g}", out["unknowns"], worst, out["seconds"], out["factorisations"])


def ours(program: str) -> list[Point]:
    out = json.loads(
        run([program, "--benchmark_filter=unit_cell_t1", "--benchmark_format=json", "--benchmark_min_time=0.3"])
    )
    return [
        Point(
            "libskin unit_cell",
            b["name"].split("/", 1)[-1],
            int(b["unknowns"]),
            b["error"],
            b["cpu_time"] * 1e-3,
            int(b["factorisations"]),
        )
        for b in out["benchmarks"]
    ]


def all_points(cvodes_program: str, benchmark: str, repeats: int = 3) -> list[Point]:
    trials: list[tuple[str, object]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for refine, rtol in ((0.7, 1e-3), (1.0, 1e-3), (1.5, 1e-4), (2.2, 1e-4), (3.2, 1e-4)):
            trials.append(("CVODES + KLU", lambda r=refine, t=rtol: cvodes(cvodes_program, r, t, folder)))
        for refine, rtol in ((0.7, 1e-3), (1.0, 1e-4), (1.5, 1e-4)):
            trials.append(
                (
                    "SciPy BDF",
                    lambda r=refine, t=rtol: script("SciPy BDF", sys.executable, "t1_scipy.py", f"{r:g}", f"{t:g}"),
                )
            )
        for refine, steps in ((0.7, 100), (1.0, 400)):
            trials.append(
                ("FiPy", lambda r=refine, n=steps: script("FiPy", sys.executable, "t1_fipy.py", f"{r:g}", str(n)))
            )
        for package in ("lu", "mumps"):
            for refine in (0.7, 1.0, 1.5):
                trials.append(
                    (
                        f"FEniCSx tuned, {package}",
                        lambda r=refine, p=package: script(
                            f"FEniCSx tuned, {p}", SYSTEM_PYTHON, "t1_fenicsx.py", f"{r:g}", p
                        ),
                    )
                )
        found: dict[int, list[Point]] = {}
        mine: list[list[Point]] = []
        for _ in range(repeats):
            mine.append(ours(benchmark))
            for number, (tool, trial) in enumerate(trials):
                if found.get(number) == []:
                    continue
                try:
                    found.setdefault(number, []).append(trial())
                except (RuntimeError, FileNotFoundError) as error:
                    print(f"{tool}: left out: {error}", file=sys.stderr)
                    found[number] = []
    groups = [points for points in found.values() if points] + [list(group) for group in zip(*mine, strict=True)]
    return [Point(**{**vars(g[0]), "seconds": median(p.seconds for p in g)}) for g in groups]


def time_at(points: list[Point], error: float) -> float:
    """Seconds at an error, on straight lines between the points in logarithms; NaN outside what was measured."""
    rows = sorted((p.error, p.seconds) for p in points)
    e, s = np.log([r[0] for r in rows]), np.log([r[1] for r in rows])
    at = np.log(error)
    return float(np.exp(np.interp(at, e, s))) if e[0] <= at <= e[-1] else float("nan")


def main() -> None:
    points = all_points(sys.argv[1], sys.argv[2])
    mine = [p for p in points if p.tool.startswith("libskin")]
    print(
        "| tool | setting | unknowns | factorisations | error | CPU ms | times ours at that error |\n"
        + "| --- " * 7
        + "|"
    )
    for p in sorted(points, key=lambda p: (p.tool, -p.error)):
        ratio = (
            ""
            if p in mine
            else f"{p.seconds / time_at(mine, p.error):.0f}"
            if np.isfinite(time_at(mine, p.error))
            else "-"
        )
        print(
            f"| {p.tool} | {p.setting} | {p.unknowns} | {p.factorisations} | {p.error:.1e} "
            f"| {1e3 * p.seconds:.1f} | {ratio} |"
        )
    if len(sys.argv) > 3:
        draw(points, Path(sys.argv[3]))


def draw(points: list[Point], path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    colours = ["#000000", "#E69F00", "#56B4E9", "#009E73", "#D55E00", "#CC79A7"]
    figure, axes = plt.subplots(figsize=(6.5, 4.2), layout="constrained")
    tools = sorted({p.tool for p in points}, key=lambda name: (not name.startswith("libskin"), name))
    for colour, marker, tool in zip(colours, "osD^vP", tools, strict=False):
        rows = sorted(((p.error, 1e3 * p.seconds) for p in points if p.tool == tool), reverse=True)
        axes.loglog([r[0] for r in rows], [r[1] for r in rows], marker=marker, color=colour, label=tool, lw=1.5)
    axes.invert_xaxis()
    axes.set(xlabel="largest error of the seven outputs", ylabel="CPU time of one solution, ms",
             title="Reference problem T1: two hours through one closing channel")  # fmt: skip
    axes.grid(True, which="both", alpha=0.25)
    axes.legend(fontsize="small")
    figure.savefig(path, dpi=150)


if __name__ == "__main__":
    main()
