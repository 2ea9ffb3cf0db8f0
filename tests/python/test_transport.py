"""Schedules, finite doses and slits from Python: what C++ has, by the same names."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
from libskin.units import hour, minute

import libskin as ls


@pytest.fixture(scope="module")
def wound() -> ls.Wound:
    return ls.insert(
        ls.Skin.preset("forearm_volar"), ls.device("salon_roller_0.5"), ls.Rolling(passes=2), n_needles=50, seed=1
    ).wound


def test_a_schedule_is_a_value(tmp_path) -> None:
    a = ls.Application(ls.topical("niacinamide_serum"), dose=0.02, reapplied_after=[1 * hour, 2 * hour])
    assert a.reapplied_after == (3600.0, 7200.0)
    assert a.reapplied_dose == ()
    assert pickle.loads(pickle.dumps(a)) == a
    assert a.replace(reapplied_dose=(0.01, 0.03)).reapplied_dose == (0.01, 0.03)
    with pytest.raises(ls.ParameterError, match=r"application.reapplied_after\[1\] = -1 s is outside"):
        ls.Application(ls.topical("niacinamide_serum"), reapplied_after=[1.0, -1.0])


def test_a_treatment_file_holds_a_schedule(tmp_path) -> None:
    text = Path(__file__).parents[2] / "examples" / "treatments" / "medical_pen.toml"
    lines = text.read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("name") and '"serum"' in line)
    lines.insert(at + 1, 'reapplied_after = ["1 h", "90 min"]\nreapplied_dose = ["1 mg/cm^2", "20 g/m^2"]')
    path = tmp_path / "again.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    serum = next(a for a in ls.load_treatment(path).protocol.applications if a.name == "serum")
    assert serum.reapplied_after == pytest.approx((3600.0, 5400.0), rel=1e-12)
    assert serum.reapplied_dose == pytest.approx((0.01, 0.02), rel=1e-12)


def test_minoxidil_dries_and_precipitates() -> None:
    lotion = ls.Application(ls.topical("minoxidil_solution"), when="after", dose=0.05)
    d = ls.deliver(ls.Skin.preset("face_forehead"), None, lotion, duration=1 * hour)
    assert d.film_thickness[-1] == pytest.approx(0.5 * d.film_thickness[0], rel=1e-6)
    # 50 g/L in half the film are 100, of which 75 stay dissolved: a quarter, less what stratum corneum takes meanwhile.
    assert 0.0 < d.undissolved.max() / d.dose < 0.25
    assert d.undissolved[0] == 0.0
    assert d.mass_balance_error < 1e-10


def test_read_outs_of_a_delivery(wound) -> None:
    skin = ls.Skin.preset("forearm_volar")
    closure = ls.recover(skin, wound, duration=2 * hour).closure
    serum = ls.Application(ls.topical("niacinamide_serum"), when="after", dose=0.02)
    d = ls.deliver(skin, wound, serum, closure=closure, duration=2 * hour)
    assert d.bioavailability().shape == d.time.shape
    assert np.all(np.diff(d.bioavailability()) >= 0.0)
    assert 0.0 < d.lag_time() < 2 * hour
    assert 0.0 < d.time_above("viable_epidermis", 1e-3) <= 2 * hour
    assert d.time_above("viable_epidermis", 1e4) == 0.0
    with pytest.raises(ls.ParameterError, match="layer = 'fat' is not one of: stratum_corneum"):
        d.time_above("fat", 1.0)
    assert d.layer_bottom.shape == (4,)


def test_figures_of_deliveries(wound, tmp_path) -> None:
    skin = ls.Skin.preset("forearm_volar")
    closure = ls.recover(skin, wound, duration=1 * hour).closure
    serum = ls.Application(ls.topical("niacinamide_serum"), when="after", dose=0.02)
    quick = {"duration": 20 * minute, "closure": closure, "cells_per_layer": 10, "n_times": 11, "tolerance": 1e-3}
    torn = ls.deliver(skin, wound, serum, model="slit", **quick)
    figure = ls.plot.channel_sections(torn)
    assert [ax.get_xlabel() for ax in figure.axes[:4]] == ["distance from the axis (um)"] * 4
    widened = wound.replace(slit_length=np.full(len(wound), 2e-4))
    plans = ls.plot.slit_plans(ls.deliver(skin, widened, serum, model="slit", **{**quick, "closure": None}), 5e-5)
    assert [ax.get_xlabel() for ax in plans.axes[:4]] == ["along the slit (um)"] * 4
    with pytest.raises(ls.ParameterError, match="has no slit"):
        ls.plot.slit_plans(torn, 5e-5)
    side = ls.plot.deliveries({"slit": torn, "fins": ls.deliver(skin, wound, serum, **quick)})
    assert side.axes[0].get_ylabel() == "share of the dose (%)"
    window = ls.plot.entry_window(skin, closure)
    assert window.axes[0].get_ylabel() == "largest particle that enters (um)"
    for f in (figure, plans, side, window):
        f.savefig(tmp_path / "figure.png")
    with pytest.raises(ls.ParameterError, match="has no section"):
        ls.plot.channel_sections(ls.deliver(skin, wound, serum, **quick))
    with pytest.raises(ls.ParameterError, match="closure is empty"):
        ls.plot.entry_window(skin, ls.Closure())
    with pytest.raises(ls.ParameterError, match="results must be a mapping"):
        ls.plot.deliveries({})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dose": 0.0}, r"application.dose = 0 kg/m\^2 is outside \(0, 10\]"),
        (
            {"reapplied_after": (60.0,), "reapplied_dose": (0.0,)},
            r"application.reapplied_dose\[0\] = 0 kg/m\^2 is outside",
        ),
    ],
)
def test_no_product_is_an_error(change, words) -> None:
    serum = ls.Application(ls.topical("niacinamide_serum"), when="after").replace(**change)
    with pytest.raises(ls.ParameterError, match=words):
        ls.deliver(ls.Skin.preset("forearm_volar"), None, serum, duration=1 * hour)


def test_what_cannot_be_delivered_says_field_value_and_range(wound) -> None:
    """The list of bad input of a delivery, from Python."""
    skin = ls.Skin.preset("forearm_volar")
    serum = ls.Application(ls.topical("niacinamide_serum"), when="after", dose=0.02)

    def refused(words: str, wound: ls.Wound | None = None, put_on: ls.Application = serum, **settings) -> None:
        with pytest.raises(ls.ParameterError, match=words):
            ls.deliver(skin, wound, put_on, **{"duration": 1 * hour, **settings})

    weak = serum.topical.replace(solubility=10.0)
    refused(r"topical.concentration = 50 kg/m\^3 is outside \[0, 10\]", put_on=serum.replace(topical=weak))
    refused(r"duration = 0 s is outside \[0.001, 3.2e\+08\]", duration=0.0)
    refused(r"settings.times\[1\] = 5 s is not above the time before it \(10 s\)", times=(10.0, 5.0))
    refused(r"settings.times\[0\] = 4000 s is outside \[0, 3600\]", times=(4000.0,))
    deep = wound.replace(channel_depth=np.full(len(wound), 0.015), depth=np.full(len(wound), 0.015))
    refused(r"wound.channel_depth = 0.015 m is outside \[0, ", wound=deep)
    wide = wound.replace(channel_radius=np.full(len(wound), 1e-3))
    refused(r"wound.channel_radius: a mouth of 0.001 m \(slit included\) is outside \(0, ", wound=wide)
    closure = ls.recover(skin, wound, duration=2 * hour).closure
    opening = np.array(closure.radius_fraction)
    opening[-1] = 1.0
    refused(
        r"closure.radius_fraction\[\d+, 0\] = 1 is above", wound=wound, closure=closure.replace(radius_fraction=opening)
    )
    with pytest.raises(ls.Error, match=r"caffein.*caffeine"):
        ls.active("caffein")
    with pytest.raises(ls.Error, match=r"niacinamide_seru.*niacinamide_serum"):
        ls.topical("niacinamide_seru")
