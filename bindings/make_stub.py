"""Write libskin/_core.pyi from the compiled module: members, units and types come from the describe tables.

usage: make_stub.py [--check]   (libskin must be importable; --check fails when the stub is not up to date)
"""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import Any

STUB = Path(__file__).resolve().parent / "libskin" / "_core.pyi"

HEAD = '''"""Stub of the compiled module, written by bindings/make_stub.py: do not edit."""

import enum
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Self, overload

import numpy as np
from numpy.typing import NDArray

type _Fields = dict[str, tuple[tuple[str, ...], str, str]]
_Array = NDArray[np.float64]
_IntArray = NDArray[np.int32]

class _pybind11_type(type): ...
'''.replace("type _Fields = ", "_Fields = ")

# Methods and functions whose signatures pybind11 cannot say well enough for mypy.
METHODS: dict[str, list[str]] = {
    "Skin": [
        "@staticmethod\n    def preset(id: str, **person: Any) -> Skin: ...",
        "@staticmethod\n    def load(path: str | os.PathLike[str], **person: Any) -> Skin: ...",
        "@staticmethod\n    def presets() -> list[str]: ...",
        "@staticmethod\n    def population(preset: str, **settings: Any) -> list[Skin]: ...",
        "def layer(self, name: str) -> Layer: ...",
        "def has_layer(self, name: str) -> bool: ...",
        "def top_of(self, name: str) -> float: ...",
        "def bottom_of(self, name: str) -> float: ...",
        "@property\n    def thickness(self) -> float: ...",
    ],
    "Wound": [
        "def __len__(self) -> int: ...",
        "@property\n    def holes_per_area(self) -> float: ...",
        "def injury_dose(self, skin: Skin) -> InjuryDose: ...",
    ],
    "ChannelClasses": ["def __len__(self) -> int: ..."],
    "Closure": ["def __bool__(self) -> bool: ..."],
    "InsertionResult": ["def depth_quantile(self, q: float) -> float: ..."],
    "TearingResult": [
        "@property\n    def risk_band(self) -> tuple[float, float]: ...",
        "@property\n    def risk_causes(self) -> dict[str, float]: ...",
        "@property\n    def words(self) -> tuple[str, ...]: ...",
    ],
    "RecoveryResult": ["def time_to_recover(self, observable: str) -> float: ..."],
    "DeliveryResult": ["def penetration_depth(self, share: float) -> _Array: ..."],
    "HealingResult": [
        "def collagen_gain(self, layer_name: str) -> float: ...",
        "def phases(self) -> list[Phase]: ...",
    ],
    "TreatmentResult": [
        "@property\n    def insertion(self) -> InsertionResult: ...",
        "@property\n    def tearing(self) -> TearingResult: ...",
        "@property\n    def bleeding(self) -> BleedingResult: ...",
        "@property\n    def recovery(self) -> RecoveryResult: ...",
        "@property\n    def delivery(self) -> Mapping[str, DeliveryResult]: ...",
        "@property\n    def safety(self) -> SafetyResult: ...",
        "@property\n    def dose(self) -> InjuryDose: ...",
        "@property\n    def warnings(self) -> tuple[Warning, ...]: ...",
    ],
}
PATH = "str | os.PathLike[str]"
DEVICE, USE = "Stamp | Pen | Roller", "Travel | Pressing | Impact | Rolling | Gliding"
FUNCTIONS = f"""
def git_revision() -> str: ...
def build_description() -> str: ...
def parse_quantity(quantity: str, expected: str) -> float: ...
def pretty(value: float, si_unit: str) -> str: ...
def strike_pattern(device: {DEVICE}, use: {USE}, n_strikes: int, seed: int) -> StrikePattern: ...
def device(id: str) -> {DEVICE}: ...
def devices() -> tuple[str, ...]: ...
def needle_material(id: str) -> NeedleMaterial: ...
def needle_materials() -> tuple[str, ...]: ...
def buckling_force(needle: Needle) -> float: ...
def needle_positions(stamp: Stamp) -> _Array: ...
def depth_band(device: {DEVICE}) -> DepthBand: ...
def nominal_setting(device: {DEVICE}) -> float: ...
def active(id: str) -> Active: ...
def vehicle(id: str) -> Vehicle: ...
def topical(id: str) -> Topical: ...
def actives() -> tuple[str, ...]: ...
def vehicles() -> tuple[str, ...]: ...
def topicals() -> tuple[str, ...]: ...
def intact_skin() -> Wound: ...
def channel_classes(wound: Wound, n_classes: int) -> ChannelClasses: ...
def insert_needle(skin: Skin, needle: Needle, use: Travel, settings: InsertionSettings) -> InsertionResult: ...
def insert_device(skin: Skin, device: {DEVICE}, use: {USE}, seed: int, settings: InsertionSettings) -> InsertionResult: ...
def strokes(skin: Skin, device: {DEVICE}, use: {USE}, settings: InsertionSettings, hold: float) -> StrokesResult: ...
def tear(skin: Skin, device: {DEVICE}, use: {USE}, wound: Wound, seed: int, settings: TearingSettings) -> TearingResult: ...
def tear_index(skin: Skin, device: {DEVICE}, use: {USE}, depth: Sequence[float] | _Array, settings: TearingSettings) -> float: ...
def needle_path(skin: Skin, roller: Roller, use: Rolling, depth: float, tearing: TearingSettings, settings: NeedlePathSettings) -> NeedlePath: ...
def scale_to_area(result: TearingResult, area: float) -> TreatedArea: ...
def bleed(skin: Skin, wound: Wound, settings: BleedingSettings) -> BleedingResult: ...
def recover(skin: Skin, wound: Wound, duration: float, settings: RecoverySettings) -> RecoveryResult: ...
def deliver(skin: Skin, wound: Wound, application: Application, closure: Closure, duration: float, settings: DeliverySettings) -> DeliveryResult: ...
def assess(skin: Skin, exposures: Sequence[Exposure], wound: Wound, closure: Closure, settings: SafetySettings) -> SafetyResult: ...
def relative_pain(skin: Skin, needle_length: float, n_needles: float) -> float: ...
def repeated(dose: InjuryDose, sessions: int, interval: float) -> list[InjuryDose]: ...
def heal(skin: Skin, doses: Sequence[InjuryDose], duration: float, settings: HealingSettings) -> HealingResult: ...
def population(settings: PopulationSettings) -> list[Skin]: ...
def load_designs(path_or_name: {PATH}) -> DesignSet: ...
def designs() -> tuple[str, ...]: ...
def bench_design(designs: DesignSet, design: int, first: int, n: int, settings: InsertionSettings, on_progress: Callable[[int, int, str], object] | None, threads: int) -> DesignResult: ...
def insert_batch_needle(skins: Sequence[Skin], needle: Needle, use: Travel, settings: InsertionSettings, on_progress: Callable[[int, int, str], object] | None, threads: int) -> InsertBatch: ...
def insert_batch_device(skins: Sequence[Skin], device: {DEVICE}, use: {USE}, seed: int, settings: InsertionSettings, on_progress: Callable[[int, int, str], object] | None, threads: int) -> InsertBatch: ...
def summary(result: TreatmentResult) -> str: ...
def load_treatment(path_or_name: {PATH}, overrides: Sequence[str]) -> TreatmentCase: ...
def treatments() -> tuple[str, ...]: ...
def treat(skin: Skin, protocol: Protocol, seed: int, on_progress: Callable[[int, int, str], object] | None, threads: int, settings: TreatmentSettings) -> TreatmentResult: ...
def data_folder() -> os.PathLike[str]: ...
def set_data_folder(folder: {PATH}) -> None: ...
def load_device(path: {PATH}) -> {DEVICE}: ...
def load_lateral_table(path: {PATH}) -> _Array: ...
def load_active(path: {PATH}) -> Active: ...
def load_vehicle(path: {PATH}) -> Vehicle: ...
def load_topical(path: {PATH}) -> Topical: ...
def check_file(path: {PATH}) -> str: ...
def explain(value: Skin | {DEVICE} | Topical, name: str) -> Explanation: ...
def reference(key: str) -> str: ...
def parameter_text(id: str) -> str: ...
def sha256(content: str) -> str: ...
def save(result: Any, path: {PATH}, compress: bool) -> None: ...
def load(path: {PATH}) -> Any: ...

class InsertionCurve(metaclass=_pybind11_type):
    def __init__(self, skin: Skin, needle: Needle, speed: float = ..., settings: InsertionSettings | None = ...) -> None: ...
    def depth_at_travel(self, travel: Any) -> Any: ...
    def force_at_travel(self, travel: Any) -> Any: ...
    def depth_at_force(self, force: Any) -> Any: ...
    def travel_at_force(self, force: Any) -> Any: ...
    def force_at_depth(self, depth: Any) -> Any: ...
    def deflection_at_force(self, force: Any) -> Any: ...
    def force_at_deflection(self, deflection: Any) -> Any: ...
    @property
    def breaks(self) -> tuple[float, ...]: ...
"""


