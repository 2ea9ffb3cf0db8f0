"""The verbs: what api.md promises, defaults equal to C++, and words for what does not fit."""

from __future__ import annotations

import inspect
import math
import threading
import time
import warnings

import numpy as np
import pytest
from libskin.units import day, hour, mm

import libskin as ls
from libskin import _core, ensemble

LIVING = ("viable_epidermis", "papillary_dermis", "reticular_dermis")


def test_api_names_of_insert(curve, strikes) -> None:
    assert curve.travel.shape == curve.force.shape == curve.tip_depth.shape == curve.deflection.shape == (400,)
    assert curve.puncture_force > 0.0
    assert 0.0 < curve.puncture_depth < 1.4 * mm
    assert curve.channel_depth > 0.0
    assert curve.channel_radius > 0.0
    assert curve.histology_depth > 0.0
    assert strikes.depth.shape == (300,)
    assert strikes.depth_quantile(0.1) <= strikes.depth_quantile(0.9)
    assert 0.0 <= strikes.punctured_fraction <= 1.0
    assert strikes.holes_per_area > 0.0
    assert isinstance(strikes.wound, ls.Wound)
    assert len(strikes.wound) == len(strikes.wound.depth)


def test_api_names_of_the_others(torn, bled, recovered, delivered, assessed, healed) -> None:
    n = len(torn.wound)
    assert torn.slit_length.shape == torn.demand.shape == torn.critical_offset.shape == (n,)
    low, high = torn.risk_band
    assert low <= torn.risk_index <= high
    assert 0.0 <= torn.tear_fraction <= 1.0
    assert 0.0 <= bled.visible_fraction <= 1.0
    assert bled.dots_per_area >= 0.0
    assert bled.blood_per_area >= 0.0
    for name in ("pore_radius", "impedance", "tewl", "tracer_permeability", "staining", "optical_opening"):
        assert getattr(recovered, name).shape == recovered.time.shape
    assert recovered.time_to_recover("impedance") > 0.0
    assert recovered.closure
    assert delivered.amount.shape == (len(delivered.time), len(delivered.compartment))
    assert delivered.concentration.shape == (len(delivered.time), len(delivered.depth))
    assert delivered.flux.shape == delivered.cumulative.shape == delivered.time.shape
    assert delivered.penetration_depth(0.5).shape == delivered.time.shape
    assert delivered.mass_balance_error < 1e-10
    assert isinstance(delivered.exposure, ls.Exposure)
    assert assessed.irritation >= 0.0
    assert isinstance(assessed.particles, tuple)
    assert assessed.infection_relative >= 0.0
    assert assessed.granuloma in (True, False)
    assert tuple(healed.layer) == LIVING
    assert healed.neutrophils.shape == healed.collagen_I.shape == (len(healed.time), 3)
    assert {p.name for p in healed.phases()} <= {"inflammation", "proliferation", "remodelling"}
    assert healed.collagen_gain("papillary_dermis") >= 0.0


def test_the_resolved_cell_has_a_section_and_an_error(skin, bled, recovered, serum) -> None:
    cell = ls.deliver(
        skin, bled.wound, serum, closure=recovered.closure, duration=600.0,
        model="unit_cell", cells_per_layer=12, n_times=6, tolerance=1e-3,
    )  # fmt: skip
    assert cell.section.shape == (len(cell.time), len(cell.section_radius), len(cell.section_depth))
    assert cell.section.shape[1] > 3
    assert cell.error_estimate.shape == (len(cell.compartment),)
    assert np.isfinite(cell.error_estimate).all()
    assert cell.mass_balance_error < 1e-10
    assert ls.to_xarray(cell)["section"].dims == ("time", "section_radius", "section_depth")


VERBS = {
    ls.insert: _core.InsertionSettings,
    ls.insert_batch: _core.InsertionSettings,
    ls.tear: _core.TearingSettings,
    ls.bleed: _core.BleedingSettings,
    ls.recover: _core.RecoverySettings,
    ls.deliver: _core.DeliverySettings,
    ls.assess: _core.SafetySettings,
    ls.heal: _core.HealingSettings,
}


@pytest.mark.parametrize("verb", VERBS, ids=lambda v: v.__name__)
def test_python_defaults_equal_those_of_cpp(verb) -> None:
    """Every member of the settings is a keyword of the verb, with the same default (None: filled in the body)."""
    parameters = inspect.signature(verb).parameters
    settings = VERBS[verb]()
    for name in type(settings)._fields:
        assert name in parameters, f"{verb.__name__} has no {name}="
        default, wanted = parameters[name].default, getattr(settings, name)
        if default is None or name == "occluded":
            continue
        assert default == wanted, f"{verb.__name__}({name}={default!r}) but {wanted!r} in C++"


