"""How a roller's drag, or a pen's glide, tears the skin that its needles are in."""

from __future__ import annotations

from libskin import _core
from libskin._choice import choice, need, number, whole
from libskin._core import Skin, SlicePush, TearingResult, TearingSettings, TearModel, Wound
from libskin._device import DEVICES, USES, Device, Use
from libskin._warn import warned

__all__ = ["SlicePush", "TearModel", "TearingResult", "TearingSettings", "tear"]


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
    )
    return warned(_core.tear(skin, device, use, wound, whole(seed, "seed"), settings))
