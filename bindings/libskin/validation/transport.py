"""Predictions of the transport cases (TRN-X21 to TRN-X27): TC1 to TC7 of the physics page."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from libskin import _core
from libskin._core import (
    Active,
    Application,
    BaseCondition,
    Closure,
    DeliveryModel,
    DeliveryResult,
    DeliverySettings,
    Gliding,
    InsertionSettings,
    Interval,
    Needle,
    RecoverySettings,
    Rolling,
    Skin,
    Topical,
    Vehicle,
    Wound,
)
from libskin.units import day, hour, minute, um
from libskin.validation.recovery import holes
from libskin.validation.runner import Prediction, Predictor, World

__all__ = ["PREDICT", "copper_and_peptide", "deliver", "dextran_spread", "finite_dose", "forearm", "ink", "naltrexone",
           "permeability", "rate"]  # fmt: skip

SEED = 11  # of the strikes


def ratio(a: float, b: float) -> float:
    return a / b if b else math.nan


def deliver(world: World, skin: Skin, wound: Wound | None, application: Application, closure: Closure | None,
            duration: float, **fixed: Any) -> DeliveryResult:  # fmt: skip
    """``deliver`` with the choices of the variant."""
    times = fixed.pop("times", ())
    settings = world.settings("transport", DeliverySettings, **fixed).replace(times=times)
    channels = _core.intact_skin() if wound is None else wound
    return _core.deliver(skin, channels, application, closure or Closure(), duration, settings)


def close(
    world: World, skin: Skin, wound: Wound, duration: float, covered: bool = False, dead: bool = False
) -> Closure:
    """How the channels close; dead skin only recoils."""
    fixed: dict[str, Any] = (
        {"closure_model": "recoil"} if dead and "recovery.closure_model" not in world.variant.choices else {}
    )
    settings = world.settings("recovery", RecoverySettings, **fixed)
    settings = settings.replace(occluded=[Interval(0.0, duration)] if covered else [])
    return _core.recover(skin, wound, duration, settings).closure


def column(d: DeliveryResult, name: str) -> np.ndarray:
    """Amount of one compartment over time, kg/m^2."""
    return np.asarray(d.amount)[:, d.compartment.index(name)]


def rate(d: DeliveryResult, name: str = "cleared") -> tuple[np.ndarray, np.ndarray]:
    """Middles between output times and how fast a compartment fills there, kg/(m^2 s)."""
    time = np.asarray(d.time)
    return 0.5 * (time[1:] + time[:-1]), np.diff(column(d, name)) / np.diff(time)


def thick(skin: Skin, **thickness: float) -> Skin:
    """``skin`` with layers of stated thickness."""
    layers = [
        layer.replace(thickness=thickness[layer.name]) if layer.name in thickness else layer for layer in skin.layers
    ]
    return skin.replace(layers=layers)


# ------------------------------------------------------- TRN-X21 (TC1), GHK-Cu through pretreated skin

CELL_HOURS = (1.0, 3.0, 6.0, 9.0)


def copper_and_peptide(world: World, hours: tuple[float, ...] = CELL_HOURS) -> dict[str, np.ndarray]:
    """Copper and peptide in the receptor of a cell over time, kg; two solutes that share the channels."""
    area, times = world["cell_area"], tuple(h * hour for h in hours)
    above = sum(layer.thickness for layer in world.skin().layers[:3])
    skin = thick(world.skin(), reticular_dermis=max(world["thickness"] - above, 20 * um))
    mouth = world["mouth_radius"]
    needle = Needle(length=world["length"], shaft_radius=mouth, tip_radius=4 * um, taper_length=world["length"])
    pretreated = holes(needle, world["depth"], mouth, round(world["count"]), area, skin.barrier.early_recoil)
    closure = close(world, skin, pretreated, times[-1], dead=True)
    ghk = _core.active("ghk")
    carriers = {"copper": (ghk.replace(id="ghk_cu", molar_mass=world["complex_mass"]), world["copper"]),
                "peptide": (ghk, world["peptide"])}  # fmt: skip
    through = {}
    for name, (active, load) in carriers.items():
        donor = Topical(active, concentration=load / world["donor_volume"], vehicle=_core.vehicle("saline"))
        dose = world["donor_volume"] / area * donor.vehicle.density
        put_on = Application(topical=donor, when="after", dose=dose, occluded=True)
        d = deliver(world, skin, pretreated, put_on, closure, times[-1], base=BaseCondition.sink, times=times)
        through[name] = area * column(d, "receptor")
    return through


def exponent(times: tuple[float, ...], amount: np.ndarray) -> float:
    return float(np.polyfit(np.log(times), np.log(amount), 1)[0])


def pretreated_skin(world: World) -> Prediction:
    predicted: dict[str, float] = {}
    for name, amount in copper_and_peptide(world).items():
        for h, q in zip(CELL_HOURS, amount, strict=True):
            predicted[f"{name}_{h:g}h"] = float(q)
            predicted[f"{name}_share_{h:g}h"] = float(q / amount[-1])
        predicted[f"{name}_exponent"] = exponent(CELL_HOURS, amount)
    return predicted


# ------------------------------------------------------------------ TRN-X22 (TC2), before against after


def ink(world: World, tool: str, when: str, length: float, hours: tuple[float, ...] = (1.0, 3.0)) -> np.ndarray:
    """Depth above which 95 % of the ink in living skin lies, m, in excised skin, which neither bleeds nor heals."""
    skin = world.skin().replace(**{"solute_transport.bleed_share": 0.0})
    device: Any
    use: Any
    if tool == "pen":
        device, use = _core.device("medical_pen_1.5"), Gliding()
        device = device.replace(
            protrusion=length, needle=device.needle.replace(length=max(device.needle.length, length))
        )
    else:
        device, use = _core.device("medical_roller_1.5"), Rolling()
        taper = min(device.needle.taper_length, length)
        device = device.replace(needle=device.needle.replace(length=length, taper_length=taper))
    struck = _core.insert_device(skin, device, use, SEED, InsertionSettings())
    times = tuple(h * hour for h in hours)
    closure = close(world, skin, struck.wound, times[-1], dead=True)
    put_on = Application(topical=_core.topical("black_ink"), when=when)
    d = deliver(world, skin, struck.wound, put_on, closure, times[-1], base=BaseCondition.sink, cells_per_layer=20,
                times=times)  # fmt: skip
    return np.asarray(d.penetration_depth(0.95))


def before_and_after(world: World) -> Prediction:
    """The least of every ratio over four lengths; a draw has one length of its own."""
    low, high = world.case.setup["length"].lo, world.case.setup["length"].hi
    lengths = [float(x) for x in np.linspace(low, high, 4)] if world.nominal else [world["length"]]
    ratios: dict[str, list[float]] = {}
    for length in lengths:
        depth = {
            (tool, when): ink(world, tool, when, length) for tool in ("pen", "roller") for when in ("before", "after")
        }
        first = depth["pen", "before"]
        for k, h in enumerate(("1h", "3h")):
            ratios.setdefault(f"pen_after_{h}", []).append(float(first[k] / depth["pen", "after"][k]))
            ratios.setdefault(f"roller_before_{h}", []).append(float(first[k] / depth["roller", "before"][k]))
            ratios.setdefault(f"roller_after_{h}", []).append(float(first[k] / depth["roller", "after"][k]))
        ratios.setdefault("grows", []).append(float(first[1] / first[0]))
    return {name: min(values) for name, values in ratios.items()}


# ----------------------------------------------------------------------- TRN-X23 (TC3), naltrexone


def naltrexone(world: World, needled: bool, times: tuple[float, ...]) -> DeliveryResult:
    """A patch on needled or intact skin, covered."""
    skin, area = world.skin(), world["patches"] * world["patch_area"]
    gel = Vehicle(ph=world["gel_ph"], bulk_viscosity=world["gel_viscosity"], polymer_fraction=world["gel_polymer"])
    patch = Application(
        topical=Topical(_core.active("naltrexone"), concentration=world["strength"], vehicle=gel),
        when="after", dose=world["gel_thickness"] * gel.density, occluded=True,
    )  # fmt: skip
    if not needled:
        return deliver(world, skin, None, patch, None, times[-1], times=times)
    mouth = world["pore_radius"] / skin.barrier.late_recoil
    needle = Needle(length=world["length"], shaft_radius=mouth, tip_radius=4 * um, taper_length=world["length"])
    pores = holes(needle, world["pore_depth"], mouth, round(world["pores"]), area, skin.barrier.early_recoil)
    closure = close(world, skin, pores, times[-1], covered=True)
    return deliver(world, skin, pores, patch, closure, times[-1], times=times)


PATCH_TIMES = tuple(float(t) for t in (0.0, *np.linspace(0.25, 4.0, 16) * hour, *np.arange(5.0, 72.5, 1.0) * hour))


def plasma(world: World, needled: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Times and plasma level, kg/m^3, at which clearance keeps up with what blood takes from the skin."""
    t, flow = rate(naltrexone(world, needled, PATCH_TIMES))
    return t, flow * world["patches"] * world["patch_area"] / world["clearance"]


