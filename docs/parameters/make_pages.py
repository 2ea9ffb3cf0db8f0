#!/usr/bin/env python3
"""Write the pages of this folder from libskin/data, so that no table is typed twice.

python3 docs/parameters/make_pages.py            write them
python3 docs/parameters/make_pages.py --check    exit 1 if one is out of date
"""

# ruff: noqa: E501 - the long lines are paragraphs and tables of the pages

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "libskin" / "data"
FOLDERS = ["tissue", "skins", "devices", "needle_materials", "uses", "actives", "vehicles", "topicals"]
KINDS = ["measured", "fitted", "derived", "recalled", "assumed"]
WRITTEN = "<!-- written by make_pages.py from libskin/data: change the data, then run it -->"


def load(folder: str) -> dict[str, dict[str, Any]]:
    result = {}
    for path in sorted((DATA / folder).glob("*.toml")):
        with open(path, "rb") as handle:
            result[path.stem] = tomllib.load(handle)
    return result


def quantities(table: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(table, dict):
        if "value" in table:
            yield name, table
            return
        for key, entry in table.items():
            yield from quantities(entry, f"{name}.{key}" if name else key)
    elif isinstance(table, list):
        for entry in table:
            yield from quantities(entry, entry["name"])


def number(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.6g}"


def with_unit(entry: dict[str, Any], value: Any = None) -> str:
    text = number(entry["value"] if value is None else value)
    unit = entry.get("unit", "1")
    return text if unit == "1" else f"{text} {unit}"


def spread(entry: dict[str, Any]) -> str:
    parts = []
    if "lo" in entry:
        parts.append(f"{number(entry['lo'])} to {number(entry['hi'])}")
    if "sd" in entry:
        parts.append(f"SD {number(entry['sd'])}")
    if "n" in entry:
        parts.append(f"n = {entry['n']}")
    return ", ".join(parts)


def kind(entry: dict[str, Any]) -> str:
    text: str = entry["kind"] + (", uncertain" if entry.get("uncertain") else "")
    return text + (f" to `{entry['fitted_to']}`" if "fitted_to" in entry else "")


def cell(text: str) -> str:
    return text.replace("|", "\\|")


def table(head: list[str], body: list[list[str]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return lines + ["| " + " | ".join(cell(c) for c in row) + " |" for row in body] + [""]


def full_table(content: Any) -> list[str]:
    body = [
        [
            f"`{name}`",
            with_unit(entry),
            spread(entry),
            kind(entry),
            entry["source"],
            entry.get("note", ""),
        ]
        for name, entry in quantities(content)
    ]
    return table(["parameter", "value", "range, spread", "kind", "source", "note"], body)


def page(title: str, *blocks: str | list[str]) -> str:
    lines = [f"# {title}", "", WRITTEN, ""]
    for block in blocks:
        lines += block if isinstance(block, list) else [block.strip(), ""]
    return "\n".join(lines).rstrip() + "\n"


# ---------------------------------------------------------------------------------------------- the pages


def index() -> str:
    counts, doubtful = [], []
    total: Counter[str] = Counter()
    for folder in FOLDERS:
        files = load(folder)
        kinds = Counter(
            entry["kind"] for content in files.values() for _, entry in quantities(content)
        )
        total += kinds
        counts.append([f"`{folder}`", str(len(files)), *(str(kinds[k]) for k in KINDS)])
        for id_, content in files.items():
            names = [name for name, entry in quantities(content) if entry.get("uncertain")]
            if names:
                doubtful.append([f"`{folder}/{id_}`", ", ".join(f"`{name}`" for name in names)])
    counts.append(["all", "", *(str(total[k]) for k in KINDS)])
    return page(
        "Parameters: what sets there are and where their numbers come from",
        """
Which number does libskin use, who says so, and how sure is it? Every number of a parameter set stands in a TOML file of `libskin/data` as
`{ value, unit, kind, source }`, with a range or spread where one is known. `libskin explain NAME` prints the same for one value, and each
result lists the sources that it used and warns of recalled and assumed values.

| kind | meaning | consequence |
| --- | --- | --- |
| measured | read in the source itself | none |
| fitted | fitted by us to the experiment that `fitted_to` names | that experiment can't validate it |
| derived | follows from other sourced values; the note says how | none |
| recalled | source known, value not yet checked in it; `uncertain` if in doubt | every result warns; an uncertain one is in no test |
| assumed | an engineering choice | every result warns |

A source is a key of `libskin/data/references.bib` and a place in it. Keys that start with `libskin_` are our own pages: what is derived or
assumed there. Their places count the sections of the collection of equations and data that libskin was founded on;
[references.md](references.md) says what stands at each.

- [tissue.md](tissue.md): the default sets that all skins share, one a physics
- [skins.md](skins.md): layers of the body sites, and the dermis of men and women
- [devices.md](devices.md): pens, rollers, stamps, and how hands use them
- [products.md](products.md): solutes, vehicles, products
- [mechanics_reference.md](mechanics_reference.md): the layered solid of the independent mechanics reference
- [references.md](references.md): all sources
- [format.md](format.md): how to write your own skin, device or product file
""",
        "## How many numbers of which kind",
        table(["folder", "sets", *KINDS], counts),
        """
Atom counts of solutes are recalled numbers too, which is why `actives` has so many.

## What was not checked in its source and is in doubt

No test may rest on these. The recalled values without doubt and the assumed ones are marked in the tables of the other pages.
""",
        table(["set", "uncertain values"], doubtful),
        """
## Where sources contradict each other

| number | used | against | why |
| --- | --- | --- | --- |
| toughness of fat | 200 J/m2 (prior) | 4.1 kJ/m2, trouser tear | tear tests overstate cutting; it acts only under thin skin |
| toughness of dermis | 2.5 kJ/m2 for cutting in, 200 J/m2 + W_f d for dragging | each other | two laws for one dermis: no test joins them, so they stay separate; `toughness_law` lets insertion cut with either, and every summary states the depth under both |
| friction of a needle | 0.2 in the wet channel, 0.3 for a bare shank dragged sideways | each other | neither acts at the defaults: the cap and the exponent 0 rule |
| recoil in the injury dose | 0.4 (`healing_biology.recoil`) | 0.5 measured (`barrier.late_recoil`) | 0.4 and the killed rim belong to the fitted collagen amplitude |
| lateral stiffness | 1 N/mm2 | 0.14-0.2 N/mm2 in the independent reference | a held rim against a lone needle: vary it |
| small-strain modulus | 40-89 kPa of the dermis | factors of 10 to 1000 between methods | the method decides; the structural stiffness that a needle feels is its own number |
| forehead, cheek, eyelid without a sex | dermis 970, 1020, 600 um (layer sets) | 1015, 1005, 625 um, mean of men and women of Meng 2022 | two sources; with a sex the measured value of Meng holds |
| occluded closing | 40 h to recover | 58-63 h in another study | needles, cover and threshold differ |
| roller needles | 0.25 mm diameter | 0.07-0.1 mm in other sources | the medical roller with a published drawing is used |
| dial of one pen | 1.5 mm | 1.9 mm on the dial, 1.5 mm needles | capped in the file at the needle |
| reference concentrations of irritants | section 4.1 of safety | - | placeholders; only brackets are measured |
""",
    )


def tissue() -> str:
    meaning = {
        "layers": "What a layer has when a skin set does not say otherwise: everything but its thickness.",
        "mechanics": "Read by insertion.",
        "tear_resistance": "Read by tearing.",
        "vasculature": "Read by bleeding. A bed is anchored to a layer and follows its thickness.",
        "barrier": "Read by recovery and transport.",
        "solute_transport": "Read by transport.",
        "healing_biology": "Read by healing. Prior spread of each rate: lognormal, sigma 0.25. New collagen is +-50 %.",
        "tolerance": "Read by safety.",
        "person_laws": "Applied when a skin is loaded for a person. All but two numbers are assumed, with +-50 %.",
    }
    files = load("tissue")
    blocks: list[str | list[str]] = [
        """
Which constants hold for all skins? These sets are the defaults; a skin file may override any of them. The defaults
in the C++ headers are the same numbers, and a test holds the two together.
"""
    ]
    for id_, text in meaning.items():
        content = {
            key: entry for key, entry in files[id_].items() if isinstance(entry, (dict, list))
        }
        blocks += [
            f"## {id_}: {files[id_]['title'][0].lower()}{files[id_]['title'][1:]}",
            text,
            full_table(content),
        ]
    return page("Tissue: the default sets", *blocks)


def skins() -> str:
    files = load("skins")
    head, body, laws, overrides = ["set", "site"], [], [], []
    layers = [layer["name"] for layer in files["face_cheek"]["layer"]]
    head += [f"{name.replace('_', ' ')}" for name in layers] + ["dermis"]
    for id_, skin in files.items():
        row, dermis = [f"`{id_}`", skin["title"]], 0.0
        for layer in skin["layer"]:
            entry = layer["thickness"]
            um = entry["value"] * {"um": 1.0, "mm": 1000.0}[entry["unit"]]
            if layer["name"] in ("papillary_dermis", "reticular_dermis"):
                dermis += um
            mark = {"measured": "", "derived": "", "assumed": " (a)", "recalled": " (r)"}[
                entry["kind"]
            ]
            row.append(f"{um:g}{mark}, {layer['thickness_variation']['value']:g}")
        body.append([*row, f"{dermis:g}"])
        if "person_laws" in skin:
            male, female = (skin["person_laws"][f"dermis_{sex}"] for sex in ("male", "female"))
            laws.append(
                [
                    f"`{id_}`",
                    f"{dermis:g}",
                    f"{dermis * male['value']:.0f}",
                    f"{dermis * female['value']:.0f}",
                    male["source"],
                ]
            )
        for section in set(skin) - {"schema", "type", "id", "title", "layer", "person_laws"}:
            for name, entry in quantities(skin[section], section):
                overrides.append(
                    [
                        f"`{id_}`",
                        f"`{name}`",
                        with_unit(entry),
                        kind(entry),
                        entry["source"],
                        entry.get("note", ""),
                    ]
                )
    return page(
        "Skins: layers of the body sites",
        """
How thick is each layer at which site? Thickness in um and its coefficient of variation (lognormal, from needle to needle and from person to person). (a) assumed,
taken from a neighbouring site or a choice; (r) recalled, uncertain. Everything else of a layer comes from [tissue.md](tissue.md).
""",
        table(head, body),
        """
`back` and the facial hypodermis are placeholders. `needling_reference` is no site: it has the borders (0.08, 0.30, 1.50 mm) for which the ten device
presets have reference numbers. Within one site thickness varies as much as between people, so it is drawn for each needle.

## Dermis of men and women

At the eight facial sites of Meng 2022 (ultrasound, 118 subjects) a person's sex gives the measured dermis: the law is the measured thickness over that of the set. Without a
sex the set's own thickness holds. For glabella, temple, nasal dorsum, submandibular region and neck the set is the mean of both sexes; papillary dermis is 120 um as in
all facial sets, and the rest is reticular. The age of the subjects is not in the law: thinning with age comes on top, relative to 30 years.
""",
        table(["set", "dermis, um", "men, um", "women, um", "source"], laws),
        "## What else a site changes",
        table(["set", "parameter", "value", "kind", "source", "note"], overrides),
    )


STRENGTHS = ["youngs_modulus", "compressive_strength", "shear_strength"]


def quantity(entry: dict[str, Any]) -> str:
    return with_unit(entry) + {"assumed": " (a)", "recalled": " (r)"}.get(entry["kind"], "")


def devices() -> str:
    files = load("devices")

    def rows(type_: str, columns: list[str]) -> list[list[str]]:
        result = []
        for id_, device in files.items():
            if device["type"] != type_:
                continue
            cells = [f"`{id_}`", device["title"]]
            for column in columns:
                entry = (
                    device["needle"][column[7:]] if column.startswith("needle.") else device[column]
                )
                cells.append(quantity(entry))
            result.append(cells)
        return result

    needle = ["needle.length", "needle.shaft_radius", "needle.taper_length"]
    names = ["needle length", "shank radius", "taper"]
    blocks: list[str | list[str]] = [
        """
What are the devices, and which numbers of them are known? (a) assumed, (r) recalled; the files hold source, range and note of each number. The tip radius is 4 um everywhere
(measured on a 770 um roller, Kalluri 2011); no maker publishes it.

Settings that all ten presets share (places of `libskin_devices` in brackets): needle diameter 0.25 mm and taper 1.0 mm, 0.20 mm and 0.5 mm for home rollers, 0.30 mm for the Roll-CIT (4.4);
hand speed of a pen 1 cm/s, head 5.5 mm wide (3.2); one pass, 2182 strikes per cm2, of which one in eight makes a hole of its own, so that the 250-300 holes per cm2 of the protocols
come out (5); lengths, needles and densities of the presets (6). A strike and a hole are two numbers.

**A needle shorter than its cone keeps the cone.** A 0.25 mm home needle is the first 0.25 mm of the same cone as a long one, so its widest radius is tip + (shank - tip) x length/taper.

**A dial beyond the needle is capped in the file.** One pen has a dial to 1.9 mm and needles of 1.5 mm: its file says 1.5 mm.
""",
        "## Rollers",
        table(
            ["set", "device", "drum radius", "rings", "per ring", "width", "stagger", *names],
            rows("roller", ["drum_radius", "rings", "needles_per_ring", "width", "stagger", *needle]),
        ),
        "## Pens",
        table(
            ["set", "device", "needles", "protrusion", "frequency", *names],
            rows("pen", ["count", "protrusion", "frequency", *needle]),
        ),
        "## Stamps",
        table(
            ["set", "device", "rows", "columns", "pitch", *names],
            rows("stamp", ["rows", "columns", "pitch", *needle]),
        ),
        """
## Needle materials

Which needle holds? A needle without a material is not judged. All shipped devices take steel (assumed). Elastic limits of soft polymers fall within minutes in wet skin.
""",
        table(
            ["set", "material", "stiffness", "compressive strength", "shear strength"],
            [
                [f"`{id_}`", material["title"], *(quantity(material[name]) for name in STRENGTHS)]
                for id_, material in load("needle_materials").items()
            ],
        ),
        """
## Hands

How a device is used, and how much a hand varies. No measurement of the force, speed or slip of a hand with a roller or a pen is known, so nearly all of it is assumed.
""",
    ]
    for id_, use in load("uses").items():
        blocks += [
            f"### {id_}: {use['title'][0].lower()}{use['title'][1:]}",
            full_table({k: v for k, v in use.items() if isinstance(v, dict)}),
        ]
    return page("Devices and how they are used", *blocks)


def products() -> str:
    actives, vehicles, topicals = load("actives"), load("vehicles"), load("topicals")

    def get(table: dict[str, Any], name: str) -> str:
        return with_unit(table[name]) if name in table else ""

    body = []
    for id_, a in actives.items():
        others = [
            f"`{name}` {with_unit(a[name])} ({kind(a[name])})"
            for name in (
                "permeability",
                "aqueous_diffusivity",
                "tissue_diffusivity",
                "junction_diffusivity",
                "tissue_partition",
                "irritant_concentration",
                "irritant_time",
            )
            if name in a
        ]
        doubt = "yes" if a["molar_mass"].get("uncertain") else ""
        body.append(
            [
                f"`{id_}`",
                a["solute_class"],
                a["compound_type"],
                get(a, "molar_mass"),
                get(a, "log_partition"),
                get(a, "pka_acid"),
                get(a, "pka_base"),
                "; ".join(others),
                doubt,
            ]
        )
    vehicle_rows = [
        [
            f"`{id_}`",
            *(
                get(v, name)
                for name in (
                    "bulk_viscosity",
                    "diffusion_viscosity",
                    "yield_stress",
                    "ph",
                    "particle_diameter",
                    "particle_density",
                    "occlusive",
                    "lipid",
                )
            ),
        ]
        for id_, v in vehicles.items()
    ]
    topical_rows = [
        [
            f"`{id_}`",
            t["title"],
            f"`{t['active']}`",
            with_unit(t["concentration"]),
            with_unit(t["solubility"]) if "solubility" in t else "",
            f"`{t['vehicle']}`",
            get(t, "irritancy_class_before"),
            get(t, "irritancy_class_after"),
            t["irritancy_class_before"].get("note", ""),
        ]
        for id_, t in topicals.items()
    ]
    return page(
        "Products: solutes, vehicles, topicals",
        """
What is put on the skin? Molar masses, partition coefficients, pKa and atom counts of small solutes are recalled; the property chain (Dancik 2013) turns them into permeabilities. A measured
permeability overrides the chain and means the **non-ionised** form: caffeine and 5-ALA as measured, lidocaine from the record at pH 10. Diclofenac has none, because its only record gives no pH.
Macromolecules follow the law of their class; diffusivity in the junction is measured for dextrans of 70-2000 kDa only (Wei 2018).

## Solutes
""",
        table(
            [
                "active",
                "class",
                "binding",
                "molar mass",
                "log partition",
                "pKa acid",
                "pKa base",
                "overrides",
                "uncertain",
            ],
            body,
        ),
        """
Irritant concentrations are placeholders (safety 4.1): acids 0.1 mol/L in viable epidermis for 15 min, retinoids 10 ug/mL for 24 h.

## Vehicles

All values are assumed, but for water, propylene glycol (recalled) and particle densities (derived). Surface tension 0.05 N/m, contact angle 60 degrees, density 1000 kg/m3 in all. Polymers raise the bulk
viscosity, which rules filling, and not the one that the solute feels, which rules diffusion; viscous solvents raise both.
""",
        table(
            [
                "vehicle",
                "bulk viscosity",
                "felt by the solute",
                "yield stress",
                "pH",
                "particle",
                "particle density",
                "occlusive",
                "oil",
            ],
            vehicle_rows,
        ),
        "## Products\n\nIrritancy class: 0 benign to 3, not in the open window. All assumed, strengths within the usual range. Solubility in the vehicle is recalled; where none is given, everything dissolves.",
        table(
            [
                "topical",
                "product",
                "active",
                "concentration",
                "solubility",
                "vehicle",
                "class before",
                "class after",
                "reason",
            ],
            topical_rows,
        ),
    )


PLACES = {
    "libskin_insertion": {
        "table 4.1": "defaults of the core model, with ranges",
        "section 4.1, sanity range": "small-strain stiffness by layer",
        "section 4.4": "layer thickness by site",
        "default layer sets of 4.4": "the seven layer sets, derived from the measured thicknesses",
        "section 4.6": "coefficients of variation, pre-tension, friction, hydration, age",
        "section 3.1.2": "the planar crack that a tip wedges open",
        "section 3.1.5": "energy barrier at puncture",
        "section 3.1.6": "equilibrium of needle and skin",
        "section 3.1.11": "crank and nose of a pen",
        "section 3.1.12": "withdrawal, recoil and what is observed",
        "section 3.2.1": "indentation before puncture, with tension",
        "section 3.2.4": "dynamics and impact",
        "section 6.2": "patches pressed by hand",
        "section 6.5": "impact data",
        "section 7": "open questions (T10: no direct data on pens)",
        "section 9": "strength of the needle itself",
    },
    "libskin_tearing": {
        "table 4.1": "default block of roller tearing",
        "table 4.2": "devices and use: drums, needles, discs, passes",
        "section 3.4": "free rolling, brush stiffness, friction of the axle",
        "section 3.7": "line stiffness, cutting resistance, critical offset",
        "section 3.9": "population index; bounds on slip and side-slip",
        "section 3.11": "slits that are not driven: how far they gape",
        "section 3.12": "flap at the junction",
        "table 4.6": "vessels crossed by a slit",
        "section 3.14": "laws of age, sun, steroid, hydration",
        "section 3.15": "pens and stamps: drag of a stroke, tremor",
        "section 4.2": "devices and use: drums, needles, discs, passes",
        "section 1": "what is modelled: slip, toughness and the scale of the tool",
    },
    "libskin_healing": {
        "table 4.1": "rates of the cascade and what each was fitted to",
        "table 4.5": "vessel beds of a face",
        "table 4.6": "dose, bleeding, redness, pain, age",
        "section 3.3": "bleeding",
        "section 3.5": "pain",
        "section 5.6": "sensitivities and the uncertainty band",
    },
    "libskin_transport": {
        "section 3.6": "column with channels as fins; films on top of it",
        "table 4.1": "small solutes",
        "table 4.3": "macromolecules",
        "table 4.5": "products: strength, viscosity, irritancy class",
        "table 4.6": "film, surface tension, contact angle",
        "section 4.2": "results of the property chain at 32 degC",
        "section 4.3": "junction",
        "section 4.6": "channels, filling, mouth, lymph",
        "section 3.2": "property chain and its validity",
        "section 3.3": "ions, polar floor, measured overrides",
        "section 3.4": "macromolecules: radius, diffusivity, partition",
        "section 3.5": "filling of a channel",
        "section 3.7": "unit cell; clearance with depth",
        "section 3.8": "polymers and viscous solvents",
        "section 6": "cases",
        "case TC2": "ink before and after needling",
    },
    "libskin_recovery": {
        "section 3.1": "pore state and read-outs",
        "section 3.2": "closing laws",
        "section 3.3": "holes that close depth by depth",
        "section 3.6": "null and limit cases: dead skin, stripped layer",
        "section 3.4": "evaporation of a wet pore",
        "section 4.2": "defaults with ranges",
    },
    "libskin_safety": {
        "section 4": "constants of irritation, infection, particles",
        "table 4.1": "irritants; all but the brackets are placeholders",
        "table 4.3": "particles",
        "section 3.4": "granuloma flag",
        "section 5": "settling table",
        "section 6.2": "aftercare",
    },
    "libskin_devices": {
        "section 3.2": "hole density of a pen: head, hand speed",
        "section 4.1": "devices on the market",
        "section 4.4": "needles and layers that the presets share",
        "section 5": "strikes and holes",
        "section 6": "the ten presets",
    },
    "libskin_mechanics": {"section 1": "the base skin", "section 2": "surface Green function"},
}


def sources_in_use() -> dict[str, Counter[str]]:
    used: dict[str, Counter[str]] = {}
    for folder in FOLDERS:
        for content in load(folder).values():
            for _, entry in quantities(content):
                key, _, place = entry["source"].partition(", ")
                used.setdefault(key, Counter())[place] += 1
    return used


def unexplained_places() -> list[str]:
    """Places of our own pages that a data file cites and PLACES does not explain."""
    used = sources_in_use()
    return [
        f"{key}, {place}"
        for key in used
        if key in PLACES
        for place in used[key]
        if place not in PLACES[key] and place.split(",")[0] not in PLACES[key]
    ]


def references() -> str:
    used = sources_in_use()
    body = []
    text = (DATA / "references.bib").read_text()
    for key, fields in re.findall(
        r"^@\w+\{([^,]+),\n(.*?)^\}", text, flags=re.MULTILINE | re.DOTALL
    ):
        entry = dict(re.findall(r"^\s+(\w+)\s*=\s*\{(.*)\},$", fields, flags=re.MULTILINE))
        journal = " ".join(entry[name] for name in ("journal", "volume", "pages") if name in entry)
        where = [journal] if journal else []
        where += [f"doi {entry['doi']}"] if "doi" in entry else []
        where += [entry["pmcid"]] if "pmcid" in entry else []
        author = entry["author"].replace(" and ", ", ") + (
            f" {entry['year']}" if "year" in entry else ""
        )
        about = "; ".join(entry[name] for name in ("title", "note") if name in entry)
        body.append(
            [
                f"`{key}`",
                author,
                ", ".join(where),
                about,
                str(sum(used[key].values())) if key in used else "",
            ]
        )
    places = [
        [f"`{key}`", place, meaning]
        for key, explained in PLACES.items()
        for place, meaning in explained.items()
    ]
    return page(
        "References",
        """
Which papers, documents and pages do the numbers come from? As far as they are known: what is missing was not made up. The last column counts the numbers of the parameter sets that cite the key;
the others stand behind equations, experiments or tests.
""",
        table(["key", "who", "where", "what", "numbers"], body),
        "## Places in our own pages\n\nWhat a source such as `libskin_insertion, table 4.1` points at. What stands there as derived or assumed is said value by value in the tables of this folder.",
        table(["key", "place", "what stands there"], places),
    )


PAGES = {
    "index.md": index,
    "tissue.md": tissue,
    "skins.md": skins,
    "devices.md": devices,
    "products.md": products,
    "references.md": references,
}


def out_of_date() -> list[str]:
    return [
        name
        for name, make in PAGES.items()
        if not (HERE / name).is_file() or (HERE / name).read_text() != make()
    ]


def main() -> int:
    if "--check" in sys.argv[1:]:
        stale = out_of_date()
        if stale:
            print(f"out of date: {', '.join(stale)}; run python3 docs/parameters/make_pages.py")
        return 1 if stale else 0
    for name, make in PAGES.items():
        (HERE / name).write_text(make())
    return 0


if __name__ == "__main__":
    sys.exit(main())
