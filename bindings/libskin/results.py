"""Results in files and in xarray."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from libskin import _core
from libskin._choice import need

if TYPE_CHECKING:
    import xarray as xr

    Result = (
        _core.TreatmentResult
        | _core.InsertionResult
        | _core.TearingResult
        | _core.BleedingResult
        | _core.RecoveryResult
        | _core.DeliveryResult
        | _core.SafetyResult
        | _core.HealingResult
    )

__all__ = ["load", "save", "to_xarray"]

RESULTS = (
    _core.TreatmentResult,
    _core.InsertionResult,
    _core.TearingResult,
    _core.BleedingResult,
    _core.RecoveryResult,
    _core.DeliveryResult,
    _core.SafetyResult,
    _core.HealingResult,
)


def save(result: Result, path: str | os.PathLike[str], *, compress: bool = False) -> None:
    """Write a result to an HDF5 file; an existing file stays intact until the new one is complete.

    The file opens without libskin: ``xarray.open_dataset(path, group="sessions/0/insertion", engine="h5netcdf")``.

    Examples
    --------
    >>> import libskin as ls, tempfile, os
    >>> r = ls.insert(ls.Skin.preset("forearm_volar"), ls.Needle(), ls.Travel(1e-3))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "needle.h5")
    ...     ls.save(r, path)
    ...     ls.load(path) == r
    True
    """
    need(result, RESULTS, "result")
    need(path, (str, os.PathLike), "path")
    need(compress, bool, "compress")
    _core.save(result, Path(path), compress)


def load(path: str | os.PathLike[str]) -> Any:
    """Whatever result a file holds; of a table of ``libskin bench`` the Dataset that ``ls.bench`` gives."""
    need(path, (str, os.PathLike), "path")
    try:
        return _core.load(Path(path))
    except _core.FileError:
        from libskin._bench_table import read_bench

        table = read_bench(Path(path))
        if table is None:
            raise
        return table


def to_xarray(result: Any) -> xr.Dataset | xr.DataTree:
    """A Dataset of one result, or a DataTree of a whole treatment, with units, names and coordinates.

    Groups of the tree are those of the file: ``sessions/0/insertion``, ``sessions/0/transport/serum``, ...

    Examples
    --------
    >>> import libskin as ls
    >>> r = ls.insert(ls.Skin.preset("forearm_volar"), ls.Needle(), ls.Travel(1e-3))
    >>> ls.to_xarray(r)["force"].attrs["units"]
    'N'
    """
    if isinstance(result, _core.TreatmentResult):
        return _tree(result)
    if not hasattr(type(result), "_fields"):
        raise _core.ParameterError(f"result = {type(result).__name__} is not a result of libskin")
    return _dataset(result)


def _dataset(result: Any, layers: list[str] | None = None) -> xr.Dataset:
    import xarray as xr

    data: dict[str, xr.Variable] = {}
    coords: dict[str, xr.Variable] = {}
    attrs: dict[str, Any] = {}
    for name, (dims, unit, meaning) in type(result)._fields.items():
        value = getattr(result, name)
        described = {"units": unit, "long_name": meaning}
        if isinstance(value, _core.ResultInfo):
            attrs["citations"] = ", ".join(value.citations)
            attrs["models"] = "; ".join(value.models)
            attrs["warnings"] = "; ".join(w.message for w in value.warnings)
        elif isinstance(value, np.ndarray):
            target = coords if list(dims) == [name] else data
            target[name] = xr.Variable(dims, value, described)
        elif isinstance(value, tuple) and value and all(isinstance(v, str) for v in value):
            target = coords if list(dims) == [name] else data
            target[name] = xr.Variable(dims or (name,), np.array(value), described)
        elif isinstance(value, bool | int | float):
            data[name] = xr.Variable((), value, described)
        elif isinstance(value, str):
            attrs[name] = str(value)
    # An empty column says that it is not known (a wound made by hand): it has no place on the axis of the others.
    sizes = {d: n for v in [*data.values(), *coords.values()] if v.size for d, n in v.sizes.items()}
    for name, variable in list(data.items()):
        if any(n != sizes.get(d, n) for d, n in variable.sizes.items()):
            del data[name]
    if layers is not None and "layer" not in coords:
        lengths = {v.sizes["layer"] for v in data.values() if "layer" in v.dims}
        if lengths == {len(layers)}:
            coords["layer"] = xr.Variable(("layer",), np.array(layers))
    laws = np.array([str(law) for law in _core.ToughnessLaw])
    if any(v.sizes.get("toughness_law") == len(laws) for v in data.values()):
        coords["toughness_law"] = xr.Variable(("toughness_law",), laws)
    return xr.Dataset(data, coords=coords, attrs=attrs)


def _tree(result: _core.TreatmentResult) -> xr.DataTree:
    import xarray as xr

    layers = [layer.name for layer in result.skin.layers]
    groups: dict[str, Any] = {"/": xr.Dataset(attrs=_root_attributes(result))}
    for k, session in enumerate(result.sessions):
        root = f"/sessions/{k}"
        for name in ("insertion", "tearing", "bleeding", "recovery", "safety"):
            part = getattr(session, name)
            groups[f"{root}/{name}"] = _dataset(part, layers)
            for nested in ("wound", "closure"):
                if hasattr(part, nested):
                    groups[f"{root}/{name}/{nested}"] = _dataset(getattr(part, nested))
        for product, delivery in session.delivery.items():
            groups[f"{root}/transport/{product}"] = _dataset(delivery)
            groups[f"{root}/transport/{product}/exposure"] = _dataset(delivery.exposure)
    groups["/healing"] = _dataset(result.healing)
    groups["/summary"] = _dataset(result.summary, layers)
    return xr.DataTree.from_dict(groups)


def _root_attributes(result: _core.TreatmentResult) -> dict[str, Any]:
    provenance = result.provenance
    return {
        "title": result.protocol.title,
        "protocol_id": result.protocol.id,
        "seed": provenance.seed,
        "libskin_version": provenance.libskin_version,
        "git_revision": provenance.git_revision,
        "created": provenance.created,
        "models": "; ".join(result.info.models),
        "citations": ", ".join(result.info.citations),
        "warnings": "; ".join(w.message for w in result.warnings),
    }