def patch(world: World) -> Prediction:
    t, level = plasma(world)
    _, passive = plasma(world, needled=False)
    steady = float(np.mean(level[(t > 2 * hour) & (t < 48 * hour)]))
    kept = np.flatnonzero(level >= 0.5 * level.max())
    return {
        "rise": float(t[int(np.flatnonzero(level >= 0.75 * level.max())[0])]),
        "kept": float(t[int(kept[-1])]),
        "level": steady,
        "passive": ratio(float(np.mean(passive[(t > 2 * hour) & (t < 48 * hour)])), steady),
    }


# ----------------------------------------------------------- TRN-X24 (TC4), permeability of intact skin


COUNTS = ("carbon", "hydrogen", "nitrogen", "oxygen", "rings", "double_bonds")


def molecule(world: World, row: str) -> Active:
    """A molecule of the case's own table."""
    datum = world.datum(row)
    members: dict[str, Any] = {name: int(datum.number(name)) for name in COUNTS}
    if datum["pka_base"]:
        members |= {"pka_base": datum.number("pka_base"), "compound_type": "base"}
    return Active(
        id=datum["solute"],
        molar_mass=1e-3 * datum.number("molar_mass"),
        log_partition=datum.number("log_partition"),
        **members,
    )


def permeability(world: World, active: Active, ph: float = 7.4, skin: Skin | None = None,
                 base: BaseCondition = BaseCondition.sink, hydrated: bool = True) -> float:  # fmt: skip
    """Flux into intact skin over the concentration of the donor when it is steady, m/s.

    Solid keeps the donor at its strength for as long as it takes, a thousandth of what is there.
    """
    dissolved = 1e-3
    donor = Topical(active, concentration=1.0, solubility=dissolved, suspended=1.0 - dissolved, vehicle=Vehicle(ph=ph))
    put_on = Application(topical=donor, when="after", dose=10.0, occluded=hydrated)
    d = deliver(world, skin or world.skin(), None, put_on, None, 60.0 * day, base=base, n_times=3)
    return float(d.flux[-1]) / dissolved