def test_defaults_that_are_filled_in_the_body(skin, roller, rolling) -> None:
    cpp = _core.InsertionSettings()
    r = ls.insert(skin, roller, rolling)
    assert r == ls.insert(skin, roller, rolling, seed=0, n_needles=cpp.n_needles)
    assert len(ls.insert(skin, ls.Needle(), ls.Travel()).travel) == cpp.n_samples


def test_unchanged_calls_give_the_same_bits(skin, roller, rolling, strikes, torn) -> None:
    again = ls.insert(skin, roller, rolling, n_needles=300, seed=1)
    assert again == strikes
    assert ls.tear(skin, roller, rolling, again.wound, seed=1) == torn
    assert ls.insert(skin, roller, rolling, n_needles=300, seed=2) != strikes


def test_null_hypotheses_do_nothing(skin, roller, rolling, strikes, serum) -> None:
    shut = ls.insert(skin, roller, rolling, n_needles=50, tip_model="none")
    assert shut.punctured_fraction == 0.0
    assert len(shut.wound) == 0
    assert ls.tear(skin, roller, rolling, strikes.wound, tear_model="none").tear_fraction == 0.0
    assert ls.bleed(skin, strikes.wound, bleed_model="none").dots_per_area == 0.0
    open_ = ls.recover(skin, strikes.wound, duration=hour, closure_model="none")
    assert np.all(open_.closure.radius_fraction == 1.0)
    assert ls.deliver(skin, None, serum, duration=hour, model="none").delivered == 0.0
    dose = strikes.wound.injury_dose(skin)
    assert ls.heal(skin, dose, duration=day, heal_model="none").collagen_gain("papillary_dermis") == 0.0


def test_strokes_follow_a_pen_and_an_impact(skin) -> None:
    pen = ls.strokes(skin, ls.device("medical_pen_1.5"), ls.Gliding(), n_strokes=3)
    assert pen.depth.shape == pen.work.shape == (3,)
    assert pen.time.shape == pen.tip_depth.shape == pen.force.shape
    assert np.all(np.diff(pen.depth) >= 0.0)
    hit = ls.strokes(skin, ls.Stamp(rows=1, columns=1), ls.Impact(velocity=0.5, mass=1e-3))
    assert 0.0 < hit.skin_share <= 1.0 + 1e-6
    assert len(ls.plot.strokes(pen).axes) == 2
    with pytest.raises(ls.ParameterError, match="hold = 1 s was given"):
        ls.strokes(skin, ls.Pen(), ls.Gliding(), hold=1.0)


def test_intact_skin_is_no_wound(skin, serum) -> None:
    assert len(ls.intact_skin()) == 0
    intact = ls.deliver(skin, None, serum, duration=hour)
    assert intact == ls.deliver(skin, ls.intact_skin(), serum, duration=hour)


def test_occlusion_takes_true_and_stretches(skin, bled) -> None:
    covered = ls.recover(skin, bled.wound, duration=4 * hour, occluded=True)
    assert covered == ls.recover(skin, bled.wound, duration=4 * hour, occluded=[(0.0, 4 * hour)])
    part = ls.recover(skin, bled.wound, duration=4 * hour, occluded=[(0.0, hour)])
    assert part.impedance[-1] <= covered.impedance[-1]
    with pytest.raises(ls.ParameterError, match="occluded = 'yes'"):
        ls.recover(skin, bled.wound, duration=hour, occluded="yes")


def test_sessions_are_repeated_doses(skin, bled) -> None:
    dose = bled.wound.injury_dose(skin)
    three = ls.heal(skin, dose, sessions=3, interval=28 * day, duration=120 * day)
    doses = [dose.replace(time=k * 28 * day) for k in range(3)]
    assert three == ls.heal(skin, doses, duration=120 * day)
    assert three.collagen_gain("papillary_dermis") > ls.heal(skin, dose, duration=120 * day).collagen_gain(
        "papillary_dermis"
    )


def test_several_exposures_add_up(skin, delivered, bled, recovered) -> None:
    one = ls.assess(skin, delivered.exposure, bled.wound, closure=recovered.closure)
    two = ls.assess(skin, [delivered.exposure, delivered.exposure], bled.wound, closure=recovered.closure)
    assert two.irritation >= one.irritation


