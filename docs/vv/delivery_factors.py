"""The numbers that a delivery reads, each with its range and a way to change it, for make_delivery_sensitivity.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

import libskin as ls

DOSE = 0.02  # kg/m^2 of product
COMPARTMENTS = {
    "horny layer": ("stratum_corneum",),
    "epidermis": ("viable_epidermis",),
    "dermis": ("papillary_dermis", "reticular_dermis"),
    "blood and lymph": ("cleared",),
}
BELOW = ("viable_epidermis", "papillary_dermis", "reticular_dermis", "cleared")
COARSE = {"cells_per_layer": 28, "n_times": 3, "tolerance": 1e-4}
STEP = 0.1  # of a number without a stated range; logarithms, pH and pKa by 0.1 as they are
PLAIN = ("ph", "tissue_ph", "pka_acid", "pka_base", "log_partition")
QUANTILE = 1.645  # a stated deviation becomes the range that holds 90 %
BETWEEN_LABORATORIES = 0.7  # decades of permeability, the spread of case TC4
PERSON = 0.25  # of the depth that one person's needles reach (docs/theory/population.md)


@dataclass(frozen=True)
class Case:
    """One delivery: who, with which holes (none: intact), what, before or after the needles."""

    skin: ls.Skin
    wound: ls.Wound | None
    topical: ls.Topical
    when: str
    duration: float


@dataclass(frozen=True)
class Factor:
    name: str
    kind: str
    value: float
    lo: float
    hi: float
    stated: bool  # the data state a range; else lo and hi are a step up and down
    put: Callable[[Case, float], Case] = field(compare=False)


def deliver(case: Case, **numerics: float) -> ls.DeliveryResult:
    closure = None
    if case.wound is not None:
        product = case.topical
        irritancy = product.irritancy_class_before if case.when == "before" else product.irritancy_class_after
        closing = ls.recover(
            case.skin, case.wound, duration=case.duration, wetted=(0.0,), irritancy_class=irritancy, n_times=60
        )
        closure = closing.closure
    put_on = ls.Application(case.topical, when=case.when, dose=DOSE)
    return ls.deliver(case.skin, case.wound, put_on, closure=closure, duration=case.duration, **(numerics or COARSE))


def outputs(case: Case) -> np.ndarray:
    """Shares of the dose: below the horny layer, then compartment by compartment."""
    d = deliver(replace(case, skin=consistent(case.skin)))

    def share(names: tuple[str, ...]) -> float:
        return sum(float(d.amount[-1, d.compartment.index(name)]) for name in names) / d.dose

    return np.array([share(BELOW), *(share(names) for names in COMPARTMENTS.values())])


def consistent(skin: ls.Skin) -> ls.Skin:
    """Ranges that touch or overlap, kept in order as recovery_band keeps them."""
    b = skin.barrier
    if b.half_life_long >= b.half_life_short and b.early_recoil >= b.late_recoil:
        return skin
    b = b.replace(
        half_life_long=max(b.half_life_long, b.half_life_short), early_recoil=max(b.early_recoil, b.late_recoil)
    )
    return skin.replace(barrier=b)


def factors_of(case: Case) -> list[Factor]:
    return [*skin_factors(case), *product_factors(case), *law_factors(case), *wound_factors(case)]


def skin_factors(case: Case) -> Iterator[Factor]:
    def put(name: str) -> Callable[[Case, float], Case]:
        return lambda c, x: replace(c, skin=c.skin.replace(**{name: x}))

    for name, origin in case.skin.origins.items():
        group, _, key = name.rpartition(".")
        if group not in ("barrier", "solute_transport") and key != "thickness":
            continue
        holder = case.skin.layer(group) if key == "thickness" else getattr(case.skin, group)
        if key == "thickness" and holder.thickness_variation > 0.0:
            s = np.sqrt(np.log1p(holder.thickness_variation**2))
            middle = holder.thickness
            lo, hi = middle * np.exp(-QUANTILE * s), middle * np.exp(QUANTILE * s)
            yield Factor(name, origin.kind.name, middle, float(lo), float(hi), True, put(name))
        else:
            yield factor(name, getattr(holder, key), origin, put(name))


def product_factors(case: Case) -> Iterator[Factor]:
    def put(part: str, key: str) -> Callable[[Case, float], Case]:
        def apply(c: Case, x: float) -> Case:
            if part == "topical":
                return replace(c, topical=c.topical.replace(**{key: x}))
            return replace(c, topical=c.topical.replace(**{part: getattr(c.topical, part).replace(**{key: x})}))

        return apply

    for part, holder in (("topical", case.topical), ("vehicle", case.topical.vehicle), ("active", case.topical.active)):
        for key, origin in holder.origins.items():
            value = getattr(holder, key, None)
            exact = key == "molar_mass" and case.topical.active.solute_class.name == "small"  # chemistry
            if isinstance(value, float) and value != 0.0 and not exact and not key.startswith("irritan"):
                yield factor(f"{part}.{key}", value, origin, put(part, key))


def law_factors(case: Case) -> Iterator[Factor]:
    """What the laws in the code give where no measured value overrides them."""
    active = case.topical.active

    def put(key: str) -> Callable[[Case, float], Case]:
        return lambda c, x: replace(c, topical=c.topical.replace(active=c.topical.active.replace(**{key: x})))

    if active.permeability is None and active.solute_class.name == "small":
        # Laboratories differ by this much, and the chain from their middle as much.
        p, spread = chain_permeability(case), 10.0**BETWEEN_LABORATORIES
        yield Factor("law of permeability", "derived", p, p / spread, p * spread, True, put("permeability"))
    middle = outputs(case)
    for key, value in laws(active).items():
        if getattr(active, key) is None:
            # The same numbers as the code's, or this page would speak of another model.
            assert np.allclose(outputs(put(key)(case, value)), middle, rtol=1e-4, atol=1e-9), (active.id, key)
            name = f"law of {key.replace('_', ' ')}"
            kind = "derived" if active.solute_class.name == "small" else "recalled, uncertain"
            yield Factor(name, kind, value, (1.0 - STEP) * value, (1.0 + STEP) * value, False, put(key))


def laws(active: ls.Active) -> dict[str, float]:
    """m^2/s, m^2/s and 1: transport page 3.2 (small solutes) and 3.4 (hyaluronic acid)."""
    grams = 1e3 * active.molar_mass
    if active.solute_class.name == "hyaluronic_acid":
        fluid = 0.16e-10 * (grams / 1e5) ** -0.6
        return {"aqueous_diffusivity": fluid, "tissue_diffusivity": 0.1 * fluid, "tissue_partition": 0.5}
    atoms = 7.0 * (active.carbon + active.hydrogen + active.nitrogen + active.oxygen)
    volume = atoms - 7.0 * active.rings + 7.0 * active.double_bonds
    acid = 1.0 if active.pka_acid is None else 1.0 / (1.0 + 10.0 ** (7.4 - active.pka_acid))
    base = 1.0 if active.pka_base is None else 1.0 / (1.0 + 10.0 ** (active.pka_base - 7.4))
    neutral = 1.0 - (acid + base) + 2.0 * acid * base
    a, b = {"neutral": (0.5578, 0.0188), "base": (0.5578, 0.0188), "acid": (0.3127, 0.5121)}[active.compound_type.name]
    bound = a * np.exp(active.log_partition + np.log10(neutral))
    unbound = 1.0 - (bound + b) / (bound + 1.0 + b)
    binding = 0.68 + 0.32 / unbound + 0.001 * neutral * 10.0**active.log_partition
    free = 10.0 ** (-4.15 - 0.6555 * np.log10(grams)) + 0.32e-7 * (1.0 - unbound) / unbound
    return {
        "aqueous_diffusivity": 1.92e-8 * volume**-0.6,
        "tissue_diffusivity": float(1e-4 * free / binding),
        "tissue_partition": float(0.6 * binding),
    }


def wound_factors(case: Case) -> Iterator[Factor]:
    if case.wound is None:
        return
    deep = case.wound.channel_depth

    def depth(c: Case, x: float) -> Case:
        return replace(c, wound=c.wound.replace(channel_depth=x * deep))

    def density(c: Case, x: float) -> Case:
        return replace(c, wound=c.wound.replace(area=c.wound.area / x))

    yield Factor("depth of the holes", "computed", 1.0, 1.0 - PERSON, 1.0 + PERSON, True, depth)
    yield Factor("holes per area", "computed", 1.0, 1.0 - STEP, 1.0 + STEP, False, density)


def factor(name: str, value: float, origin: ls.Origin, put: Callable[[Case, float], Case]) -> Factor:
    kind = origin.kind.name + (", uncertain" if origin.uncertain else "")
    if np.isfinite(origin.lo) and np.isfinite(origin.hi) and origin.hi > origin.lo:
        return Factor(name, kind, value, origin.lo, origin.hi, True, put)
    if np.isfinite(origin.sd) and origin.sd > 0.0:
        reach = QUANTILE * origin.sd
        return Factor(name, kind, value, max(value - reach, 0.01 * value), value + reach, True, put)
    step = STEP if name.rpartition(".")[2] in PLAIN else STEP * abs(value)
    return Factor(name, kind, value, value - step, value + step, False, put)


def chain_permeability(case: Case) -> float:
    """m/s of the non-ionised form: that of a product whose pH leaves nothing ionised."""
    acid = case.topical.active.pka_acid is not None
    neutral = case.topical.replace(vehicle=case.topical.vehicle.replace(ph=0.0 if acid else 14.0))
    return ls.deliver(
        case.skin, None, ls.Application(neutral, dose=DOSE), duration=case.duration, **COARSE
    ).permeability
