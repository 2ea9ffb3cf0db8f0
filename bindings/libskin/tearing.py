"""How a roller's drag, or a pen's glide, tears the skin that its needles are in."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from libskin import _core
from libskin._choice import choice, need, number, whole
from libskin._core import (
    InitialSlit,
    LateralStiffness,
    RollingModel,
    Skin,
    SlicePush,
    TearingResult,
    TearingSettings,
    TearModel,
    TreatedArea,
    Wound,
)
from libskin._device import DEVICES, USES, Device, Use
from libskin._warn import warned

__all__ = [
    "InitialSlit",
    "LateralStiffness",
    "RollingModel",
    "SlicePush",
    "TearModel",
    "TearingResult",
    "TearingSettings",
    "TreatedArea",
    "load_lateral_table",
    "scale_to_area",
    "tear",
]


def load_lateral_table(path: str | os.PathLike[str]) -> NDArray[np.float64]:
    """Line load of a needle against its offset by depth and diameter, for ``tear(..., lateral_table=...)``.

    Parameters
    ----------
    path
        A file of comma-separated values with the columns ``depth_mm, diameter_mm, offset_mm, load_N_per_mm``. Rows of
        one depth and diameter are one curve, whose last point is where the skin cuts. Every depth has the same
        diameters and every curve as many points.

    Returns
    -------
    numpy.ndarray
        (row, 4) depth [m], needle diameter [m], offset [m], line load [N/m].

    Raises
    ------
    DataError
        A gap, NaN, or an axis that does not rise; the message names the place.
    FileError
        The file cannot be read.
    """
    return _core.load_lateral_table(Path(path))


def scale_to_area(result: TearingResult, area: float) -> TreatedArea:
    """What a treated area has, from the patch of ``result``.

    Counts grow with the area. The longest chain grows with its logarithm: lengths above their upper quartile are taken
    as exponential, and the length is given that one chain of the area is expected to pass.

    Parameters
    ----------
    result
        Of :func:`tear`, on a wound whose channels have places.
    area
        [m^2] treated, up to 3.

    Returns
    -------
    TreatedArea
        ``slits`` and ``chains`` [1], ``slit_length`` and ``longest_chain`` [m].

    Raises
    ------
    ParameterError
        The area is out of range, or the result has no map.

    Notes
    -----
    Theory: ``docs/theory/tearing.md``, eq. 60.
    """
    need(result, TearingResult, "result")
    return _core.scale_to_area(result, number(area, "area"))


def tear(
    skin: Skin,
    device: Device,
    use: Use,
    wound: Wound,
    *,
    seed: int = 0,
    tear_model: str = "play",
    n_slices: int = 16,
    n_steps: int = 64,
    slice_push: str = "none",
    unstated_range: float = 2.0,
    lateral_stiffness: str = "held_rim",
    initial_slit: str = "lip_stretch",
    rolling_model: str = "torque_balance",
    dimple_depth: float = 0.0,
    tent_height: float = 0.0,
    lateral_table: ArrayLike | None = None,
) -> TearingResult:
    """Slits of every channel of ``wound``, for the device and use that made it.

    Parameters
    ----------
    skin, device, use
        What made the wound; the same as given to :func:`insert`.
    wound
        Channels, from ``insert(...).wound``.
    seed
        Of slip and side-slip from contact to contact.
    tear_model
        ``"play"``: the needle drags the skin until the slit follows; ``"none"``: nothing tears.
    n_slices, n_steps
        Depth slices of a contact; steps of its path with side-slip or yaw.
    slice_push
        ``"none"``: a round shank has no edge; ``"path_mean"``: axial sliding eases the cut.
    unstated_range
        Factor either side of an input whose range is not stated, for the band of the index.
    lateral_stiffness
        What holds the skin beside a needle: ``"held_rim"``, the next needle (the stiff end); ``"embedded"``, nothing
        but the layers themselves, as round a lone needle (the soft end).
    initial_slit
        How long the slit is that the tip cut: ``"lip_stretch"``, its stretched lips fit round the shank;
        ``"energy_minimum"``, the slit that costs a wedging needle least, two to three times shorter.
    rolling_model
        On what a free drum rolls: ``"torque_balance"`` of the stiffness of each depth and the friction of the axle,
        ``"uniform_brush"``, the closed form for equal stiffness and no friction.
    dimple_depth, tent_height
        [m] of the skin under a tip before it gives way, and of the skin that clings to a needle before it lets go.
    lateral_table
        (row, 4) depth [m], needle diameter [m], offset [m], line load [N/m], in place of the formulas for stiffness and
        cutting load; see :func:`load_lateral_table`.

    Returns
    -------
    TearingResult
        ``slit_length``, ``demand``, ``critical_offset`` (channel), ``tear_fraction``, ``risk_index`` with its
        ``risk_band``, and ``wound``: the wound with its slits.

    Notes
    -----
    The risk index ranks treatments; it is not the probability of a clinical tear.
    Theory and validity: ``docs/theory/tearing.md``.

    Examples
    --------
    >>> import libskin as ls
    >>> skin = ls.Skin.preset("face_cheek", age_years=70)
    >>> roller = ls.device("medical_roller_1.5")
    >>> use = ls.Rolling(force=3.0, speed=0.05, passes=15, slip=0.02)
    >>> r = ls.insert(skin, roller, use, n_needles=200, seed=1)
    >>> t = ls.tear(skin, roller, use, r.wound, seed=1)
    >>> t.risk_band[0] <= t.risk_index <= t.risk_band[1]
    True
    """
    need(skin, Skin, "skin")
    need(device, DEVICES, "device")
    need(use, USES, "use")
    need(wound, Wound, "wound")
    settings = TearingSettings(
        tear_model=choice(TearModel, tear_model, "tear_model"),
        slice_push=choice(SlicePush, slice_push, "slice_push"),
        n_slices=n_slices,
        n_steps=n_steps,
        unstated_range=number(unstated_range, "unstated_range"),
        lateral_stiffness=choice(LateralStiffness, lateral_stiffness, "lateral_stiffness"),
        initial_slit=choice(InitialSlit, initial_slit, "initial_slit"),
        rolling_model=choice(RollingModel, rolling_model, "rolling_model"),
        dimple_depth=number(dimple_depth, "dimple_depth"),
        tent_height=number(tent_height, "tent_height"),
        lateral_table=np.empty((0, 0)) if lateral_table is None else np.asarray(lateral_table, dtype=float),
    )
    return warned(_core.tear(skin, device, use, wound, whole(seed, "seed"), settings))
