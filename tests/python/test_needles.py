"""Needles of any shape, their materials and layouts of stamps, as Python sees them."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
from libskin.units import mm, um

import libskin as ls

PROFILE = np.array([[0.0, 4.0], [300.0, 40.0], [300.0, 60.0], [900.0, 80.0]]) * um


def test_a_profile_says_the_rest() -> None:
    needle = ls.Needle(profile=PROFILE)
    assert needle.shape == "profile"
    assert (needle.length, needle.tip_radius, needle.shaft_radius) == (900 * um, 4 * um, 80 * um)
    assert needle == ls.Needle(profile=PROFILE, length=900 * um)
    assert needle != ls.Needle(profile=PROFILE[[0, 3]])
    assert len({needle, ls.Needle(profile=PROFILE.copy())}) == 1
    assert pickle.loads(pickle.dumps(needle)) == needle
    assert needle.replace(profile=PROFILE[[0, 3]]).taper_length == 900 * um
    assert "profile" in repr(needle) and "profile=" not in repr(ls.Needle())
    with pytest.raises(ValueError):
        needle.profile[0, 0] = 1.0  # a view that nobody can change


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"profile": PROFILE, "length": 1.2 * mm}, "needle.length = 0.0012 m does not fit needle.profile"),
        ({"profile": PROFILE[::-1]}, "needle.profile[0, 0]"),
        ({"profile": PROFILE[:1]}, "at least 2 rows"),
        ({"profile": [1.0, 2.0]}, "needle.profile"),
        ({"shape": "pyramid"}, "needle.sides = 0 is outside [3, 100]"),
        ({"sides": 4}, "needle.sides = 4 is not used by needle.shape = 'cone'"),
        ({"shape": "wedge"}, "needle.shape = 'wedge' is not one of: cone, bevel, pyramid, flat, profile"),
        ({"bore_radius": 200 * um}, "needle.bore_radius"),
        ({"material": "steel"}, "needle.material"),
    ],
)
def test_what_does_not_fit_is_refused(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(ls.ParameterError) as error:
        ls.Needle(**arguments)  # type: ignore[arg-type]
    assert words in str(error.value)


def test_materials_judge_the_needle() -> None:
    assert {"stainless_steel", "silicon", "nickel"} <= set(ls.needle_materials())
    steel = ls.needle_material("stainless_steel")
    assert steel.origins["youngs_modulus"].kind == "recalled"
    needle = ls.Needle(material=steel)
    assert pickle.loads(pickle.dumps(needle)) == needle
    skin = ls.Skin.preset("face_cheek")
    result = ls.insert(skin, needle, ls.Travel(1.4 * mm))
    assert result.strength_margin > 1.0
    assert result.buckling_force == ls.buckling_force(needle)
    bare = ls.insert(skin, ls.Needle(), ls.Travel(1.4 * mm))
    assert np.isnan(bare.strength_margin)
    weak = ls.NeedleMaterial(youngs_modulus=1e8, compressive_strength=1e6, shear_strength=1e6)
    with pytest.warns(ls.ValidityWarning, match="needle"):
        broken = ls.insert(skin, ls.Needle(material=weak), ls.Travel(1.4 * mm))
    assert broken.strength_margin < 1.0
    assert any(w.code == "needle_breaks" for w in broken.info.warnings)


def test_layouts_of_a_stamp() -> None:
    needle = ls.Needle(length=0.7 * mm, shaft_radius=75 * um, taper_length=0.5 * mm)
    places = np.array([[0.0, 0.0], [1.0, 0.2], [0.3, 1.4]]) * mm
    stamp = ls.Stamp(needle=needle, rows=1, columns=1, pitch=1 * mm, layout="free", positions=places)
    assert np.array_equal(ls.needle_positions(stamp), places)
    assert ls.needle_positions(ls.Stamp(rows=2, columns=1, layout="rings")).shape == (19, 2)
    result = ls.insert(ls.Skin.preset("face_cheek"), stamp, ls.Pressing(force=0.5), n_needles=3)
    assert np.array_equal(np.stack([result.strike_x, result.strike_y], axis=1), places)
    with pytest.raises(ls.ParameterError, match=r"is not used by stamp\.layout"):
        ls.Stamp(positions=places)


def test_a_treatment_keeps_the_needle(tmp_path: Path) -> None:
    case = ls.load_treatment("medical_pen")
    needle = ls.Needle(
        profile=np.array([[0.0, 4.0], [1000.0, 125.0], [1500.0, 125.0]]) * um, material=ls.needle_material("silicon")
    )
    protocol = case.protocol.replace(device=case.protocol.device.replace(needle=needle))
    result = ls.treat(case.skin, protocol, seed=1)
    ls.save(result, tmp_path / "own.h5")
    again = ls.load(tmp_path / "own.h5")
    assert again.protocol.device.needle == needle
    assert again == result
