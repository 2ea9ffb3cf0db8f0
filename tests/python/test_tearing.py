"""Tearing in Python: causes and words of the index, path of a needle, rankings, their figures, and the report."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from libskin.units import mm

import libskin as ls

STEERED = ls.Rolling(side_slip=math.radians(5.0))


@pytest.fixture(scope="module")
def old_skin() -> ls.Skin:
    return ls.Skin.preset("face_cheek", age_years=75)


@pytest.fixture(scope="module")
def roller() -> ls.Roller:
    return ls.device("medical_roller_1.5")


@pytest.fixture(scope="module")
def steered(old_skin, roller) -> ls.TearingResult:
    wound = ls.insert(old_skin, roller, STEERED, n_needles=150, seed=1).wound
    return ls.tear(old_skin, roller, STEERED, wound, seed=1)


def test_the_index_says_what_it_comes_from_and_what_it_is_not(steered) -> None:
    causes = steered.risk_causes
    assert tuple(causes) == steered.cause
    # Round-off of sums over 128 coalitions of numbers below 1.
    assert sum(causes.values()) == pytest.approx(steered.risk_index, abs=1e-13)
    assert max(causes, key=lambda name: causes[name]) == "side_slip"
    text = " ".join(steered.words)
    for words in (
        "prediction without direct data",
        "90 % band",
        "side-slip",
        "not the probability",
        "validate tearing",
    ):
        assert words in text, words
    assert ls.to_xarray(steered)["risk_by_cause"].sel(cause="side_slip") == causes["side_slip"]


def test_nothing_dragged_nothing_said(old_skin) -> None:
    stamp, use = ls.Stamp(ls.Needle()), ls.Pressing(force=5.0)
    t = ls.tear(old_skin, stamp, use, ls.insert(old_skin, stamp, use, n_needles=20, seed=1).wound)
    assert t.words == ()
    assert t.risk_index == 0.0 and t.risk_band == (0.0, 0.0)


def test_needle_path_enters_turns_upright_and_leaves(old_skin, roller) -> None:
    path = ls.needle_path(old_skin, roller, STEERED, depth=0.5 * mm, n_steps=101, n_slices=11)
    assert path.axis_x.shape == path.front_y.shape == (101, 11)
    assert path.demand.shape == path.critical_offset.shape == path.slit_extent.shape == (11,)
    assert path.tip_depth[50] == pytest.approx(0.5 * mm, rel=1e-12)
    assert path.tip_depth[0] == pytest.approx(0.0, abs=1e-12) == path.tip_depth[-1]
    deeper = np.isfinite(path.axis_x).sum(axis=0)
    assert (np.diff(deeper) <= 0).all()  # a deeper slice is met for a shorter time
    assert path.slit_extent[0] > 0.0  # the demand of 5 degrees is beyond the offset of old skin
    with pytest.raises(ls.ParameterError, match="depth"):
        ls.needle_path(old_skin, roller, STEERED, depth=2.0 * mm)
    with pytest.raises(ls.ParameterError, match=r"use\.slip"):
        ls.needle_path(old_skin, roller, ls.Rolling(slip=1.0), depth=0.5 * mm)


def test_the_grid_rises_with_age_and_side_slip(roller) -> None:
    ds = ls.tear_grid("face_cheek", roller, ls.Rolling(), [30.0, 75.0], [0.0, 0.05, 0.1], n_needles=30)
    assert (np.diff(ds["risk_index"], axis=0) > 0.0).all() and (np.diff(ds["risk_index"], axis=1) > 0.0).all()
    assert (ds["risk_low"] <= ds["risk_index"]).all() and (ds["risk_index"] <= ds["risk_high"]).all()
    assert ds["side_slip"].attrs["units"] == "rad"
    figure = ls.plot.risk_map(ds)
    assert any("side-slip (degrees)" in ax.get_xlabel() for ax in figure.axes)
    with pytest.raises(ls.ParameterError, match="tear_grid"):
        ls.plot.risk_map(ds.drop_vars("risk_low"))


def test_figures_have_units_on_every_axis(old_skin, roller, steered) -> None:
    path = ls.needle_path(old_skin, roller, STEERED, depth=0.5 * mm, dimple_depth=0.05 * mm, tent_height=0.1 * mm)
    free = ls.needle_path(old_skin, roller, ls.Rolling(), depth=0.5 * mm)
    figures = [
        ls.plot.tears(steered), ls.plot.tear_map(steered), ls.plot.tear_map(steered, side=4 * mm),
        ls.plot.needle_path(path, old_skin, roller), ls.plot.demand(path, old_skin),
        ls.plot.demand({"straight": free, "steered": path}, old_skin), ls.plot.tear_devices({"roller": steered}),
    ]  # fmt: skip
    for figure in figures:
        figure.canvas.draw()
        for ax in figure.axes:
            for label in (ax.get_xlabel(), ax.get_ylabel()):
                assert not label or re.search(r"\((mm|µm|1)\)", label), label
    for wrong in (
        lambda: ls.plot.demand({}, old_skin),
        lambda: ls.plot.tear_devices({}),
        lambda: ls.plot.tear_map(steered, side=-1.0),
        lambda: ls.plot.needle_path(steered, old_skin, roller),
    ):
        with pytest.raises(ls.ParameterError):
            wrong()


def test_the_report_of_a_roller_shows_its_tears(tmp_path) -> None:
    case = ls.load_treatment("home_roller")
    result = ls.treat(case.skin, case.protocol, seed=3)
    ls.report(result, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    section = page[page.index("<h2>Tearing</h2>") : page.index("<h2>Risks</h2>")]
    assert section.count("<img") >= 3  # map, one needle's way, what it asks for
    assert "Shapley" in section and "prediction without direct data" in section
    assert "it comes from" in ls.summary(result)
