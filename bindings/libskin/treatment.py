"""A whole treatment, end to end."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from libskin import _core
from libskin._choice import need, whole
from libskin._core import (
    Protocol,
    SessionResult,
    Skin,
    Summary,
    TreatmentCase,
    TreatmentResult,
    TreatmentSettings,
)
from libskin._warn import warned
from libskin.progress import ProgressCallback, reporter

__all__ = [
    "Protocol",
    "SessionResult",
    "Summary",
    "TreatmentCase",
    "TreatmentResult",
    "TreatmentSettings",
    "load_treatment",
    "summary",
    "treat",
    "treatments",
]


def load_treatment(path: str | os.PathLike[str], overrides: Sequence[str] = ()) -> TreatmentCase:
    """Read a treatment file, or a shipped treatment by name.

    Parameters
    ----------
    path
        A ``.toml`` file or one of :func:`treatments`.
    overrides
        ``"key=value"`` with dotted keys and units: ``"session.device.protrusion=1 mm"``.

    Examples
    --------
    >>> import libskin as ls
    >>> case = ls.load_treatment("medical_pen", ["skin.age_years=60"])
    >>> case.skin.person.age_years
    60.0
    """
    need(path, (str, os.PathLike), "path")
    if isinstance(overrides, str):
        raise _core.ParameterError("overrides is text; give a list: ['skin.age_years=60']")
    return _core.load_treatment(Path(path), list(overrides))


def treatments() -> list[str]:
    """Names of the shipped treatments."""
    return list(_core.treatments())


def treat(
    skin: Skin,
    protocol: Protocol,
    *,
    seed: int = 0,
    progress: bool | ProgressCallback = False,
    threads: int | None = None,
    settings: TreatmentSettings | None = None,
) -> TreatmentResult:
    """Insert, tear, bleed, recover, deliver, assess in every session; then heal.

    Parameters
    ----------
    skin, protocol
        Whose skin, and what is done; both from :func:`load_treatment` or built in code.
    seed
        Of all random numbers; session ``k`` draws with ``seed + k``.
    progress
        ``True``: a progress bar; a callable gets ``(done, total, what)``.
    threads
        ``None`` or 0: all cores. Never changes a number.
    settings
        Choices of every verb.

    Returns
    -------
    TreatmentResult
        Printing it gives the summary. ``insertion``, ``tearing``, ``bleeding``, ``recovery``, ``delivery``,
        ``safety`` are of the first session, ``sessions[k]`` of each, ``healing`` over all.

    Notes
    -----
    Releases the GIL; Ctrl-C stops it within about 0.1 s.

    Examples
    --------
    >>> import libskin as ls
    >>> case = ls.load_treatment("home_roller")
    >>> result = ls.treat(case.skin, case.protocol, seed=7)
    >>> result.insertion.depth_mean > 0.0
    True
    """
    need(skin, Skin, "skin")
    need(protocol, Protocol, "protocol")
    if settings is None:
        settings = TreatmentSettings()
    need(settings, TreatmentSettings, "settings")
    start = whole(seed, "seed")
    n_threads = 0 if threads is None else whole(threads, "threads")
    if n_threads > 10_000:
        raise _core.ParameterError(f"threads = {n_threads} is outside [0, 10000]")
    with reporter(progress) as callback:
        result = _core.treat(skin, protocol, start, callback, n_threads, settings)
    return warned(result)


def summary(result: TreatmentResult) -> str:
    """The summary of a treatment, a table that a person can read."""
    need(result, TreatmentResult, "result")
    return _core.summary(result)
