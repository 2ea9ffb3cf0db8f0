"""How a roller's drag, or a pen's glide, tears the skin that its needles are in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from libskin import _core
from libskin._choice import choice, need, number, whole
from libskin._core import (
    InitialSlit,
    LateralStiffness,
    NeedlePath,
    NeedlePathSettings,
    Roller,
    Rolling,
    RollingModel,
    Skin,
    SlicePush,
    StrokeEnds,
    TearingResult,
    TearingSettings,
    TearModel,
    TreatedArea,
    Wound,
)
from libskin._device import DEVICES, USES, Device, Use
from libskin._warn import warned

if TYPE_CHECKING:
    import xarray as xr

__all__ = [
    "InitialSlit", "LateralStiffness", "NeedlePath", "NeedlePathSettings", "RollingModel", "SlicePush",
    "StrokeEnds", "TearModel", "TearingResult", "TearingSettings", "TreatedArea", "load_lateral_table",
    "needle_path", "scale_to_area", "tear", "tear_grid",
]  # fmt: skip


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
    band_draws: int = 128,
    reference_length: float = 2.0e-4,
    stroke_ends: str = "pressed",
    capture_radius: float = 0.0,
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
    band_draws
        Parameter sets drawn for that band.
    reference_length
        Needle length (m) from which the share of ``length`` in the index counts.
    stroke_ends
        ``"pressed"``: contacts at touchdown and lift are cut short as the drum comes down and goes; ``"ignored"``.
    capture_radius
        In needle diameters: within it a needle slides into an older hole; 0: never.
    lateral_stiffness
        What holds the skin beside a needle: ``"held_rim"``, the next needle; ``"embedded"``, nothing
        but the layers themselves, as round a lone needle (softer dermis, stiffer epidermis).
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
        90 % ``risk_band`` and its ``risk_causes``, and ``wound``: the wound with its slits. ``words`` says it in
        sentences.

    Notes
    -----
    The risk index ranks treatments; it is not the probability of a clinical tear. It is a prediction without direct
    data: ``libskin validate tearing`` prints the experiments that would settle it.
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
        band_draws=band_draws,
        reference_length=number(reference_length, "reference_length"),
        stroke_ends=choice(StrokeEnds, stroke_ends, "stroke_ends"),
        capture_radius=number(capture_radius, "capture_radius"),
        lateral_stiffness=choice(LateralStiffness, lateral_stiffness, "lateral_stiffness"),
        initial_slit=choice(InitialSlit, initial_slit, "initial_slit"),
        rolling_model=choice(RollingModel, rolling_model, "rolling_model"),
        dimple_depth=number(dimple_depth, "dimple_depth"),
        tent_height=number(tent_height, "tent_height"),
        lateral_table=np.empty((0, 0)) if lateral_table is None else np.asarray(lateral_table, dtype=float),
    )
    return warned(_core.tear(skin, device, use, wound, whole(seed, "seed"), settings))


def needle_path(
    skin: Skin,
    roller: Roller,
    use: Rolling,
    depth: float,
    *,
    n_steps: int = 181,
    n_slices: int = 41,
    heading: float = 0.0,
    ring_offset: float = 0.0,
    lateral_stiffness: str = "held_rim",
    rolling_model: str = "torque_balance",
    dimple_depth: float = 0.0,
    tent_height: float = 0.0,
    lateral_table: ArrayLike | None = None,
) -> NeedlePath:
    """Where one needle of a roller is while it is in the skin, and what it drags along.

    Parameters
    ----------
    skin, roller, use
        Mean slip, side-slip and yaw rate of ``use`` count, without their scatter.
    depth
        Where the tip gets at its deepest (m), up to the needle's length.
    n_steps, n_slices
        Equal steps of the needle angle from entry to exit; depths from the surface to the deepest point.
    heading
        Of the roll from the Langer lines (rad).
    ring_offset
        Of the needle's ring from the middle of the drum (m); counts when the roller turns.
    lateral_stiffness, rolling_model, dimple_depth, tent_height, lateral_table
        As for :func:`tear`.

    Returns
    -------
    NeedlePath
        ``angle``, ``axle_x``, ``tip_x``, ``tip_y``, ``tip_depth`` (step); ``axis_x``, ``front_x`` and their ``_y``
        (step, slice), NaN where the needle is not that deep; ``demand``, ``critical_offset``, ``slit_extent``
        (slice), lengths in m; ``slip_stiffness`` and ``ploughing_force`` of the whole drum in N.

    Notes
    -----
    Exact kinematics of a rigid drum on flat skin: ``docs/theory/tearing.md``, equations 1 to 9 and 28 to 31.

    Examples
    --------
    >>> import libskin as ls
    >>> skin, roller = ls.Skin.preset("face_cheek"), ls.device("medical_roller_1.5")
    >>> path = ls.needle_path(skin, roller, ls.Rolling(side_slip=0.1), depth=0.5e-3)
    >>> bool(path.demand[0] > path.demand[20])
    True
    """
    need(skin, Skin, "skin")
    need(roller, Roller, "roller")
    need(use, Rolling, "use")
    tearing = TearingSettings(
        lateral_stiffness=choice(LateralStiffness, lateral_stiffness, "lateral_stiffness"),
        rolling_model=choice(RollingModel, rolling_model, "rolling_model"),
        dimple_depth=number(dimple_depth, "dimple_depth"),
        tent_height=number(tent_height, "tent_height"),
        lateral_table=np.empty((0, 0)) if lateral_table is None else np.asarray(lateral_table, dtype=float),
    )
    settings = NeedlePathSettings(
        n_steps=n_steps, n_slices=n_slices, heading=number(heading, "heading"),
        ring_offset=number(ring_offset, "ring_offset"),
    )  # fmt: skip
    return _core.needle_path(skin, roller, use, number(depth, "depth"), tearing, settings)


def tear_grid(
    preset: str,
    roller: Roller,
    use: Rolling,
    ages: Sequence[float] | NDArray[np.float64],
    side_slips: Sequence[float] | NDArray[np.float64],
    *,
    n_needles: int = 200,
    seed: int = 0,
    **person: Any,
) -> xr.Dataset:
    """Tear index, band and torn share of one roller over age and side-slip.

    Parameters
    ----------
    preset
        Skin of everybody, for example ``"face_cheek"``; ``person`` may add ``sex=``, ``photo_damage=``, ...
    roller, use
        The side-slip of ``use`` is replaced by each of ``side_slips`` (rad).
    n_needles, seed
        Strikes followed at each age, and what their random numbers start from.

    Returns
    -------
    xarray.Dataset
        ``risk_index``, ``risk_low``, ``risk_high``, ``tear_fraction`` over (age, side_slip).

    Examples
    --------
    >>> import libskin as ls
    >>> roller = ls.device("medical_roller_1.5")
    >>> ds = ls.tear_grid("face_cheek", roller, ls.Rolling(), [30, 75], [0.0, 0.1], n_needles=20)
    >>> bool(ds.risk_index[1, 1] > ds.risk_index[0, 0])
    True
    """
    import xarray as xr

    from libskin.insertion import insert

    need(roller, Roller, "roller")
    need(use, Rolling, "use")
    names = ("risk_index", "risk_low", "risk_high", "tear_fraction")
    age, side_slip = np.asarray(ages, dtype=float), np.asarray(side_slips, dtype=float)
    table = np.zeros((len(names), len(age), len(side_slip)))
    for i, years in enumerate(age):
        skin = Skin.preset(preset, age_years=float(years), **person)
        wound = insert(skin, roller, use, n_needles=n_needles, seed=seed).wound
        for j, angle in enumerate(side_slip):
            t = tear(skin, roller, use.replace(side_slip=float(angle)), wound, seed=seed)
            table[:, i, j] = [getattr(t, name) for name in names]
    fields = TearingResult._fields
    data = {
        name: xr.Variable(("age", "side_slip"), table[k], {"units": "1", "long_name": fields[name][2]})
        for k, name in enumerate(names)
    }
    coords = {
        "age": xr.Variable("age", age, {"units": "1", "long_name": "age in years"}),
        "side_slip": xr.Variable("side_slip", side_slip, {"units": "rad", "long_name": "side-slip"}),
    }
    return xr.Dataset(data, coords=coords, attrs={"skin": preset, "device": roller.id})
