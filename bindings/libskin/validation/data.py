"""What a validation case is: rows of an experiment, a set-up with sources, and checks with accepted ranges.

A case is a TOML file of ``data/validation/<physics>`` (its README states the form). Measured numbers stand in the CSV
files of ``data/experiments`` and are only named here.
"""

from __future__ import annotations

import csv
import difflib
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from libskin import _core
from libskin._core import DataError, ParameterError, Skin

__all__ = ["Case", "Check", "Datum", "Quantity", "case", "cases", "physics", "to_si"]

SCHEMA = "libskin.validation/1"
USES = ("calibration", "validation", "context")


def to_si(value: float, unit: str) -> float:
    """``value`` of the tables in SI; "-" and "1" have no dimension."""
    if unit in ("-", "1", ""):
        return value
    return _core.parse_quantity(f"{value!r} {unit}", unit)


@dataclass(frozen=True, slots=True)
class Datum:
    """One row of an experiment's table; numbers as they stand there."""

    file: str
    columns: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.columns[column]

    @property
    def id(self) -> str:
        return self.columns["id"]

    @property
    def use(self) -> str:
        return self.columns["use"]

    def number(self, column: str) -> float:
        """A column as a number; NaN when it is empty."""
        text = self.columns[column].strip()
        try:
            return float(text) if text else math.nan
        except ValueError:
            raise DataError(f"{self.file}: {self.id}.{column} = {text!r} is not a number") from None

    @property
    def shown(self) -> str:
        """The value in words: relation, number, spread or range, unit."""
        value, low, high = self.number("value"), self.number("low"), self.number("high")
        unit = "" if self["unit"] in ("-", "1") else f" {self['unit']}"
        if math.isfinite(value):
            relation = "" if self["relation"] == "=" else f"{self['relation']} "
            spread = f" ± {self['spread']}" if self["spread"] else ""
            if not spread and math.isfinite(low) and math.isfinite(high):
                spread = f" ({low:g}-{high:g})"
            return f"{relation}{value:g}{spread}{unit}"
        if math.isfinite(low) and math.isfinite(high):
            return f"{low:g}-{high:g}{unit}"
        return self["relation"] or self["observable"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of the set-up in SI, with where it comes from and the range it is drawn from."""

    name: str
    value: float
    lo: float
    hi: float
    distribution: str
    shown: str
    kind: str
    source: str
    note: str

    @property
    def drawn(self) -> bool:
        return self.hi > self.lo


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the table: a prediction, the rows it is compared with, and what is accepted why."""

    name: str
    what: str
    rows: tuple[Datum, ...]
    unit: str
    measured: tuple[float, float, float]  # value, low, high in `unit`; NaN: no number
    accepted: tuple[float, float]  # in `unit`; infinite where open
    reason: str
    statistic: str
    known_miss: str
    use: str

    @property
    def key(self) -> str:
        """Name in ``found.toml``."""
        return self.name if self.statistic == "nominal" else f"{self.name}.{self.statistic}"

    @property
    def numeric(self) -> bool:
        """The measured value is a number with the dimension of the prediction, not a sign or a bound."""
        return math.isfinite(self.measured[0])


@dataclass(frozen=True, slots=True)
class Case:
    """One experiment as it is run."""

    id: str
    physics: str
    page: str
    title: str
    file: Path
    skins: Mapping[str, str]
    setup: Mapping[str, Quantity]
    checks: tuple[Check, ...]
    data: Mapping[str, Datum]
    found: Mapping[str, float]

    def skin(self, name: str) -> Skin:
        """The reference skin of the experiment; strikes do not scatter, the draws of the band do."""
        return _reference_skin(self.skins[name])


def physics() -> list[str]:
    """Physics that have validation cases."""
    folder = Path(_core.data_folder()) / "validation"
    return (
        sorted(p.name for p in folder.iterdir() if p.is_dir() and any(p.glob("*-X*.toml"))) if folder.exists() else []
    )


def cases(names: list[str] | tuple[str, ...] = ()) -> list[Case]:
    """Cases by id (``INS-X3``) or physics (``insertion``); all if none is named.

    >>> from libskin import validation
    >>> [c.title for c in validation.cases(["INS-X2"])]
    ['Drum roller on hairless rat']
    """
    every = [_read(path) for folder in physics() for path in _files(folder)]
    if not names:
        return every
    chosen: list[Case] = []
    for name in names:
        found = [c for c in every if name.lower() in (c.id.lower(), c.physics)]
        if not found:
            known = [*physics(), *(c.id for c in every)]
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ParameterError(f"case {name!r} is not one of: {', '.join(known)}{hint}")
        chosen += [c for c in found if c not in chosen]
    return chosen


def case(name: str) -> Case:
    """One case by its id."""
    found = cases([name])
    if len(found) != 1:
        raise ParameterError(f"case {name!r} names {len(found)} cases, not one")
    return found[0]


# ------------------------------------------------------------------------------------------- reading


def _files(folder: str) -> list[Path]:
    files = (Path(_core.data_folder()) / "validation" / folder).glob("*-X*.toml")
    return sorted(files, key=lambda path: int(path.stem.partition("-X")[2]))


def _load(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as handle:
            return tomllib.load(handle)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path}: {error}") from error


def _read(path: Path) -> Case:
    table = _load(path)
    where = path.name
    if table.get("schema") != SCHEMA or table.get("id") != path.stem:
        raise DataError(f"{where}: schema must be {SCHEMA!r} and id {path.stem!r}")
    unknown = set(table) - {"schema", "id", "page", "title", "experiment", "skins", "setup", "check"}
    if unknown:
        raise DataError(f"{where}: unknown key {sorted(unknown)[0]!r}")
    data = _experiment(table["experiment"])
    found_file = path.with_name("found.toml")
    found = _load(found_file).get(path.stem, {}) if found_file.exists() else {}
    return Case(
        id=table["id"], physics=path.parent.name, page=table["page"], title=table["title"], file=path,
        skins=table["skins"],
        setup={name: _quantity(name, entry, where) for name, entry in table["setup"].items()},
        checks=tuple(_check(entry, data, where) for entry in table["check"]),
        data=data, found={name: float(value) for name, value in found.items()},
    )  # fmt: skip


def _quantity(name: str, entry: dict[str, Any], where: str) -> Quantity:
    known = {"value", "unit", "kind", "source", "lo", "hi", "distribution", "note", "uncertain"}
    if set(entry) - known or not {"value", "unit", "kind", "source"} <= set(entry):
        raise DataError(
            f"{where}: setup.{name} needs value, unit, kind and source, and takes {', '.join(sorted(known))}"
        )
    value, lo, hi = (to_si(float(entry.get(key, entry["value"])), entry["unit"]) for key in ("value", "lo", "hi"))
    distribution = entry.get("distribution", "uniform")
    if not lo <= value <= hi or distribution not in ("uniform", "loguniform") or not math.isfinite(value):
        raise DataError(f"{where}: setup.{name} must have lo <= value <= hi and a uniform or loguniform distribution")
    unit = "" if entry["unit"] == "1" else f" {entry['unit']}"
    shown = f"{entry['value']:g}{unit}" + (f" ({entry['lo']:g}-{entry['hi']:g})" if hi > lo else "")
    return Quantity(name=name, value=value, lo=lo, hi=hi, distribution=distribution, shown=shown, kind=entry["kind"],
                    source=entry["source"], note=entry.get("note", ""))  # fmt: skip


def _check(entry: dict[str, Any], data: Mapping[str, Datum], where: str) -> Check:
    name = f"{where}: check {entry.get('name', '?')!r}"
    known = {"name", "what", "rows", "unit", "measured", "accept", "reason", "statistic", "known_miss"}
    if set(entry) - known or not {"name", "what", "rows", "unit", "accept", "reason"} <= set(entry):
        raise DataError(f"{name} has a key too many or too few")
    for row in entry["rows"]:
        if row not in data:
            raise DataError(f"{name}: the data have no row {row!r}")
    rows = tuple(data[row] for row in entry["rows"])
    uses = {row.use for row in rows}
    if not uses <= set(USES):
        raise DataError(f"{name}: use is none of {', '.join(USES)}")
    statistic = entry.get("statistic", "nominal")
    if statistic not in ("nominal", "share_below_measured"):
        raise DataError(f"{name}: unknown statistic {statistic!r}")
    measured = _measured(rows, entry, statistic)
    return Check(
        name=entry["name"], what=entry["what"], rows=rows, unit=entry["unit"], measured=measured,
        accepted=_accepted(entry["accept"], measured[0], name), reason=entry["reason"], statistic=statistic,
        known_miss=entry.get("known_miss", ""),
        use=next(use for use in USES if use in uses),  # a row that calibrated makes the check a calibration
    )  # fmt: skip


def _measured(rows: tuple[Datum, ...], entry: dict[str, Any], statistic: str) -> tuple[float, float, float]:
    """Value, low and high of what was measured, in the unit of the table."""
    nothing = (math.nan, math.nan, math.nan)
    how = entry.get("measured", "value")
    if how == "none" or statistic != "nominal":
        return nothing
    if how == "ratio":
        ratio = rows[0].number("value") / rows[1].number("value")
        return (ratio, ratio, ratio)
    row = rows[0]
    if len(rows) != 1 or row["relation"] in ("<", ">"):
        return nothing
    scale = to_si(1.0, row["unit"]) / to_si(1.0, entry["unit"]) if row["unit"] else math.nan
    value, low, high = (row.number(column) * scale for column in ("value", "low", "high"))
    if not math.isfinite(value) and math.isfinite(low) and math.isfinite(high):
        return (math.sqrt(low * high), low, high)
    if not math.isfinite(value):
        return nothing
    spread = row.number("spread") * scale
    if math.isfinite(spread):
        return (value, value - spread, value + spread)
    if math.isfinite(low) and math.isfinite(high):
        return (value, low, high)
    return (value, value, value)


def _accepted(accept: dict[str, float], measured: float, name: str) -> tuple[float, float]:
    if set(accept) == {"relative"}:
        low, high = measured * (1.0 - accept["relative"]), measured * (1.0 + accept["relative"])
    elif set(accept) == {"low_factor", "high_factor"}:
        low, high = measured * accept["low_factor"], measured * accept["high_factor"]
    elif accept and set(accept) <= {"low", "high"}:
        low, high = float(accept.get("low", -math.inf)), float(accept.get("high", math.inf))
    else:
        raise DataError(f"{name}: accept is relative, low_factor with high_factor, low and high, or one of the two")
    if math.isnan(low) or math.isnan(high) or low > high:
        raise DataError(f"{name}: accept has no range; does the row have a number?")
    return low, high


@cache
def _experiment(folder: str) -> dict[str, Datum]:
    """Every row of every table of an experiment's folder, by id."""
    rows: dict[str, Datum] = {}
    place = Path(_core.data_folder()) / "experiments" / folder
    for path in sorted(place.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as handle:
            for columns in csv.DictReader(handle):
                rows[columns["id"]] = Datum(file=f"{folder}/{path.name}", columns=columns)
    if not rows:
        raise DataError(f"{place}: no tables of measured values here")
    return rows


@cache
def _reference_skin(name: str) -> Skin:
    own = Path(_core.data_folder()) / "validation" / "skins" / f"{name}.toml"
    return Skin.load(own) if own.exists() else Skin.preset(name)
