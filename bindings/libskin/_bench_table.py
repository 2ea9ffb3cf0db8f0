"""What a bench gives: the dataset with its spreads, the rows of its table, and both as files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from libskin import _core
from libskin._core import Design, DesignResult, DesignSet, InsertionSettings, ParameterError, Pen, Stamp, Travel
from libskin._files import write_aside
from libskin._warn import warned

if TYPE_CHECKING:
    import xarray as xr

SCHEMA = "libskin.bench/1"
QUANTILES = (0.05, 0.5, 0.95)


def _setting(design: Design) -> float:
    """What is set on the device, m."""
    return float(design.use.distance) if isinstance(design.use, Travel) else _core.nominal_setting(design.device)


def make_dataset(chosen: DesignSet, results: list[dict[str, Any]], settings: InsertionSettings) -> xr.Dataset:
    import xarray as xr

    names = [one.name for one in chosen.designs]
    layers = [layer.name for layer in chosen.skin.layers]
    data: dict[str, Any] = {}
    for field, (dims, unit, meaning) in DesignResult._fields.items():
        described: dict[str, Any] = {"units": unit, "long_name": meaning}
        if field == "age_years":
            data[field] = (dims, results[0][field], described)  # the persons are the same for every design
            continue
        if field == "status":
            words = [str(word) for word in _core.SampleStatus]
            described |= {"flag_values": np.arange(len(words)), "flag_meanings": " ".join(words)}
        values = np.stack([result[field] for result in results])
        values = values.astype(np.int64) if field == "status" else values
        values = values.astype(object) if field == "message" else values
        data[field] = (("design", *dims), values, described)
    for name, unit, meaning, value in _design_columns(chosen):
        data[name] = (("design",), value, {"units": unit, "long_name": meaning})
    coords = {
        "design": (("design",), np.array(names, dtype=object), {"units": "1", "long_name": "name of the design"}),
        "layer": (("layer",), np.array(layers, dtype=object), {"units": "1", "long_name": "layers, outermost first"}),
        "person": (("person",), np.arange(chosen.population.n), {"units": "1", "long_name": "number of the person"}),
        "quantile": (("quantile",), np.array(QUANTILES), {"units": "1", "long_name": "share that stays below"}),
    }
    ds = xr.Dataset(data | _summary(data), coords=coords, attrs=_attributes(chosen, settings))
    return ds


def _design_columns(chosen: DesignSet) -> list[tuple[str, str, str, Any]]:
    many = chosen.designs
    needle = [one.device.needle for one in many]

    def column(values: list[float]) -> Any:
        return np.array(values, dtype=np.float64)

    return [
        ("kind", "1", "device and use", np.array(
            [f"{type(d.device).__name__.lower()}, {type(d.use).__name__.lower()}" for d in many], dtype=object)),
        ("setting", "m", "what is set on the device: protrusion, travel or needle length", column(
            [_setting(d) for d in many])),
        ("needle_count", "1", "needles of the device", np.array([_needle_count(d.device) for d in many])),
        ("needle_length", "m", "from tip to base plate", column([x.length for x in needle])),
        ("shaft_radius", "m", "of the shank behind the cone", column([x.shaft_radius for x in needle])),
        ("tip_radius", "m", "of the rounded tip", column([x.tip_radius for x in needle])),
        ("taper_length", "m", "from tip to full shank", column([x.taper_length for x in needle])),
    ]  # fmt: skip


def _needle_count(device: Any) -> int:
    if isinstance(device, Pen):
        return int(device.count)
    if isinstance(device, Stamp):
        return int(device.rows * device.columns)
    return int(device.rings * device.needles_per_ring)


def _summary(data: dict[str, Any]) -> dict[str, Any]:
    """What the table shows, from the arrays; failed persons are left out."""

    def rows(name: str) -> Any:
        return data[name][1]

    good = rows("status") == 0
    n_designs, strikes = len(good), rows("depth").shape[2]

    def per_design(function: Any, *shape: int) -> Any:
        out = np.full((n_designs, *shape), np.nan)
        for k in range(n_designs):
            if good[k].any():
                out[k] = function(k, good[k])
        return out

    def finite_quantiles(values: Any) -> Any:
        values = values[np.isfinite(values)]
        return np.quantile(values, QUANTILES) if len(values) else np.nan

    # One-way analysis of variance: a person's mean over k strikes still holds 1/k of the variance within the person.
    def within(k: int, who: Any) -> float:
        return float(np.mean(rows("depth_std")[k, who] ** 2) * strikes / (strikes - 1))

    def between(k: int, who: Any) -> float:
        if who.sum() < 2:
            return np.nan
        of_means = float(np.var(rows("depth_mean")[k, who], ddof=1))
        return float(np.sqrt(max(of_means - within(k, who) / strikes, 0.0)))

    def mean(name: str) -> Any:
        return per_design(lambda k, who: np.mean(rows(name)[k, who]))

    def quantiles(name: str) -> Any:
        return per_design(lambda k, who: finite_quantiles(rows(name)[k, who].ravel()), len(QUANTILES))

    n_layers = rows("reached").shape[2]
    table = [
        ("depth_quantile", ("design", "quantile"), "m", "depth of all strikes on all persons", quantiles("depth")),
        ("puncture_force_quantile", ("design", "quantile"), "N", "force on one needle at entry, over persons",
         quantiles("puncture_force")),
        ("entry_force_median", ("design", "layer"), "N",
         "force on one needle at which the tip gets into each layer, median over persons; NaN: never",
         per_design(lambda k, who: _medians(rows("entry_force")[k, who]), n_layers)),
        ("strike_force_quantile", ("design", "quantile"), "N", "largest force on one needle, over persons",
         quantiles("strike_force")),
        ("energy_quantile", ("design", "quantile"), "J", "work done on the skin by one needle, over persons",
         quantiles("energy")),
        ("strength_margin_quantile", ("design", "quantile"), "1",
         "load that bends or buckles the needle over its load, over persons; NaN: not known",
         quantiles("strength_margin")),
        ("reach_probability", ("design", "layer"), "1", "probability that a strike on a person gets into each layer",
         per_design(lambda k, who: np.mean(rows("reached")[k, who], axis=0), n_layers)),
        ("puncture_probability", ("design",), "1", "probability that a strike opens the skin",
         mean("punctured_fraction")),
        ("mean_holes_per_area", ("design",), "1/m^2", "holes of their own, mean over persons", mean("holes_per_area")),
        ("between_persons", ("design",), "m", "standard deviation of depth between persons", per_design(between)),
        ("within_person", ("design",), "m", "standard deviation of depth within a person",
         per_design(lambda k, who: np.sqrt(within(k, who)))),
        ("failed_persons", ("design",), "1", "persons without a result", (~good).sum(axis=1)),
    ]  # fmt: skip
    return {name: (dims, values, {"units": unit, "long_name": meaning}) for name, dims, unit, meaning, values in table}


def _medians(values: Any) -> Any:
    """Of each column, without NaN; NaN where there is nothing else."""
    columns = [column[np.isfinite(column)] for column in values.T]
    return np.array([np.median(column) if len(column) else np.nan for column in columns])


def _attributes(chosen: DesignSet, settings: InsertionSettings) -> dict[str, Any]:
    citations: dict[str, None] = {}
    models: dict[str, None] = {}
    warnings: dict[str, None] = {}
    for one in chosen.designs:
        try:
            alone = warned(_core.insert_device(chosen.skin, one.device, one.use, 0, settings), stacklevel=4)
        except _core.Error as error:
            warnings[f"{one.name}: the reference person fails: {error}"] = None
            continue
        citations |= dict.fromkeys(alone.info.citations)
        models |= dict.fromkeys(alone.info.models)
        warnings |= {f"{w.where}: {w.message}": None for w in alone.info.warnings}
    population = chosen.population
    return {
        "schema": SCHEMA,
        "title": chosen.title,
        "designs_id": chosen.id,
        "libskin_version": _core.__version__,
        "git_revision": _core.git_revision(),
        "build": _core.build_description(),
        "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "seed": int(population.seed),
        "skin": chosen.skin.id,
        "population": repr(population),
        "strikes_per_person": int(settings.n_needles),
        "citations": ", ".join(citations),
        "models": "; ".join(models),
        "warnings": "\n".join(warnings),
        "designs_file": chosen.source_text,
        "intended_use": "Research only: not a medical device and not advice.",
    }


# --------------------------------------------------------------------------------------- the table


def bench_table(ds: xr.Dataset) -> list[dict[str, Any]]:
    """One row a design, plain numbers in SI: what the command line prints and ``table.csv`` holds.

    Examples
    --------
    >>> import libskin as ls
    >>> rows = ls.bench_table(ls.bench("twelve_needles", n=4, n_strikes=10))
    >>> rows[0]["design"], rows[0]["depth_50_m"] > 0.0
    ('pen_reference', True)
    """
    check_bench(ds)
    rows = []
    for k, name in enumerate(ds["design"].values):
        row: dict[str, Any] = {"design": str(name), "kind": str(ds["kind"].values[k])}
        for column in ("setting", "needle_length", "shaft_radius", "tip_radius", "taper_length"):
            row[f"{column}_m"] = float(ds[column].values[k])
        row["needle_count"] = int(ds["needle_count"].values[k])
        for short, column, unit in (
            ("puncture_force", "puncture_force_quantile", "N"),
            ("strike_force", "strike_force_quantile", "N"),
            ("depth", "depth_quantile", "m"),
        ):
            for q, value in zip(QUANTILES, ds[column].values[k], strict=True):
                row[f"{short}_{round(100 * q):d}_{unit}"] = float(value)
        for layer, share in zip(ds["layer"].values, ds["reach_probability"].values[k], strict=True):
            row[f"reach_{layer}"] = float(share)
        for layer, force in zip(ds["layer"].values, ds["entry_force_median"].values[k], strict=True):
            row[f"entry_force_{layer}_N"] = float(force)
        row["holes_per_area_1/m^2"] = float(ds["mean_holes_per_area"].values[k])
        row["strength_margin_5"] = float(ds["strength_margin_quantile"].values[k, 0])
        row["energy_50_J"] = float(ds["energy_quantile"].values[k, 1])
        row["between_persons_m"] = float(ds["between_persons"].values[k])
        row["within_person_m"] = float(ds["within_person"].values[k])
        row["failed_persons"] = int(ds["failed_persons"].values[k])
        rows.append(row)
    return rows


def is_bench(value: Any) -> bool:
    return getattr(value, "attrs", {}).get("schema") == SCHEMA


def check_bench(ds: Any) -> None:
    if not is_bench(ds):
        raise ParameterError(f"ds = an object of type {type(ds).__name__} is not the result of libskin.bench")


def write_bench(ds: xr.Dataset, path: Path) -> None:
    """HDF5 that xarray opens: ``xarray.open_dataset(path, engine="h5netcdf")``."""
    write_aside(path, lambda aside: ds.to_netcdf(aside, engine="h5netcdf"))


def read_bench(path: Path) -> xr.Dataset | None:
    """What `write_bench` wrote; None of any other file."""
    import xarray as xr

    try:
        if SCHEMA.encode() not in path.read_bytes():  # a damaged result is nothing that HDF5 should look at
            return None
        with xr.open_dataset(path, engine="h5netcdf") as ds:
            return ds.load() if is_bench(ds) else None
    except (OSError, ValueError, KeyError, RuntimeError):  # cut off, or not what xarray knows
        return None


def write_bench_csv(ds: xr.Dataset, path: Path) -> None:
    import csv

    rows = bench_table(ds)

    def write(aside: Path) -> None:
        with aside.open("w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, fieldnames=list(rows[0]))
            table.writeheader()
            table.writerows(rows)

    write_aside(path, write)
