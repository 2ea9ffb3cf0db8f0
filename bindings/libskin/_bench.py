"""Needle designs side by side on the same persons: a table with spread per design."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from libskin import _core
from libskin._bench_blocks import Blocks
from libskin._bench_table import bench_table, make_dataset
from libskin._choice import need, whole
from libskin._core import Design, DesignResult, DesignSet, InsertionSettings, ParameterError, PopulationSettings
from libskin.progress import ProgressCallback, reporter

if TYPE_CHECKING:
    import xarray as xr

__all__ = [
    "Design",
    "DesignResult",
    "DesignSet",
    "PopulationSettings",
    "bench",
    "bench_table",
    "designs",
    "load_designs",
]

BLOCK = 100  # persons that are computed, kept and resumed together


def load_designs(path: str | os.PathLike[str]) -> DesignSet:
    """Read a designs file, or a shipped one by name.

    Examples
    --------
    >>> import libskin as ls
    >>> len(ls.load_designs("twelve_needles").designs)
    12
    """
    need(path, (str, os.PathLike), "path")
    return _core.load_designs(Path(path))


def designs() -> list[str]:
    """Names of the shipped designs files."""
    return list(_core.designs())


def bench(
    designs: str | os.PathLike[str] | DesignSet,
    *,
    n: int | None = None,
    seed: int | None = None,
    n_strikes: int = 40,
    threads: int | None = None,
    progress: bool | ProgressCallback = False,
    store: str | os.PathLike[str] | None = None,
    settings: InsertionSettings | None = None,
) -> xr.Dataset:
    """Compare needle designs on the same persons.

    Parameters
    ----------
    designs
        A designs file, the name of a shipped one, or a :class:`DesignSet`.
    n
        Persons; what the file says if not given.
    seed
        Of all draws; what the file says if not given.
    n_strikes
        Strikes on each person. The spread between persons is corrected for their number.
    threads
        ``None`` or 0: all cores. Never changes a number.
    progress
        ``True``: a progress bar; a callable gets ``(done, total, design)``.
    store
        A folder that keeps finished blocks of persons: a design and persons computed once, by this version, are not
        computed again. ``None``: nothing is kept.
    settings
        Hypotheses of :func:`insert`; its ``n_needles`` is ``n_strikes`` here.

    Returns
    -------
    xarray.Dataset
        ``depth`` (design, person, strike), ``puncture_force``, ``reached`` (..., layer) and the rest of
        :class:`DesignResult`, then what the table shows: ``depth_quantile`` (design, quantile), ``reach_probability``,
        ``between_persons``, ``within_person``, ... Units and meanings are in the attributes.

    Notes
    -----
    Person ``i`` is the same for every design and strikes with ``seed + i``: differences between designs are not
    chance. Releases the GIL; Ctrl-C stops it within about 0.1 s and keeps the blocks that were finished.

    Examples
    --------
    >>> import libskin as ls
    >>> ds = ls.bench("twelve_needles", n=4, n_strikes=10)
    >>> ds["depth"].shape, ds["depth"].attrs["units"]
    ((12, 4, 10), 'm')
    """
    chosen = designs if isinstance(designs, DesignSet) else load_designs(designs)
    population: dict[str, Any] = {}
    if n is not None:
        population["n"] = whole(n, "n")
    if seed is not None:
        population["seed"] = whole(seed, "seed")
    if population:
        chosen = chosen.replace(population=chosen.population.replace(**population))
    if chosen.population.n < 1:
        raise ParameterError("n = 0: there is nobody to compare the designs on")
    settings = InsertionSettings() if settings is None else settings
    need(settings, InsertionSettings, "settings")
    strikes = whole(n_strikes, "n_strikes")
    if not 2 <= strikes <= 1_000_000:
        raise ParameterError(f"n_strikes = {strikes} is outside [2, 1000000]: a spread needs two strikes")
    settings = settings.replace(n_needles=strikes)
    n_threads = 0 if threads is None else whole(threads, "threads")
    blocks = Blocks(None if store is None else Path(store), chosen, settings)
    with reporter(progress) as callback:
        results = [_one_design(chosen, k, settings, n_threads, callback, blocks) for k in range(len(chosen.designs))]
    return make_dataset(chosen, results, settings)


# --------------------------------------------------------------------------------------- computing


def _ranges(n: int) -> Iterator[tuple[int, int]]:
    for first in range(0, n, BLOCK):
        yield first, min(BLOCK, n - first)


def _one_design(
    chosen: DesignSet,
    k: int,
    settings: InsertionSettings,
    threads: int,
    callback: ProgressCallback | None,
    blocks: Blocks,
) -> dict[str, Any]:
    """All persons of one design, block after block, each as an array."""
    n, name = chosen.population.n, chosen.designs[k].name
    total = n * len(chosen.designs)
    parts: list[dict[str, Any]] = []
    for first, size in _ranges(n):
        done = k * n + first

        def tell(now: int, _of: int, _what: str, done: int = done) -> None:
            if callback is not None:
                callback(done + now, total, name)

        block = blocks.read(k, first, size)
        if block is None:
            result = _core.bench_design(chosen, k, first, size, settings, tell if callback else None, threads)
            block = {field: np.asarray(getattr(result, field)) for field in DesignResult._fields}
            blocks.write(k, first, size, block)
        tell(size, size, name)
        parts.append(block)
    return {field: np.concatenate([part[field] for part in parts]) for field in DesignResult._fields}