BAD_CALLS = [
    (lambda s, r: ls.insert("skin", ls.Needle(), ls.Travel()), "skin = 'skin' is not a Skin"),
    (lambda s, r: ls.insert(s, 3, ls.Travel()), "device = 3 is not a Needle or Stamp or Pen or Roller"),
    (lambda s, r: ls.insert(s, ls.Needle(), 1e-3), "use = 0.001 is not a Travel"),
    (lambda s, r: ls.insert(s, ls.Needle(), ls.Rolling()), "one needle takes Travel"),
    (lambda s, r: ls.insert(s, ls.Needle(), ls.Travel(), seed=1), "seed = 1 was given but one needle"),
    (lambda s, r: ls.insert(s, ls.Roller(), ls.Rolling(), n_samples=9), "n_samples = 9 was given but a device"),
    (lambda s, r: ls.insert(s, ls.Roller(), ls.Rolling(), seed=-1), "seed = -1 is not a whole number"),
    (lambda s, r: ls.insert(s, ls.Roller(), ls.Rolling(), seed=1.5), "seed = 1.5 is not a whole number"),
    (lambda s, r: ls.insert(s, ls.Roller(), ls.Rolling(), n_needles=0), "n_needles = 0"),
    (lambda s, r: ls.insert(s, ls.Needle(), ls.Travel(), n_samples=1), "n_samples = 1"),
    (lambda s, r: ls.insert(s, ls.Needle(), ls.Travel(), tip_model="energy"), "tip_model = 'energy' is not one of"),
    (lambda s, r: ls.insert(s, ls.Needle(), ls.Travel(), tolerance=math.nan), "tolerance = nan"),
    (lambda s, r: ls.tear(s, ls.Roller(), ls.Rolling(), r), "wound = an object of type InsertionResult is not a Wound"),
    (lambda s, r: ls.tear(s, ls.Needle(), ls.Rolling(), r.wound), "device = "),
    (lambda s, r: ls.tear(s, ls.Pen(), ls.Rolling(), r.wound), "Roller"),
    (lambda s, r: ls.bleed(s, None), "wound = None is not a Wound"),
    (lambda s, r: ls.bleed(s, r.wound, depth_step=0.0), "depth_step = 0"),
    (lambda s, r: ls.recover(s, r.wound, duration=-1.0), "duration = -1"),
    (lambda s, r: ls.recover(s, r.wound, duration=math.nan), "duration = nan"),
    (lambda s, r: ls.recover(s, r.wound, duration=math.inf), "duration = inf"),
    (lambda s, r: ls.recover(s, r.wound, duration="2 h"), "duration = '2 h' is text"),
    (lambda s, r: ls.recover(s, r.wound, duration=hour, irritancy_class=7), "irritancy_class = 7"),
    (lambda s, r: ls.recover(s, r.wound, duration=hour).time_to_recover("impedence"), "impedance"),
    (lambda s, r: ls.deliver(s, r.wound, ls.topical("pdrn_serum"), duration=hour), "is not a Application"),
    (lambda s, r: ls.deliver(s, r.wound, ls.Application(), duration=hour, model="3d"), "model = '3d' is not one of"),
    (lambda s, r: ls.deliver(s, r.wound, ls.Application(), duration=0.0), "duration = 0"),
    (lambda s, r: ls.assess(s, r.wound, r.wound), "exposure = "),
    (lambda s, r: ls.assess(s, [3], r.wound), "exposure[0] = 3 is not a Exposure"),
    (lambda s, r: ls.heal(s, r.wound, duration=day), "dose = "),
    (lambda s, r: ls.heal(s, r.wound.injury_dose(s), sessions=3, duration=day), "needs an interval"),
    (lambda s, r: ls.heal(s, r.wound.injury_dose(s), interval=day, duration=day), "only one session"),
    (lambda s, r: ls.heal(s, [r.wound.injury_dose(s)], sessions=2, duration=day), "carries its own times"),
    (lambda s, r: ls.heal(s, r.wound.injury_dose(s), duration=math.nan), "duration = nan"),
    (lambda s, r: ls.treat(s, 3), "protocol = 3 is not a Protocol"),
    (lambda s, r: ls.treat(s, ls.Protocol(), seed="7"), "seed = '7' is not a whole number"),
    (lambda s, r: ls.load_treatment("medical_pem"), "medical_pen"),
    (lambda s, r: ls.load_treatment("medical_pen", ["skin.age_yeers=3"]), "age_years"),
    (lambda s, r: ls.load_treatment("medical_pen", "skin.age_years=3"), "give a list"),
    (lambda s, r: ls.explain(s, "skin.papillary_dermis.thicknes"), "thickness"),
    (lambda s, r: ls.explain(r, "skin.papillary_dermis.thickness"), "value = "),
    (lambda s, r: ls.Skin.population("face_cheek", n=-1), "n = -1 is not a whole number"),
    (lambda s, r: ls.Skin.population("face_cheek", n=2, age_years=(1, 2, 3)), "age_years = (1, 2, 3)"),
    (lambda s, r: ls.insert_batch([3], ls.Needle(), ls.Travel()), "skins[0] = 3 is not a Skin"),
    (lambda s, r: r.depth_quantile(2.0), "2"),
]