SHIPPED = {"caffeine": 7.4, "aminolevulinic_acid": 7.4}
SERIES = {
    "lidocaine": {"10": 10.0, "7_8": 7.8, "6": 6.0, "4": 4.0},
    "salicylic_acid": {"2_5": 2.5, "3": 3.0, "7_4": 7.4},
    "fentanyl": {"9_04": 9.04, "8_52": 8.52, "7_95": 7.95, "7_43": 7.43, "6_95": 6.95, "6_02": 6.02, "5_08": 5.08,
                 "2_88": 2.88},
}  # fmt: skip
TABLE = {"testosterone": "TS01", "butoxyethanol": "TS03", "mannitol": "TS05", "sucrose": "TS06", "urea": "TS07",
         "water": "TS08"}  # fmt: skip


def intact_skin(world: World) -> Prediction:
    predicted = {name: permeability(world, _core.active(name), ph) for name, ph in SHIPPED.items()}
    predicted |= {name: permeability(world, molecule(world, row)) for name, row in TABLE.items()}
    predicted["diclofenac"] = permeability(world, _core.active("diclofenac"), world["diclofenac_ph"])
    for name, series in SERIES.items():
        active = molecule(world, "TS02") if name == "fentanyl" else _core.active(name)
        predicted |= {f"{name}_{key}": permeability(world, active, ph) for key, ph in series.items()}
    return predicted


# ------------------------------------------------------------------------ TRN-X25 (TC5), dextran spread


