"""libskin: microneedling of human skin, from the physics up.

>>> import libskin as ls
>>> case = ls.load_treatment("medical_pen")
>>> result = ls.treat(case.skin, case.protocol, seed=7)
>>> print(result)  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from libskin import units
from libskin._bench import Design, DesignSet, PopulationSettings, bench, bench_table, designs, load_designs
from libskin._core import (
    Cancelled,
    ChannelClasses,
    DataError,
    Error,
    FileError,
    Kind,
    Origin,
    ParameterError,
    Provenance,
    ResultInfo,
    SolverError,
    Warning,
    Wound,
    __version__,
    build_description,
    data_folder,
    git_revision,
    intact_skin,
    set_data_folder,
)
from libskin._device import (
    DepthBand,
    Device,
    Gliding,
    Impact,
    Needle,
    NeedleMaterial,
    NeedleShape,
    Pen,
    Pressing,
    Roller,
    Rolling,
    Stamp,
    StampLayout,
    StrikePattern,
    Travel,
    Use,
    buckling_force,
    depth_band,
    device,
    devices,
    needle_material,
    needle_materials,
    needle_positions,
    strike_pattern,
)
from libskin._topical import (
    Active,
    Application,
    Topical,
    Vehicle,
    active,
    actives,
    topical,
    topicals,
    vehicle,
    vehicles,
)
from libskin._vtk import export_vtk
from libskin._warn import ValidityWarning
from libskin.bleeding import BleedingResult, bleed
from libskin.citations import Explanation, citations, explain, print_citations, reference
from libskin.ensemble import InsertBatch, insert_batch
from libskin.healing import HealingResult, InjuryDose, Phase, heal
from libskin.insertion import InsertionCurve, InsertionResult, InsertionSettings, StrokesResult, insert, strokes
from libskin.recovery import (
    Closure,
    RecoveryBand,
    RecoveryResult,
    draw_barrier,
    recover,
    recovery_band,
    stripped_excess,
    stripped_recovery_time,
)
from libskin.results import load, save, to_xarray
from libskin.safety import SafetyResult, assess
from libskin.tearing import (
    NeedlePath,
    TearingResult,
    TreatedArea,
    load_lateral_table,
    needle_path,
    scale_to_area,
    tear,
    tear_grid,
)
from libskin.tissue import Layer, Person, Skin
from libskin.transport import DeliveryResult, Exposure, deliver
from libskin.treatment import (
    Protocol,
    SessionResult,
    Summary,
    TreatmentCase,
    TreatmentResult,
    TreatmentSettings,
    load_treatment,
    summary,
    treat,
    treatments,
)

if TYPE_CHECKING:
    from libskin import plot
    from libskin._report import report

__all__ = [
    "Active", "Application", "BleedingResult", "Cancelled", "ChannelClasses", "Closure", "DataError",
    "DeliveryResult", "DepthBand", "Design", "DesignSet", "Device", "Error", "Explanation", "Exposure", "FileError",
    "Gliding", "HealingResult", "Impact", "InjuryDose", "InsertBatch", "InsertionCurve", "InsertionResult",
    "InsertionSettings", "Kind", "Layer", "Needle", "NeedleMaterial", "NeedlePath", "NeedleShape", "Origin",
    "ParameterError", "Pen", "Person", "Phase", "PopulationSettings", "Pressing", "Protocol", "Provenance",
    "RecoveryBand", "RecoveryResult", "ResultInfo", "Roller", "Rolling", "SafetyResult", "SessionResult", "Skin",
    "SolverError", "Stamp", "StampLayout", "StrikePattern", "StrokesResult", "Summary", "TearingResult", "Topical",
    "Travel", "TreatedArea", "TreatmentCase", "TreatmentResult", "TreatmentSettings", "Use", "ValidityWarning",
    "Vehicle", "Warning", "Wound", "__version__", "active", "actives", "assess", "bench", "bench_table", "bleed",
    "buckling_force", "build_description", "citations", "data_folder", "deliver", "depth_band", "designs", "device",
    "devices", "draw_barrier", "explain", "export_vtk", "git_revision", "heal", "insert", "insert_batch",
    "intact_skin", "load", "load_designs", "load_lateral_table", "load_treatment", "needle_material",
    "needle_materials", "needle_path", "needle_positions", "plot", "print_citations", "recover", "recovery_band",
    "reference", "report", "save", "scale_to_area", "set_data_folder", "strike_pattern", "stripped_excess",
    "stripped_recovery_time", "strokes", "summary", "tear", "tear_grid", "to_xarray", "topical", "topicals",
    "treat", "treatments", "units", "vehicle", "vehicles",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Figures and reports are imported when they are first used: matplotlib takes longer than a run."""
    if name == "plot":
        import importlib

        return importlib.import_module("libskin.plot")
    if name == "report":
        from libskin._report import report

        return report
    raise AttributeError(f"module 'libskin' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
