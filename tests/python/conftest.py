"""What the Python tests share: small runs, made once."""

from __future__ import annotations

import os

import pytest
from libskin.units import hour, mm

import libskin as ls
from libskin import _core

os.environ.setdefault("MPLBACKEND", "Agg")


@pytest.fixture(scope="session")
def skin() -> ls.Skin:
    return ls.Skin.preset("face_cheek", age_years=45, sex="female")


@pytest.fixture(scope="session")
def curve(skin: ls.Skin) -> ls.InsertionResult:
    """One needle on a rig."""
    return ls.insert(skin, ls.Needle(), ls.Travel(distance=1.4 * mm, speed=1.0 * mm))


@pytest.fixture(scope="session")
def roller() -> ls.Roller:
    return ls.device("medical_roller_1.5")


@pytest.fixture(scope="session")
def rolling() -> ls.Rolling:
    return ls.Rolling(force=3.0, speed=50 * mm, passes=15, slip=0.1, side_slip=0.1, held=True)


@pytest.fixture(scope="session")
def strikes(skin: ls.Skin, roller: ls.Roller, rolling: ls.Rolling) -> ls.InsertionResult:
    return ls.insert(skin, roller, rolling, n_needles=300, seed=1)


@pytest.fixture(scope="session")
def torn(skin, roller, rolling, strikes) -> ls.TearingResult:
    return ls.tear(skin, roller, rolling, strikes.wound, seed=1)


@pytest.fixture(scope="session")
def bled(skin, torn) -> ls.BleedingResult:
    return ls.bleed(skin, torn.wound)


@pytest.fixture(scope="session")
def recovered(skin, bled) -> ls.RecoveryResult:
    return ls.recover(skin, bled.wound, duration=24 * hour)


@pytest.fixture(scope="session")
def serum() -> ls.Application:
    return ls.Application(ls.topical("ascorbic_acid_15"), when="before", dose=5e-2)


@pytest.fixture(scope="session")
def delivered(skin, bled, recovered, serum) -> ls.DeliveryResult:
    return ls.deliver(skin, bled.wound, serum, closure=recovered.closure, duration=2 * hour)


@pytest.fixture(scope="session")
def assessed(skin, delivered, bled, recovered) -> ls.SafetyResult:
    return ls.assess(skin, delivered.exposure, bled.wound, closure=recovered.closure)


@pytest.fixture(scope="session")
def healed(skin, bled) -> ls.HealingResult:
    return ls.heal(skin, bled.wound.injury_dose(skin), duration=84 * 86400.0)


@pytest.fixture(scope="session")
def case() -> ls.TreatmentCase:
    return ls.load_treatment("medical_roller")


@pytest.fixture(scope="session")
def treated(case: ls.TreatmentCase) -> ls.TreatmentResult:
    return ls.treat(case.skin, case.protocol, seed=7)


@pytest.fixture(scope="session")
def every_value(
    skin, curve, strikes, torn, bled, recovered, serum, delivered, assessed, healed, case, treated
) -> list[object]:
    """At least one instance of every public class of values."""
    designs = ls.load_designs("twelve_needles")
    values: list[object] = [
        skin, skin.layers[0], skin.person, skin.person_laws, skin.mechanics, skin.tear_resistance,
        skin.vasculature, skin.vasculature.bed[0], skin.barrier, skin.solute_transport, skin.healing_biology,
        skin.tolerance, next(iter(skin.origins.values())),
        ls.Needle(), ls.Stamp(), ls.Pen(), ls.Roller(), ls.Travel(), ls.Pressing(), ls.Impact(), ls.Rolling(),
        ls.Gliding(), serum, serum.topical, serum.topical.active, serum.topical.vehicle,
        curve, strikes, strikes.wound, torn, bled, recovered, recovered.closure, recovered.closure.classes,
        delivered, delivered.exposure, assessed, healed, healed.phases()[0], bled.wound.injury_dose(skin),
        case, case.protocol, treated, treated.settings, treated.summary, treated.sessions[0], treated.provenance,
        treated.info, treated.info.warnings[0], ls.explain(skin, "skin.papillary_dermis.thickness"),
        ls.strike_pattern(ls.Roller(), ls.Rolling(), 20), ls.needle_material("silicon"),
        ls.strokes(skin, ls.Pen(), ls.Gliding(), n_strokes=1),
        ls.insert_batch([skin], ls.Needle(), ls.Travel()), designs, designs.designs[0],
        ls.needle_path(skin, ls.Roller(), ls.Rolling(), 4e-4, n_steps=11, n_slices=5), ls.scale_to_area(torn, 1e-2),
        ls.recovery_band(skin, bled.wound, duration=hour, n_draws=3, n_times=4),
        _core.bench_design(designs, 0, 0, 2, ls.InsertionSettings(n_needles=4), None, 1),
    ]  # fmt: skip
    return values