def enum_stub(cls: type[enum.StrEnum]) -> str:
    lines = [f"class {cls.__name__}(enum.StrEnum):"]
    lines += [f'    {member.name} = "{member.value}"' for member in cls]
    return "\n".join(lines)


def exception_stub(cls: type[Exception]) -> str:
    bases = ", ".join(base.__name__ for base in cls.__bases__)
    return f"class {cls.__name__}({bases}): ..."


def writable(kind: str) -> str:
    """What a constructor takes for a member of that type: sequences for tuples and arrays, text for enumerations."""
    if kind in ("Array", "IntArray"):
        return "_Array | Sequence[float]"
    if kind.startswith("tuple["):
        return "Sequence[" + kind.removeprefix("tuple[").removesuffix(", ...]") + "]"
    if kind in ENUMS:
        return f"{kind} | str"
    if kind[:1].isupper() and not kind.startswith("Mapping"):
        return f"{kind} | Mapping[str, Any]"
    return kind


ENUMS: set[str] = set()


def class_stub(cls: Any) -> str:
    lines = [f"class {cls.__name__}(metaclass=_pybind11_type):"]
    for name in ("_fields", "_types", "_ranges"):
        kind = {"_fields": "_Fields", "_types": "dict[str, str]"}.get(name, "dict[str, tuple[float, float]]")
        lines.append(f"    {name}: ClassVar[{kind}]")
    if "replace" in vars(cls):
        positional = [n for n in cls._types if n not in ("id", "title", "name")]
        keyword = [n for n in cls._types if n in ("id", "title", "name")]
        arguments = [f"{n}: {writable(cls._types[n])} = ..." for n in positional]
        if keyword:
            arguments += ["*", *(f"{n}: {writable(cls._types[n])} = ..." for n in keyword)]
        lines.append(f"    def __init__(self, {', '.join(arguments)}) -> None: ...")
        lines.append("    def replace(self, **changes: Any) -> Self: ...")
    else:  # results come from verbs only; Python asks for the signature anyway
        lines.append("    def __init__(self, *args: Any, **kwargs: Any) -> None: ...")
    for name, kind in cls._types.items():
        shown = f"_{kind}" if kind in ("Array", "IntArray") else kind
        lines.append(f"    @property\n    def {name}(self) -> {shown}: ...")
    lines.append("    def __eq__(self, other: object, /) -> bool: ...")
    lines.append("    def __hash__(self) -> int: ...")
    lines.append("    def __copy__(self) -> Self: ...")
    lines.append("    def __deepcopy__(self, memo: dict[Any, Any], /) -> Self: ...")
    lines.append("    def __getstate__(self) -> dict[str, Any]: ...")
    lines.append("    def __setstate__(self, state: dict[str, Any], /) -> None: ...")
    lines += [f"    {method}" for method in METHODS.get(cls.__name__, [])]
    return "\n".join(lines)


def stub() -> str:
    # Python puts this file's folder first, where the sources lie without the compiled module.
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != STUB.parents[1]]
    from libskin import _core

    values = [v for k, v in vars(_core).items() if isinstance(v, type)]
    ENUMS.update(v.__name__ for v in values if issubclass(v, enum.Enum))
    parts = [HEAD, "__version__: str"]
    parts += [exception_stub(v) for v in values if issubclass(v, BaseException)]
    parts += [enum_stub(v) for v in values if issubclass(v, enum.Enum)]
    parts += [class_stub(v) for v in values if hasattr(v, "_fields")]
    parts.append(FUNCTIONS)
    return "\n\n".join(parts)


def main() -> int:
    text = stub()
    if "--check" in sys.argv:
        same = STUB.exists() and STUB.read_text(encoding="utf-8") == text
        print("the stub is up to date" if same else "run bindings/make_stub.py: the stub is not up to date")
        return 0 if same else 1
    STUB.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