@pytest.mark.parametrize(("call", "words"), BAD_CALLS, ids=[w for _, w in BAD_CALLS])
def test_bad_input_is_said_in_words(call, words, skin, strikes) -> None:
    with pytest.raises((ls.ParameterError, ls.DataError)) as caught:
        call(skin, strikes)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_out_of_range_warns_once(skin) -> None:
    """A result outside the validated range issues ValidityWarning and carries the same words."""
    needle = ls.Needle(length=5e-3, taper_length=1e-3)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = ls.insert(skin, needle, ls.Travel(distance=4.5e-3, speed=50.0))
    outside = [w for w in result.info.warnings if w.code == "outside_validated_range"]
    assert outside, "50 m/s is far outside"
    assert len(caught) == len(outside)
    assert all(issubclass(w.category, ls.ValidityWarning) for w in caught)
    assert caught[0].filename == __file__  # points at the caller's line


def test_the_gil_is_released(skin, roller, rolling) -> None:
    """A second Python thread counts on while C++ works; with the GIL held it could not."""
    ticks, stop = [0], threading.Event()

    def count() -> None:
        while not stop.is_set():
            ticks[0] += 1
            time.sleep(1e-3)

    thread = threading.Thread(target=count)
    thread.start()
    try:
        before, start = ticks[0], time.perf_counter()
        while time.perf_counter() - start < 0.3:
            ls.insert(skin, roller, rolling, n_needles=20_000)
        assert ticks[0] - before > 10
    finally:
        stop.set()
        thread.join()


def test_verbs_may_run_on_several_threads(skin) -> None:
    """Same numbers from four threads at once as from one."""
    from concurrent.futures import ThreadPoolExecutor

    def run(seed: int) -> ls.InsertionResult:
        return ls.insert(skin, ls.Roller(), ls.Rolling(), n_needles=100, seed=seed)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(8))) == [run(seed) for seed in range(8)]


def test_a_batch_does_not_depend_on_threads() -> None:
    skins = ls.Skin.population("face_cheek", n=12, age_years=(30, 70), seed=1)
    one = ls.insert_batch(skins, ls.Needle(), ls.Travel(1e-3), threads=1)
    two = ls.insert_batch(skins, ls.Needle(), ls.Travel(1e-3), threads=2)
    assert one == two
    alone = [ls.insert(skin, ls.Needle(), ls.Travel(1e-3)).depth[0] for skin in skins]
    assert np.array_equal(one.depth, alone)
    assert not one.status.any()
    assert ensemble.population("face_cheek", n=3, age_years=(30, 70), seed=1) == skins[:3]


def test_words_of_a_roller() -> None:
    skin = ls.Skin.preset("face_cheek")
    roller, use = ls.device("medical_roller_1.5"), ls.Rolling(passes=8)
    r = ls.insert(skin, roller, use, seed=1, n_needles=160, hole_capture="channel")
    assert r.pass_depth.shape == r.pass_force.shape == (8,)
    assert r.wound.visits.sum() == pytest.approx(160 * (1.0 - r.missed_fraction))
    assert "pass" in ls.to_xarray(r).dims
    trough = ls.insert(skin, roller, use, seed=1, n_needles=16, array_coupling="layered", drum_contact="conforming")
    assert trough.drum_half_width >= 0.0
    with pytest.raises(ls.ParameterError, match=r"needs settings\.array_coupling = layered"):
        ls.insert(skin, roller, use, n_needles=16, drum_contact="conforming")
    with pytest.raises(ls.ParameterError, match="hole_capture"):
        ls.insert(skin, roller, use, n_needles=16, hole_capture="always")
