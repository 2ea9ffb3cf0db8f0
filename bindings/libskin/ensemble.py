"""Many skins at once: populations, and one insertion for each of their members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from libskin import _core
from libskin._choice import need, number, whole
from libskin._core import (
    InsertBatch,
    Needle,
    ParameterError,
    Person,
    PopulationSettings,
    SampleStatus,
    Skin,
    Travel,
)
from libskin._device import USES, Device, Use
from libskin._insertion_settings import refuse_unused, settings_from
from libskin.progress import ProgressCallback, reporter

__all__ = ["InsertBatch", "SampleStatus", "insert_batch", "population"]


def population(
    preset: str,
    *,
    n: int = 1000,
    age_years: float | tuple[float, float] = 30.0,
    seed: int = 0,
    female_share: float | None = None,
    **person: Any,
) -> list[Skin]:
    """Skins of ``n`` persons around a shipped set: thickness, stiffness and toughness vary as the data state.

    Of the variance of thickness a person takes the share that does not lie within one site; the rest stays with the
    person as ``thickness_variation`` and is drawn from needle to needle.

    Parameters
    ----------
    preset
        Id of the skin set.
    n
        How many.
    age_years
        One age, or the ends of a uniform range.
    seed
        Person ``i`` draws from ``(seed, i)`` only: the first 10 of 1000 are the 10 of 10.
    female_share
        Share of women, the rest men; ``None``: the ``sex`` that all have in common.
    person
        What all have in common: ``sex=``, ``hydration=``, ``l_star=``, ... ; ``hydration`` and ``tension`` may be
        the ends of a uniform range as well.

    Examples
    --------
    >>> import libskin as ls
    >>> skins = ls.Skin.population("face_cheek", n=5, age_years=(30, 70), seed=1)
    >>> len(skins), len({skin.thickness for skin in skins})
    (5, 5)
    """
    need(preset, str, "preset")
    low, high = _range(age_years, "age_years")
    drawn: dict[str, float] = {}
    if female_share is not None:
        if "sex" in person:
            raise ParameterError(f"female_share = {female_share!r} draws the sex that sex = {person['sex']!r} sets")
        drawn["female_share"] = number(female_share, "female_share")
    for name in ("hydration", "tension"):
        if isinstance(person.get(name), tuple | list):
            person[name], drawn[f"{name}_high"] = _range(person[name], name)
    settings = PopulationSettings(
        preset=preset,
        n=_count(n, "n"),
        age_low=low,
        age_high=high,
        seed=whole(seed, "seed"),
        person=Person(**person),
        **drawn,
    )
    return list(_core.population(settings))


def insert_batch(
    skins: Sequence[Skin],
    device: Needle | Device,
    use: Use,
    *,
    seed: int | None = None,
    n_needles: int | None = None,
    n_samples: int | None = None,
    threads: int | None = None,
    progress: bool | ProgressCallback = False,
    tip_model: str = "energy_release",
    deflection_model: str = "parabolic",
    array_coupling: str = "half_space",
    rate_model: str = "power_law",
    cutting_law: str = "wedge_table",
    toughness_law: str = "constant",
    puncture_model: str = "barrier_factor",
    drive_model: str = "quasi_static",
    dome_model: str = "constant",
    skin_mass: str = "none",
    n_strokes: int | None = None,
    step_tolerance: float = 1.0e-8,
    tolerance: float = 1.0e-9,
    hole_capture: str = "none",
    drum_contact: str = "flat",
) -> InsertBatch:
    """:func:`insert` for each of ``skins``, on several threads.

    Parameters
    ----------
    skins
        For example from :func:`Skin.population`.
    threads
        ``None`` or 0: all cores. The numbers are the same for any count.
    progress
        ``True``: a progress bar; a callable gets ``(done, total, what)``.

    Returns
    -------
    InsertBatch
        ``depth``, ``puncture_force`` and ``status`` (sample). A sample that fails has NaN, a status other than 0 and a
        ``message``; the others do not notice.

    Notes
    -----
    The other arguments are those of :func:`insert`. Sample ``i`` of a device draws its strikes with ``seed + i``.

    Examples
    --------
    >>> import libskin as ls
    >>> skins = ls.Skin.population("forearm_volar", n=8, seed=1)
    >>> batch = ls.insert_batch(skins, ls.Needle(), ls.Travel(1e-3))
    >>> batch.depth.shape, int(batch.status.max())
    ((8,), 0)
    """
    need(skins, (list, tuple), "skins")
    for i, skin in enumerate(skins):
        need(skin, Skin, f"skins[{i}]")
    need(use, USES, "use")
    refuse_unused(device, seed, n_needles, n_samples)
    settings = settings_from(
        tip_model=tip_model,
        deflection_model=deflection_model,
        array_coupling=array_coupling,
        rate_model=rate_model,
        cutting_law=cutting_law,
        toughness_law=toughness_law,
        puncture_model=puncture_model,
        drive_model=drive_model,
        dome_model=dome_model,
        skin_mass=skin_mass,
        n_samples=n_samples,
        n_needles=n_needles,
        n_strokes=n_strokes,
        step_tolerance=step_tolerance,
        tolerance=tolerance,
        hole_capture=hole_capture,
        drum_contact=drum_contact,
    )
    n_threads = 0 if threads is None else _count(threads, "threads")
    with reporter(progress) as callback:
        if isinstance(device, Needle):
            if not isinstance(use, Travel):
                raise ParameterError(
                    f"use = {type(use).__name__}(...) needs a device; one needle takes Travel(distance, speed)"
                )
            return _core.insert_batch_needle(list(skins), device, use, settings, callback, n_threads)
        start = 0 if seed is None else whole(seed, "seed")
        return _core.insert_batch_device(list(skins), device, use, start, settings, callback, n_threads)


def _range(value: Any, name: str) -> tuple[float, float]:
    """One number, or the ends (low, high) of a range."""
    if not isinstance(value, tuple | list):
        return number(value, name), number(value, name)
    if len(value) != 2:
        raise ParameterError(f"{name} = {value!r} is not one number or a range (low, high)")
    return number(value[0], name), number(value[1], name)


def _count(value: int, name: str) -> int:
    result = whole(value, name)
    if result > 100_000_000:
        raise ParameterError(f"{name} = {result} is outside [0, 100000000]")
    return result
