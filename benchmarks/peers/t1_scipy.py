"""T1 with SciPy's BDF: sparse Jacobian, its own LU.  python t1_scipy.py [refine] [rtol]"""

from __future__ import annotations

import sys
import time
from itertools import pairwise

import numpy as np
import t1
from scipy.integrate import solve_ivp


def solve(refine: float, rtol: float) -> tuple[np.ndarray, dict[str, float]]:
    cells = t1.volumes(refine)
    inverse = 1.0 / cells.storage
    cache: dict[float, object] = {}

    def matrix(t: float):
        if t not in cache:  # the integrator asks for the same time several times
            cache.clear()
            cache[t] = t1.sparse.diags(inverse) @ cells.matrix(t1.closing(t))
        return cache[t]

    c = np.zeros(cells.n + 1)
    c[0] = 1.0
    begin = time.process_time()
    run = solve_ivp(
        lambda t, y: matrix(t) @ y, (0.0, t1.DURATION), c, method="BDF", jac=lambda t, y: matrix(t).tocsc(),
        rtol=rtol, atol=1e-3 * rtol, dense_output=True, first_step=1e-4,
    )  # fmt: skip
    if not run.success:
        raise RuntimeError(run.message)
    # What left, by three Gauss points a step.
    points, weights = np.polynomial.legendre.leggauss(3)
    edges = np.union1d(run.t, t1.TIMES)
    lost = np.zeros((len(edges), 2))
    for k, (a, b) in enumerate(pairwise(edges)):
        at = 0.5 * (a + b) + 0.5 * (b - a) * points
        rates = np.array([cells.loss_rates(t, run.sol(t)) for t in at])
        lost[k + 1] = lost[k] + 0.5 * (b - a) * weights @ rates
    seconds = time.process_time() - begin
    rows = np.array([[*cells.amounts(run.sol(t)), *lost[np.searchsorted(edges, t)]] for t in t1.TIMES])
    return rows, {"unknowns": cells.n + 1, "seconds": seconds, "rhs": run.nfev, "factorisations": run.nlu}


if __name__ == "__main__":
    refine = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    rtol = float(sys.argv[2]) if len(sys.argv) > 2 else 1e-4
    rows, work = solve(refine, rtol)
    worst, single = t1.error(rows)
    print(f"scipy_bdf refine={refine:g} rtol={rtol:g} error={worst:.2e}", *(f"{k}={v:.6g}" for k, v in work.items()))
    print("  ", *(f"{k}={v:.1e}" for k, v in single.items()))
