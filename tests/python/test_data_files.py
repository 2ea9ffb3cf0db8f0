"""The shipped data files: every number has a unit, a kind and a source, and equals its table.

Reads the files with tomllib only, so it holds even where libskin is not built.
"""

from __future__ import annotations

import csv
import importlib.util
import math
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "libskin" / "data"
EXPERIMENTS = DATA / "experiments"
HEADERS = ROOT / "libskin" / "include" / "skin"
TREATMENTS = ROOT / "examples" / "treatments"
KINDS = {"measured", "fitted", "derived", "recalled", "assumed"}
KEYS = {
    "value",
    "unit",
    "kind",
    "source",
    "lo",
    "hi",
    "sd",
    "n",
    "distribution",
    "note",
    "uncertain",
    "fitted_to",
}
FOLDERS = {  # folder -> types that may lie in it
    "tissue": {"tissue"},
    "skins": {"skin"},
    "devices": {"stamp", "pen", "roller"},
    "actives": {"active"},
    "vehicles": {"vehicle"},
    "topicals": {"topical"},
    "uses": {"use"},
    "needle_materials": {"needle_material"},
}
LAYERS = [
    "stratum_corneum",
    "viable_epidermis",
    "papillary_dermis",
    "reticular_dermis",
    "hypodermis",
]


def load(path: Path) -> dict[str, Any]:
    with open(path, "rb") as handle:
        return tomllib.load(handle)


def rows(folder: str, name: str) -> list[dict[str, str]]:
    with open(EXPERIMENTS / folder / name, newline="") as handle:
        return list(csv.DictReader(handle))


def shipped(folder: str) -> dict[str, dict[str, Any]]:
    return {path.stem: load(path) for path in sorted((DATA / folder).glob("*.toml"))}


FILES = sorted(path for folder in FOLDERS for path in (DATA / folder).glob("*.toml"))
IDS = [str(path.relative_to(DATA)) for path in FILES]