def dextran_spread(world: World, name: str) -> dict[str, float]:
    """How a hole full of dextran spreads, by layer: the diffusivity of its flank, m^2/s, and the distance within which
    half of it lies, m, at the start and after 30 min.

    The flank of what was let go in a line is exp(-r^2/(4 D t)): 4 D is how much the inverse of its slope over r^2 grows
    in a time, whenever it was let go.
    """
    skin, radius = world.skin(), world["hole_radius"]
    needle = Needle(length=world["depth"], shaft_radius=radius, tip_radius=4 * um, taper_length=1 * um)
    hole = holes(needle, world["depth"], radius / skin.barrier.late_recoil, 1, math.pi * world["room"] ** 2,
                 skin.barrier.late_recoil)  # fmt: skip
    dextran = Topical(_core.active(name), concentration=1.0, vehicle=_core.vehicle("saline"))
    put_on = Application(topical=dextran, when="before", dose=0.1, wiped_after=0.1)
    skin = skin.replace(**{"solute_transport.bleed_share": 0.0})
    seen = (15 * minute, 30 * minute)
    d = deliver(world, skin, hole, put_on, None, seen[1], base=BaseCondition.sink, channel_shape="cylinder",
                model=DeliveryModel.unit_cell, times=(0.0, *seen))  # fmt: skip
    centre, depth = np.asarray(d.section_radius), np.asarray(d.section_depth)
    edge = [0.0]
    for r in centre:
        edge.append(2.0 * float(r) - edge[-1])
    ring = np.diff(np.square(edge))
    heights = [0.0]
    for z in depth:
        heights.append(2.0 * float(z) - heights[-1])
    tops = np.concatenate([[0.0], np.cumsum([layer.thickness for layer in skin.layers])])
    result: dict[str, float] = {}
    for layer, top, bottom in (("epidermis", tops[1], tops[2]), ("dermis", tops[2], world["depth"])):
        rows = (depth > top) & (depth < bottom)
        mean = np.asarray(d.section)[:, :, rows] @ np.diff(heights)[rows] / np.diff(heights)[rows].sum()  # (time, ring)
        inverse = []
        for profile in mean[1:]:
            wall = float(np.interp(2.0 * radius, centre, profile))
            flank = (centre > 2.0 * radius) & (profile > 0.01 * wall)
            square = np.square(centre[flank] / um)
            inverse.append(-(um**2) / np.polyfit(square, np.log(profile[flank]), 1)[0])
        result[layer] = float((inverse[1] - inverse[0]) / (4.0 * (seen[1] - seen[0])))
        share = np.cumsum(mean * ring, axis=1) / (mean * ring).sum(axis=1)[:, None]
        result[f"{layer}_half_first"], result[f"{layer}_half"] = (
            float(np.interp(0.5, share[k], edge[1:])) for k in (0, 2)
        )
    return result


def dextrans(world: World) -> Prediction:
    light, middle = (dextran_spread(world, name) for name in ("dextran_70", "dextran_500"))
    junction = {name: _core.active(name).junction_diffusivity or math.nan for name in ("dextran_70", "dextran_500")}
    return {
        "epidermis_70": light["epidermis"],
        "dermis_70": light["dermis"],
        "epidermis_500": middle["epidermis"],
        "junction_70": junction["dextran_70"],
        "junction_500": junction["dextran_500"],
        "slowest": max(
            ratio(junction["dextran_70"], light["epidermis"]), ratio(junction["dextran_500"], middle["epidermis"])
        ),
        "spread": min(ratio(s["dermis_half"], s["dermis_half_first"]) for s in (light, middle)),
    }


# ------------------------------------------------------- TRN-X26 (TC6), finite doses of the source model

ROOM, SKIN = 298.15, 303.15  # K, of the densities, and of the source's skin
NEUTRAL = 12.0  # pH at which the one base of the four, pKa 8.9, is not ionised


def density_at_skin(density: float, boiling: float, group: float) -> float:
    """Of a liquid, kg/m^3, from one at 25 degC (transport page 3.6); ``boiling`` in K."""
    return float(density * ((3.0 * boiling - 2.0 * SKIN) / (3.0 * boiling - 2.0 * ROOM)) ** group)


def source_skin(world: World, hydrated: bool, dermis: float) -> Skin:
    """Layers of the source: 43 or 13 um, 100 um, dermis; blood takes up from the junction on, no lymph."""
    barrier = world["hydrated_barrier"] if hydrated else world["partial_barrier"]
    skin = thick(world.skin(), stratum_corneum=barrier, viable_epidermis=world["epidermis"],
                 papillary_dermis=0.5 * dermis, reticular_dermis=0.5 * dermis)  # fmt: skip
    return skin.replace(**{
        "solute_transport.temperature": SKIN,
        "solute_transport.clearance_onset": 0.0,
        "solute_transport.lymph_rate": 0.0,
    })  # fmt: skip


