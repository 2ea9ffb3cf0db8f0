"""What to cite for exactly this run, and where a value comes from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from libskin import _core
from libskin._choice import need
from libskin._core import Explanation, Skin, Topical, TreatmentResult
from libskin._device import DEVICES, Device

__all__ = ["Explanation", "citations", "explain", "print_citations", "reference"]


def citations(result: Any) -> list[str]:
    """Full references of the data and models that ``result`` used, in the order of first use."""
    info = getattr(result, "info", None)
    if not isinstance(info, _core.ResultInfo):
        raise _core.ParameterError(f"result = {type(result).__name__} is not a result of libskin")
    return [f"[{key}] {_core.reference(key)}" for key in info.citations]


def print_citations(result: Any) -> None:
    """Print what to cite for exactly this run."""
    for line in citations(result):
        print(line)


def reference(key: str) -> str:
    """The reference behind a key, one line."""
    return _core.reference(key)


def explain(value: TreatmentResult | Skin | Device | Topical, name: str) -> Explanation:
    """Value, unit, kind, source and readers of one parameter.

    Parameters
    ----------
    value
        A treatment's result, or a skin, device or topical.
    name
        Dotted: ``"skin.papillary_dermis.thickness"``, ``"device.needle.length"``,
        ``"serum.active.log_partition"`` (by the name of the application).

    Examples
    --------
    >>> import libskin as ls
    >>> skin = ls.Skin.preset("face_cheek")
    >>> ls.explain(skin, "skin.papillary_dermis.thickness").unit
    'm'
    """
    need(name, str, "name")
    if isinstance(value, TreatmentResult):
        root = name.split(".", 1)[0]
        if root == "device" or root == "session":
            return _core.explain(value.protocol.device, name.removeprefix("session."))
        tail = name.removeprefix("application.").removeprefix("topical.")
        for application in value.protocol.applications:
            if tail.split(".", 1)[0] == application.name and "." in tail:
                return _core.explain(application.topical, tail.split(".", 1)[1])
        return _core.explain(value.skin, name)
    need(value, (Skin, Topical, *DEVICES), "value")
    return _core.explain(value, name)


def explain_name(name: str, file: str | os.PathLike[str] | None = None) -> Explanation:
    """What the command line explains: a dotted name in any libskin file, or in the shipped medical_pen."""
    from libskin.results import load
    from libskin.treatment import load_treatment

    if file is None:
        return _in_case(load_treatment("medical_pen"), name)
    path = Path(file)
    if path.suffix != ".toml" and path.exists():
        result = load(path)
        if not isinstance(result, TreatmentResult):
            raise _core.ParameterError(
                f"file = {os.fspath(file)!r} holds a {type(result).__name__}; explain needs a whole treatment"
            )
        return explain(result, name)
    kind = _kind_of(path) if path.exists() else "treatment"
    if kind == "skin":
        return _core.explain(Skin.load(path), name)
    if kind in ("pen", "stamp", "roller"):
        return _core.explain(_core.load_device(path), name)
    if kind == "topical":
        return _core.explain(_core.load_topical(path), name)
    return _in_case(load_treatment(path), name)


def _kind_of(path: Path) -> str:
    """The `type` of a parameter file; anything else is left to the reader of treatments and its errors."""
    import tomllib

    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "treatment"
    return str(content.get("type", "treatment"))


def _in_case(case: _core.TreatmentCase, name: str) -> Explanation:
    root, _, rest = name.partition(".")
    if root == "device":
        return _core.explain(case.protocol.device, name)
    for application in case.protocol.applications:
        if root == application.name and rest:
            return _core.explain(application.topical, rest)
    return _core.explain(case.skin, name)