def quantities(table: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every {value, ...} in a file, with its dotted name."""
    if isinstance(table, dict):
        if "value" in table:
            yield name, table
            return
        for key, entry in table.items():
            yield from quantities(entry, f"{name}.{key}" if name else key)
    elif isinstance(table, list):
        for index, entry in enumerate(table):
            label = entry.get("name", str(index)) if isinstance(entry, dict) else str(index)
            yield from quantities(entry, f"{name}.{label}")


def references() -> dict[str, str]:
    text = (DATA / "references.bib").read_text()
    return dict(re.findall(r"^@\w+\{([^,]+),\n(.*?)^\}", text, flags=re.MULTILINE | re.DOTALL))


# Units as they stand in our files; the C++ parser has more. (factor, offset)
SCALE = {
    "1": 1.0,
    "%": 1e-2,
    "m": 1.0,
    "mm": 1e-3,
    "um": 1e-6,
    "nm": 1e-9,
    "s": 1.0,
    "min": 60.0,
    "h": 3600.0,
    "d": 86400.0,
    "day": 86400.0,
    "g": 1e-3,
    "kg": 1.0,
    "mg": 1e-6,
    "ug": 1e-9,
    "mol": 1.0,
    "N": 1.0,
    "mN": 1e-3,
    "Pa": 1.0,
    "kPa": 1e3,
    "MPa": 1e6,
    "GPa": 1e9,
    "K": 1.0,
    "mPa": 1e-3,
    "kN": 1e3,
    "J": 1.0,
    "kJ": 1e3,
    "MJ": 1e6,
    "Hz": 1.0,
    "rad": 1.0,
    "deg": math.pi / 180.0,
    "ohm": 1.0,
    "cm": 1e-2,
    "nL": 1e-12,
    "mL": 1e-6,
    "L": 1e-3,
    "rpm": 1.0 / 60.0,
}


def si(quantity: dict[str, Any]) -> float:
    unit = quantity["unit"]
    if unit == "degC":
        return float(quantity["value"]) + 273.15
    factor, sign = 1.0, 1
    for token in re.findall(r"[A-Za-z%1]+(?:\^-?\d+)?|[/()]", unit):
        if token == "/":
            sign = -1
        elif token not in "()":
            symbol, _, power = token.partition("^")
            factor *= SCALE[symbol] ** (sign * int(power or 1))
    return float(quantity["value"]) * factor


def defaults(header: str, struct: str) -> dict[str, float | bool]:
    """Members of a struct with the default that the C++ header gives them."""
    text = (HEADERS / header).read_text()
    body = re.search(rf"^struct {struct} {{\n(.*?)^}};", text, flags=re.MULTILINE | re.DOTALL)
    assert body, f"{struct} is not in {header}"
    result: dict[str, float | bool] = {}
    for line in re.sub(r"=\n\s+", "= ", body.group(1)).splitlines():  # a long member is wrapped
        match = re.match(r"\s+(double|int|bool) (\w+) = ([^;]+);", line)
        if match:
            kind, name, text = match.groups()
            assert re.fullmatch(r"true|false|[-+*/.\deE ()]+", text), f"{struct}.{name} = {text}"
            result[name] = text == "true" if kind == "bool" else float(eval(text))  # arithmetic only, see the assert
    return result


def test_there_are_enough_sets() -> None:
    least = {
        "skins": 9,
        "devices": 15,
        "actives": 25,
        "vehicles": 8,
        "topicals": 12,
        "uses": 5,
        "tissue": 9,
        "needle_materials": 4,
    }
    for folder, count in least.items():
        assert len(shipped(folder)) >= count, folder


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_head_of_a_file(path: Path) -> None:
    table = load(path)
    assert table["schema"] == "libskin.parameters/1"
    assert table["id"] == path.stem
    assert table["type"] in FOLDERS[path.parent.name]
    assert table["title"] and not table["title"].endswith(".")


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_every_number_says_what_it_is(path: Path) -> None:
    known = references()
    for name, entry in quantities(load(path)):
        where = f"{path.name}: {name}"
        assert set(entry) <= KEYS, where
        value = entry["value"]
        assert entry["kind"] in KINDS, where
        key = entry["source"].split(",")[0].strip()
        assert key in known, f"{where}: {key} is not in references.bib"
        if isinstance(value, bool | str):
            assert "unit" not in entry, where
            continue
        assert math.isfinite(value), where
        assert entry["unit"], where
        assert math.isfinite(si(entry)), where
        if "lo" in entry or "hi" in entry:
            assert entry["lo"] <= value <= entry["hi"], where
        assert entry.get("sd", 1.0) > 0.0, where
        assert entry.get("n", 1) > 0, where
        assert entry.get("distribution", "normal") in {"normal", "lognormal", "loguniform"}, where


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_kinds_keep_their_promises(path: Path) -> None:
    for name, entry in quantities(load(path)):
        where = f"{path.name}: {name}"
        if entry["kind"] == "fitted":
            assert "fitted_to" in entry, f"{where}: a fitted value names what it was fitted to"
        if "fitted_to" in entry:
            assert entry["kind"] == "fitted", where
            assert (DATA / entry["fitted_to"] / "README.md").is_file(), f"{where}: {entry['fitted_to']}"
        if entry.get("uncertain"):
            assert entry["kind"] == "recalled", f"{where}: only a recalled value can be uncertain"
        if entry["kind"] == "measured":  # our own pages measure nothing
            assert not entry["source"].startswith("libskin_"), where


def test_no_number_without_provenance() -> None:
    """Numbers stand in {value, ...} tables; the only plain values are text and flags."""

    def plain(table: Any, name: str) -> Iterator[str]:
        if isinstance(table, dict):
            if "value" in table:
                return
            for key, entry in table.items():
                yield from plain(entry, f"{name}.{key}")
        elif isinstance(table, list):
            for entry in table:
                yield from plain(entry, name)
        elif not isinstance(table, (str, bool)):
            yield name

    assert [name for path in FILES for name in plain(load(path), path.name)] == []


@pytest.mark.parametrize(
    ("file", "header", "struct"),
    [
        ("mechanics", "tissue/mechanics.hpp", "Mechanics"),
        ("tear_resistance", "tissue/tear_resistance.hpp", "TearResistance"),
        ("vasculature", "tissue/vasculature.hpp", "Vasculature"),
        ("barrier", "tissue/barrier.hpp", "Barrier"),
        ("solute_transport", "tissue/solute_transport.hpp", "SoluteTransport"),
        ("healing_biology", "tissue/healing_biology.hpp", "HealingBiology"),
        ("tolerance", "tissue/tolerance.hpp", "Tolerance"),
        ("person_laws", "tissue/person.hpp", "PersonLaws"),
        ("travel", "device/use.hpp", "Travel"),
        ("pressing", "device/use.hpp", "Pressing"),
        ("impact", "device/use.hpp", "Impact"),
        ("rolling", "device/use.hpp", "Rolling"),
        ("gliding", "device/use.hpp", "Gliding"),
    ],
)
def test_defaults_in_code_equal_the_data(file: str, header: str, struct: str) -> None:
    folder = "uses" if header.startswith("device") else "tissue"
    table = {name: entry for name, entry in load(DATA / folder / f"{file}.toml").items() if isinstance(entry, dict)}
    code = defaults(header, struct)
    assert set(table) == set(code)
    for name, value in code.items():
        entry = table[name]
        if isinstance(value, bool):
            assert entry["value"] is value, name
        else:  # two orders of the same multiplications: a few units in the last place
            assert si(entry) == pytest.approx(value, rel=1e-14, abs=0.0), name


def test_layers_hold_all_but_thickness() -> None:
    members = set(defaults("tissue/layer.hpp", "Layer")) - {"thickness"}
    layers = load(DATA / "tissue" / "layers.toml")["layer"]
    assert [layer["name"] for layer in layers] == LAYERS
    for layer in layers:
        assert set(layer) - {"name"} == members, layer["name"]


def test_skins_are_complete() -> None:
    defaulted = load(DATA / "tissue" / "layers.toml")["layer"]
    sections = {path.stem for path in (DATA / "tissue").glob("*.toml")} - {"layers"}
    for id_, skin in shipped("skins").items():
        assert [layer["name"] for layer in skin["layer"]] == LAYERS, id_
        for layer, default in zip(skin["layer"], defaulted, strict=True):
            assert "thickness" in layer, id_
            assert set(layer) <= set(default) | {"thickness"}, id_
        for section in set(skin) - {"schema", "type", "id", "title", "layer"}:
            assert section in sections, f"{id_}: {section}"
            assert set(skin[section]) <= set(load(DATA / "tissue" / f"{section}.toml")), f"{id_}: {section}"


def test_skins_equal_the_table_of_layer_sets() -> None:
    short = dict(zip(["SC", "VE", "papillary", "reticular", "hypodermis"], LAYERS, strict=True))
    skins = shipped("skins")
    table = rows("insertion_verification", "insertion_layer_presets.csv")
    assert len(table) == 35
    for row in table:
        layer = next(layer for layer in skins[row["site"]]["layer"] if layer["name"] == short[row["layer"]])
        where = f"{row['site']}.{row['layer']}"
        assert si(layer["thickness"]) == pytest.approx(float(row["mean_um"]) * 1e-6, rel=1e-14), where
        assert si(layer["thickness_variation"]) == float(row["cv"]), where
        kind, _, doubt = row["kind"].partition(", ")
        for entry in (layer["thickness"], layer["thickness_variation"]):
            assert entry["kind"] == kind, where
            assert entry.get("uncertain", False) == (doubt == "uncertain"), where


def test_sex_gives_the_measured_facial_dermis() -> None:
    """Meng 2022, eight sites: dermis x law = what was measured, to the 6 digits of the law."""
    site = {
        "forehead": "face_forehead",
        "glabella": "face_glabella",
        "temple": "face_temple",
        "eyelid": "eyelid",
        "nasal dorsum": "face_nasal_dorsum",
        "zygoma (cheek)": "face_cheek",
        "submandibular": "face_submandibular",
        "neck": "neck",
    }
    table = rows("meng2022", "insertion_thickness_by_site.csv")
    assert len(table) == 16
    for row in table:
        skin = load(DATA / "skins" / f"{site[row['site']]}.toml")
        dermis = sum(si(layer["thickness"]) for layer in skin["layer"] if layer["name"].endswith("dermis"))
        dermis -= si(skin["layer"][4]["thickness"]) + si(skin["layer"][1]["thickness"])  # hypodermis, viable epidermis
        sex = "female" if "women" in row["group"] else "male"
        law = si(skin["person_laws"][f"dermis_{sex}"])
        assert dermis * law == pytest.approx(float(row["mean_um"]) * 1e-6, rel=1e-6), row["id"]


def test_vessel_beds_reproduce_their_table() -> None:
    """On the reference layers beds lie as in healing 4.5; 0.7727 is 0.17/0.22 in 4 digits."""
    skin = load(DATA / "skins" / "needling_reference.toml")
    top, borders = 0.0, {}
    for layer in skin["layer"]:
        borders[layer["name"]] = (top, top + si(layer["thickness"]))
        top = borders[layer["name"]][1]
    assert borders["viable_epidermis"][1] == pytest.approx(0.08e-3)
    assert borders["papillary_dermis"][1] == pytest.approx(0.30e-3)
    assert borders["reticular_dermis"][1] == pytest.approx(1.50e-3)
    beds = load(DATA / "tissue" / "vasculature.toml")["bed"]
    table = rows("healing_verification", "healing_vascular_beds.csv")
    for bed, row in zip(beds, table, strict=True):
        upper, lower = borders[bed["layer"]]
        z0 = upper + si(bed["top_fraction"]) * (lower - upper)
        z1 = upper + si(bed["bottom_fraction"]) * (lower - upper)
        if si(bed["extent"]) > 0.0:
            z1 = z0 + si(bed["extent"])
        assert z0 == pytest.approx(float(row["z0_mm"]) * 1e-3, abs=1e-8), bed["name"]
        assert z1 == pytest.approx(float(row["z1_mm"]) * 1e-3, abs=1e-8), bed["name"]
        assert si(bed["length_density"]) == pytest.approx(float(row["L_V_mm_per_mm3"]) * 1e6)
        assert si(bed["vessel_radius"]) == pytest.approx(float(row["r_v_mm"]) * 1e-3)
        assert si(bed["flow"]) == pytest.approx(float(row["Q_nL_s_default"]) * 1e-12)
        assert si(bed["visible_probability"]) == float(row["p_vis"])


@pytest.mark.parametrize("id_", [path.stem for path in FILES if path.parent.name == "devices"])
def test_a_device_fits_together(id_: str) -> None:
    device = load(DATA / "devices" / f"{id_}.toml")
    assert device["needle"]["material"]["value"] in shipped("needle_materials")
    needle = {name: si(entry) for name, entry in device["needle"].items() if name != "material"}
    of_other_shapes = {"sides", "bore_radius"}  # zero and left out for a solid cone
    assert set(needle) == set(defaults("device/needle.hpp", "Needle")) - of_other_shapes
    assert needle["tip_radius"] <= needle["shaft_radius"]
    assert needle["taper_length"] <= needle["length"]
    struct = {"pen": "Pen", "stamp": "Stamp", "roller": "Roller"}[device["type"]]
    members = set(defaults("device/device.hpp", struct))
    assert set(device) - {"schema", "type", "id", "title", "needle"} == members
    if device["type"] == "pen":
        assert si(device["protrusion"]) <= needle["length"], "a dial beyond the needle must be capped in the file"


def test_presets_equal_their_table() -> None:
    """Lengths, cones and counts of the presets; a cone that the length cuts keeps its angle."""
    table = rows("devices_reference", "devices_presets.csv")
    assert len(table) == 10
    for row in table:
        id_ = row["name"].split(" (")[0].replace(" ", "_").replace("-", "_").lower()
        device = load(DATA / "devices" / f"{id_}.toml")
        needle = {name: si(entry) for name, entry in device["needle"].items() if name != "material"}
        length, taper = float(row["needle_length_mm"]) * 1e-3, float(row["taper_mm"]) * 1e-3
        shaft, tip = float(row["needle_diameter_mm"]) * 0.5e-3, float(row["tip_radius_um"]) * 1e-6
        assert needle["length"] == pytest.approx(length), id_
        assert needle["tip_radius"] == pytest.approx(tip), id_
        assert needle["taper_length"] == pytest.approx(min(taper, length)), id_
        slope = (needle["shaft_radius"] - tip) / needle["taper_length"]
        assert slope == pytest.approx((shaft - tip) / taper, rel=1e-6), id_
        assert needle["shaft_radius"] == pytest.approx(tip + slope * min(taper, length)), id_
        assert device["type"] == row["class"], id_
        if row["needles"]:
            count = (
                si(device["count"]) if row["class"] == "pen" else si(device["rings"]) * si(device["needles_per_ring"])
            )
            assert count == float(row["needles"]), id_
        if row["class"] == "pen":
            hertz = re.match(r"(\d+) Hz", row["drive"])
            assert hertz and si(device["frequency"]) == float(hertz.group(1)), id_


def test_actives_equal_the_table_of_solutes() -> None:
    id_of = {"5-ALA": "aminolevulinic_acid", "L-ascorbic acid": "l_ascorbic_acid"}
    kind_of = ["neutral", "base", "acid_pharmacophore", "acid", "zwitterion"]
    atoms = {
        "C": "carbon",
        "H": "hydrogen",
        "N": "nitrogen",
        "O": "oxygen",
        "F": "fluorine",
        "Cl": "chlorine",
        "Br": "bromine",
        "I": "iodine",
        "S": "sulfur",
        "rings": "rings",
        "double_bonds": "double_bonds",
        "triple_bonds": "triple_bonds",
    }
    table = rows("transport_parameters", "transport_solutes.csv")
    assert len(table) == 17
    for row in table:
        id_ = id_of.get(row["solute"], row["solute"].lower().replace(" ", "_"))
        active = load(DATA / "actives" / f"{id_}.toml")
        assert si(active["molar_mass"]) == pytest.approx(float(row["MW_g_mol"]) * 1e-3), id_
        assert si(active["log_partition"]) == float(row["logP_or_logD"]), id_
        assert active["compound_type"] == kind_of[int(row["compound_type"])], id_
        for column, member in (("pKa_acid_used", "pka_acid"), ("pKa_base_used", "pka_base")):
            assert (member in active) == bool(row[column]), f"{id_}.{member}"
            if row[column]:
                assert si(active[member]) == float(row[column]), f"{id_}.{member}"
        for column, member in atoms.items():
            assert si(active[member]) == float(row[column]), f"{id_}.{member}"
        assert active["log_partition"].get("uncertain", False) == ("uncertain" in row["kind"]), id_


def test_actives_and_vehicles_know_only_members() -> None:
    for folder, header in (("actives", "topical/active.hpp"), ("vehicles", "topical/vehicle.hpp")):
        members = set(re.findall(r'Field\{"(\w+)"', (HEADERS / header).read_text())) - {"origins"}
        for id_, table in shipped(folder).items():
            assert set(table) - {"schema", "type"} <= members, id_


def test_topicals_name_what_exists() -> None:
    actives, vehicles = shipped("actives"), shipped("vehicles")
    for id_, topical in shipped("topicals").items():
        assert topical["active"] in actives, id_
        assert topical["vehicle"] in vehicles, id_
        assert si(topical["concentration"]) > 0.0, id_
        for member in ("irritancy_class_before", "irritancy_class_after"):
            assert topical[member]["value"] in (0, 1, 2, 3), id_


def test_ascorbic_acid_is_worse_before_needling() -> None:
    topical = load(DATA / "topicals" / "ascorbic_acid_15.toml")
    assert topical["irritancy_class_before"]["value"] == 3
    assert topical["irritancy_class_after"]["value"] == 2


def test_healing_rates_equal_the_cascade_table() -> None:
    """What the page calls derived by a fit is `fitted` here and names the experiment."""
    header = (HEADERS / "tissue" / "healing_biology.hpp").read_text()
    name_of = {symbol: name for name, symbol in re.findall(r'Field\{"(\w+)"[^"]*"[^"]*", "(\w+), ', header)}
    biology = load(DATA / "tissue" / "healing_biology.toml")
    table = rows("healing_verification", "healing_cascade_parameters.csv")
    assert len(table) == 36
    for row in table:
        entry = biology[name_of[row["name"]]]
        per_day = 1.0 / 86400.0 if row["unit"].startswith("1/d") else 1.0
        assert si(entry) == pytest.approx(float(row["value"]) * per_day, rel=1e-14), row["name"]
        assert entry["kind"] in {"derived": {"derived", "fitted"}}.get(row["kind"], {row["kind"]}), row["name"]


def test_barrier_equals_the_recovery_table() -> None:
    start_of = {
        "half_life_short": "half-life of pore admittance, occluded, 0.2-0.5 mm",
        "half_life_long": "half-life of pore admittance, occluded, 0.75-1.5 mm",
        "threshold": "detection threshold eps",
        "elderly_factor": "factor on half-life: elderly",
        "cox_factor": "factor on half-life: topical COX",
        "lightness_slope": "skin colour slope",
        "closure_variation": "spread between people of closure time",
        "early_recoil": "recoil: surface diameter ratio at once",
        "late_recoil": "recoil: surface diameter ratio late",
        "recoil_time": "recoil time",
        "drying_time": "plug drying time",
        "wet_plug_conductance": "plug wet conductance",
        "dry_plug_conductance": "plug dry conductance",
        "fluid_resistivity": "resistivity of pore fluid",
        "optical_resolution": "OCT resolution",
        "tewl_threshold": "TEWL threshold",
        "stained_share": "share of stained pores",
    }
    barrier = load(DATA / "tissue" / "barrier.toml")
    table = rows("recovery_verification", "recovery_parameters.csv")
    for name, start in start_of.items():
        (row,) = (row for row in table if row["parameter"].startswith(start))
        entry = barrier[name]
        assert entry["value"] == float(row["value"]), name  # the units are the same by choice
        if row["low"]:
            assert (entry["lo"], entry["hi"]) == (float(row["low"]), float(row["high"])), name
        kind, _, doubt = row["kind"].partition(", ")
        assert entry["kind"] in {kind, "fitted"}, name
        assert entry.get("uncertain", False) == (doubt == "uncertain"), name


def test_irritants_equal_their_table() -> None:
    table = {row["agent"].split(" ")[0].rstrip(","): row for row in rows("safety_observations", "safety_irritants.csv")}
    per_litre = float(table["organic"]["Cref"])  # mol/L
    assert float(table["L-ascorbic"]["Cref"]) == per_litre
    for id_ in ("glycolic_acid", "salicylic_acid", "l_ascorbic_acid"):
        active = load(DATA / "actives" / f"{id_}.toml")
        expected = per_litre * 1e3 * si(active["molar_mass"])
        assert si(active["irritant_concentration"]) == pytest.approx(expected, rel=1e-3), id_  # 4 digits
        assert si(active["irritant_time"]) == float(table["organic"]["t_ref_h"]) * 3600.0, id_
    for id_ in ("retinol", "tretinoin"):
        active = load(DATA / "actives" / f"{id_}.toml")
        assert si(active["irritant_concentration"]) == pytest.approx(float(table["retinol"]["Cref"]) * 1e-3), id_
        assert si(active["irritant_time"]) == float(table["retinol"]["t_ref_h"]) * 3600.0, id_
    assert load(DATA / "actives" / "l_ascorbic_acid.toml")["sensitiser"]["value"] is True
    for id_ in ("niacinamide", "ghk", "hyaluronic_acid_1500", "egf"):  # the tolerated ones
        assert "irritant_concentration" not in load(DATA / "actives" / f"{id_}.toml"), id_


def test_products_lie_in_their_table() -> None:
    row_of = {
        "hyaluronic_serum": "HA serum",
        "pdrn_serum": "PDRN",
        "ceramide_cream": "ceramide",
        "niacinamide_serum": "niacinamide",
        "ghk_cu_serum": "peptides",
        "egf_serum": "peptides",
        "tranexamic_acid_solution": "tranexamic",
        "caffeine_gel": "caffeine",
        "lidocaine_cream": "lidocaine",
        "diclofenac_gel": "diclofenac",
        "minoxidil_solution": "minoxidil",
        "ascorbic_acid_15": "L-ascorbic",
        "aminolevulinic_gel": "5-ALA",
        "salicylic_acid_peel": "salicylic",
        "glycolic_acid_peel": "salicylic",
        "retinol_cream": "retinol",
        "tretinoin_cream": "retinol",
    }
    table = rows("transport_parameters", "transport_vehicles.csv")
    for id_, start in row_of.items():
        (row,) = (row for row in table if row["topical"].startswith(start))
        topical = load(DATA / "topicals" / f"{id_}.toml")
        strength = re.match(r"([\d.]+)-([\d.]+) %", row["usual_strength"])
        assert strength, id_
        percent = si(topical["concentration"]) / 10.0  # 1 % is 10 kg/m^3
        assert float(strength.group(1)) <= percent <= float(strength.group(2)), id_
        viscosity = si(load(DATA / "vehicles" / f"{topical['vehicle']}.toml")["bulk_viscosity"])
        assert viscosity >= float(row["viscosity_low"] or 0.0) * (1.0 - 1e-12), id_
        assert viscosity <= float(row["viscosity_high"] or math.inf) * (1.0 + 1e-12), id_
        highest = int(row["irritancy_class"].split("-")[-1])  # where a range is given, the higher class
        assert topical["irritancy_class_before"]["value"] == highest, id_
        if id_ != "ascorbic_acid_15":  # lower when it is put on after, see above
            assert topical["irritancy_class_after"]["value"] == highest, id_


def quantity_texts(table: Any) -> Iterator[str]:
    if isinstance(table, dict):
        for entry in table.values():
            yield from quantity_texts(entry)
    elif isinstance(table, list):
        for entry in table:
            yield from quantity_texts(entry)
    elif isinstance(table, str) and re.match(r"-?[\d.]+(e-?\d+)? ", table):
        yield table


def test_treatments() -> None:
    names = {"home_roller", "salon_roller", "salon_pen", "medical_roller", "medical_pen"}
    found = {path.stem: load(path) for path in TREATMENTS.glob("*.toml")}
    assert names <= set(found)
    skins, devices, topicals = (set(shipped(folder)) for folder in ("skins", "devices", "topicals"))
    for name in names:
        case = found[name]
        assert case["schema"] == "libskin.treatment/1", name
        assert case["skin"]["preset"] in skins, name
        assert case["session"]["device"]["preset"] in devices, name
        assert case["application"], f"{name}: no product"
        labels = [application["name"] for application in case["application"]]
        assert len(set(labels)) == len(labels), name
        for application in case["application"]:
            assert application["topical"] in topicals, name
        for text in quantity_texts(case):
            number, unit = text.split(" ", 1)
            assert math.isfinite(si({"value": float(number), "unit": unit})), f"{name}: {text}"
    for name in ("medical_roller", "medical_pen"):
        first = found[name]["application"][0]
        assert first["topical"] == "lidocaine_cream" and first["when"] == "before" and first["occluded"], name


def test_experiments_say_what_they_are() -> None:
    for folder in sorted(path for path in EXPERIMENTS.iterdir() if path.is_dir()):
        readme = (folder / "README.md").read_text()
        assert "- Source: " in readme and "- Use: " in readme, folder.name
        for path in folder.iterdir():
            if path.suffix in {".csv", ".json"}:
                assert f"`{path.name}`" in readme, path


@pytest.mark.parametrize(
    "folder",
    [
        "kalluri2011",
        "roemgens2014",
        "meng2022",
        "lotfi2013",
        "engelhardt1998",
        "gupta2011",
        "gill2008",
        "ogunjimi2021",
    ],
)
def test_excerpts_stand_in_the_whole_table(folder: str) -> None:
    (excerpt,) = (EXPERIMENTS / folder).glob("*.csv")
    (whole,) = (path for path in EXPERIMENTS.glob(f"*/{excerpt.name}") if not re.search(r"\d{4}$", path.parent.name))
    table = rows(whole.parent.name, excerpt.name)
    for row in rows(folder, excerpt.name):
        assert row in table, row


def test_every_csv_is_rectangular() -> None:
    for path in EXPERIMENTS.glob("*/*.csv"):
        with open(path, newline="") as handle:
            table = list(csv.reader(handle))
        assert {len(row) for row in table} == {len(table[0])}, path


def test_references_are_whole() -> None:
    text = (DATA / "references.bib").read_text()
    known = references()
    assert len(known) == text.count("\n@") + text.startswith("@"), "a key stands twice, or an entry is not closed"
    for key, body in known.items():
        assert "author" in body, key
        assert "title" in body or "journal" in body or "note" in body, key
    for physics in (
        "insertion",
        "tearing",
        "healing",
        "transport",
        "recovery",
        "safety",
        "devices",
        "mechanics",
    ):
        assert f"libskin theory page {physics}" in known[f"libskin_{physics}"]


def test_examples_of_own_files_follow_the_format() -> None:
    page = (ROOT / "docs" / "parameters" / "format.md").read_text()
    blocks = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        table = tomllib.loads(block)
        assert table["schema"] == "libskin.parameters/1"
        found = list(quantities(table))
        assert found
        for name, entry in found:
            assert set(entry) <= KEYS, name
            assert {"value", "unit", "kind", "source"} <= set(entry), name
            assert entry["kind"] in KINDS and math.isfinite(si(entry)), name


def test_code_cites_only_known_keys() -> None:
    known = references()
    for path in (ROOT / "libskin" / "src").rglob("*.[ch]pp"):
        for key in re.findall(r"\bcite\(\"(\w+)", path.read_text()):
            assert key in known, f"{path.relative_to(ROOT)} cites {key}: add it to references.bib"


def test_parameter_pages_are_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("make_pages", ROOT / "docs" / "parameters" / "make_pages.py")
    assert spec and spec.loader
    pages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pages)
    assert pages.unexplained_places() == [], "add what stands there to PLACES in docs/parameters/make_pages.py"
    assert pages.out_of_date() == [], "run python3 docs/parameters/make_pages.py and commit the pages"