def finite_dose(world: World, name: str) -> DeliveryResult:
    """Testosterone in water that dries; 2-butoxyethanol and DPGME neat, covered: a liquid that is its own solid."""
    if name == "testosterone":
        active = molecule(world, "TS01").replace(pure_density=world["testosterone_density"])
        solubility = world["testosterone_solubility"] * 10.0 ** (0.01 * (SKIN - 308.15))
        volume = world["testosterone_volume"]
        strength = world["testosterone_dose"] / volume
        vehicle = Vehicle(volatile_fraction=1.0, evaporation_flux=world["drying"], soaked_share=world["soaked"])
        drop = Topical(active, concentration=strength, vehicle=vehicle, solubility=solubility,
                       suspended=max(0.0, strength - solubility))  # fmt: skip
        put_on = Application(topical=drop, when="after", dose=volume * vehicle.density)
        skin, duration = source_skin(world, False, world["thin_dermis"]), 24 * hour
    else:
        row, dermis, hours = {"butoxyethanol": ("TS03", "thin_dermis", 24.0), "dpgme": ("TS04", "dermis", 8.0)}[name]
        density = density_at_skin(world[f"{name}_density"], world[f"{name}_boiling"], world["density_group"])
        active = molecule(world, row).replace(pure_density=density)
        warmer = SKIN - world[f"{name}_solubility_at"]
        solubility = min(world[f"{name}_solubility"] * 10.0 ** (0.01 * warmer), density)
        neat = Topical(active, concentration=density, solubility=solubility, suspended=density)
        put_on = Application(topical=neat, when="after", dose=world[f"{name}_dose"] * neat.vehicle.density / density,
                             occluded=True)  # fmt: skip
        skin, duration = source_skin(world, True, world[dermis]), hours * hour
    return deliver(world, skin, None, put_on, None, duration, n_times=401)


SOURCE = (
    ("dpgme", "TS04", True, "dermis"),
    ("testosterone", "TS01", False, "thin_dermis"),
    ("fentanyl", "TS02", True, "dermis"),
    ("butoxyethanol", "TS03", True, "thin_dermis"),
)


def source_model(world: World) -> Prediction:
    predicted: dict[str, float] = {}
    for name, row, hydrated, dermis in SOURCE:
        skin = source_skin(world, hydrated, world[dermis])
        for whose, ph in (("kp", NEUTRAL), ("kp_seen", 7.4)):  # the programs print that of the non-ionised form
            predicted[f"{name}_{whose}"] = permeability(
                world, molecule(world, row), ph, skin, BaseCondition.no_flux, hydrated
            )
        predicted[f"{name}_kp_cdc"] = predicted[f"{name}_kp"]
    for name in ("testosterone", "butoxyethanol", "dpgme"):
        d = finite_dose(world, name)
        absorbed, fastest = float(column(d, "cleared")[-1]), float(rate(d)[1].max())
        predicted |= {f"{name}_dose": absorbed, f"{name}_dose_seen": absorbed,
                      f"{name}_rate": fastest, f"{name}_rate_seen": fastest}  # fmt: skip
    return predicted


# --------------------------------------------------------------- TRN-X27 (TC7), caffeine on the forearm


def forearm(world: World, times: tuple[float, ...] = (6 * hour,)) -> DeliveryResult:
    """Caffeine in a drop of acetone that dries on open skin."""
    acetone = Vehicle(density=world["acetone_density"], volatile_fraction=1.0, evaporation_flux=world["drying"],
                      soaked_share=world["soaked"])  # fmt: skip
    strength = world["dose"] / world["drop"]
    drop = Topical(_core.active("caffeine"), concentration=strength, vehicle=acetone, solubility=world["solubility"])
    put_on = Application(topical=drop, when="after", dose=world["drop"] * acetone.density)
    return deliver(world, world.skin(), None, put_on, None, times[-1], times=times)


def caffeine(world: World) -> Prediction:
    d = forearm(world)
    living = sum(column(d, layer.name)[-1] for layer in world.skin().layers[1:4])
    emulsion = permeability(world, _core.active("caffeine"), 7.4, None, BaseCondition.no_flux, hydrated=False)
    return {
        "absorbed": float((column(d, "cleared")[-1] + living) / d.dose),
        "left_in_barrier": float(column(d, "stratum_corneum")[-1] / d.dose),
        "permeability": emulsion,
    }


PREDICT: dict[str, Predictor] = {
    "TRN-X21": pretreated_skin,
    "TRN-X22": before_and_after,
    "TRN-X23": patch,
    "TRN-X24": intact_skin,
    "TRN-X25": dextrans,
    "TRN-X26": source_model,
    "TRN-X27": caffeine,
}
