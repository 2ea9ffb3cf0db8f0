"""Where a topical goes: through intact stratum corneum and through closing channels."""

from __future__ import annotations

from collections.abc import Sequence

from libskin import _core
from libskin._choice import choice, need, number
from libskin._core import (
    Application,
    BaseCondition,
    ChannelShape,
    Closure,
    DeliveryModel,
    DeliveryResult,
    DeliverySettings,
    Exposure,
    Skin,
    Wound,
)
from libskin._warn import warned

__all__ = [
    "BaseCondition",
    "ChannelShape",
    "DeliveryModel",
    "DeliveryResult",
    "DeliverySettings",
    "Exposure",
    "deliver",
]


def deliver(
    skin: Skin,
    wound: Wound | None,
    application: Application,
    *,
    duration: float,
    closure: Closure | None = None,
    model: str = "dual_porosity",
    base: str = "no_flux",
    channel_shape: str = "needle_outline",
    cells_per_layer: int = 40,
    n_times: int = 101,
    tolerance: float = 1.0e-5,
    times: Sequence[float] = (),
) -> DeliveryResult:
    """One product on needled skin, or on intact skin, until ``duration`` after the first strike.

    Parameters
    ----------
    skin
        Layers, outermost first.
    wound
        Channels; ``None``: intact skin.
    application
        The product, when and how much of it is put on.
    duration
        Since the first strike, s.
    closure
        How the channels close, from ``recover(...).closure``; ``None``: they stay as they are.
    model
        ``"layered"``: pores as conductances in parallel; ``"dual_porosity"``: a column with channels as fins;
        ``"unit_cell"``: each channel resolved in its own cylinder of tissue, on two grids; ``"slit"``: the same with
        torn channels as long as their slits; ``"none"``: nothing leaves the surface.
    base
        ``"no_flux"``: living skin on its bed, with clearance; ``"sink"``: an empty receptor, in vitro.
    channel_shape
        ``"needle_outline"``: the needle's own profile, narrowed to the mouth of the channel; ``"cylinder"``.
    cells_per_layer, n_times, tolerance
        Finite volumes in each layer (40 stands for the standard grid of a unit cell); output times; relative tolerance
        of the time stepper.
    times
        Output times of your own choice, s since the first strike, increasing, from when the product is first put on to
        ``duration``; then ``n_times`` is not used. What :func:`assess` reads is known at these times only.

    Returns
    -------
    DeliveryResult
        ``amount`` (time, compartment), ``concentration`` (time, depth), ``flux``, ``cumulative``,
        ``penetration_depth(share)``, ``time_above(layer, threshold)``, ``lag_time()``, ``bioavailability()``,
        ``undissolved`` and ``film_thickness`` (time), ``mass_balance_error``; ``exposure`` for :func:`assess`. With
        ``"unit_cell"`` and ``"slit"`` also ``error_estimate`` (compartment) and ``section`` (time, section_radius,
        section_depth) around one channel; ``field_around(x, y)`` is that field in space (time, x, y, section_depth), x
        along a slit and y across it.

    Raises
    ------
    ParameterError
        What does not fit, by name: no product, a concentration above the product's solubility without a stated solid,
        output times or times of putting on again that do not increase, a closure that opens again or belongs to another
        wound, channels wider than their cells, deeper than the skin, or that cover more than half of it.
    SolverError
        A step fails: time, layer, length and what was tried.

    Notes
    -----
    Theory and validity: ``docs/theory/transport.md``.

    Examples
    --------
    >>> import libskin as ls
    >>> from libskin.units import hour
    >>> skin = ls.Skin.preset("forearm_volar")
    >>> serum = ls.Application(ls.topical("niacinamide_serum"), when="after", dose=0.02)
    >>> intact = ls.deliver(skin, None, serum, duration=2 * hour)
    >>> intact.delivered > 0.0, intact.mass_balance_error < 1e-6
    (True, True)
    """
    need(skin, Skin, "skin")
    need(application, Application, "application")
    if wound is None:
        wound = _core.intact_skin()
    need(wound, Wound, "wound")
    if closure is None:
        closure = Closure()
    need(closure, Closure, "closure")
    settings = DeliverySettings(
        model=choice(DeliveryModel, model, "model"),
        base=choice(BaseCondition, base, "base"),
        channel_shape=choice(ChannelShape, channel_shape, "channel_shape"),
        cells_per_layer=cells_per_layer,
        n_times=n_times,
        tolerance=number(tolerance, "tolerance"),
        times=[number(t, "times") for t in times],
    )
    return warned(_core.deliver(skin, wound, application, closure, number(duration, "duration"), settings))
