"""Every public value: immutable, comparable, hashable, picklable, readable; arrays are views that cannot be written."""

from __future__ import annotations

import copy
import inspect
import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import libskin as ls
from libskin import _core

PARAMETERS = sorted(
    (v for v in vars(_core).values() if isinstance(v, type) and "replace" in vars(v)),
    key=lambda v: v.__name__,
)
VALUES = sorted(
    (v for v in vars(_core).values() if isinstance(v, type) and hasattr(v, "_fields")),
    key=lambda v: v.__name__,
)
NEEDS_ARGUMENTS = {"Skin", "TreatmentCase", "DesignSet", "NeedleMaterial"}  # a skin without layers is an error


def test_the_fixture_holds_every_class(every_value) -> None:
    settings_classes = {c for c in PARAMETERS if c.__name__.endswith("Settings")}
    small = {_core.Interval, _core.ParticleReport}
    missing = set(VALUES) - {type(v) for v in every_value} - settings_classes - small
    assert not missing, f"add these to every_value: {[c.__name__ for c in missing]}"


def test_pickle_and_copies_are_equal_and_hash_alike(every_value) -> None:
    for value in every_value:
        again = pickle.loads(pickle.dumps(value))
        assert again == value, type(value).__name__
        assert hash(again) == hash(value), type(value).__name__
        assert copy.deepcopy(value) == value
        assert copy.copy(value) is value  # it never changes


def test_values_differ_from_other_types(every_value) -> None:
    for value in every_value:
        assert value != 3
        assert value != "text"
        assert (value == None) is False  # noqa: E711


def test_members_cannot_be_set_or_added(every_value) -> None:
    for value in every_value:
        for name in type(value)._fields:
            with pytest.raises(AttributeError):
                setattr(value, name, getattr(value, name))
        with pytest.raises(AttributeError):
            value.no_such_member = 1  # type: ignore[attr-defined]


def test_arrays_are_read_only_views_without_copy(every_value) -> None:
    seen = 0
    for value in every_value:
        for name in type(value)._fields:
            array = getattr(value, name)
            if not isinstance(array, np.ndarray) or array.size == 0:
                continue
            seen += 1
            again = getattr(value, name)
            where = f"{type(value).__name__}.{name}"
            assert not array.flags.writeable, where
            assert not array.flags.owndata, where  # the result owns it
            assert array.ctypes.data == again.ctypes.data, where
            with pytest.raises(ValueError, match=r"read-only|WRITEABLE"):
                array[...] = 0.0
            with pytest.raises(ValueError, match=r"WRITEABLE|writeable"):
                array.flags.writeable = True
    assert seen > 60


def test_a_view_keeps_its_result_alive() -> None:
    skin = ls.Skin.preset("forearm_volar")
    depth = ls.insert(skin, ls.Needle(), ls.Travel(1e-3)).wound.depth
    copied = depth.copy()
    for _ in range(20):  # other results take the memory if it was given back
        ls.insert(skin, ls.Needle(), ls.Travel(5e-4))
    assert np.array_equal(depth, copied)


def test_every_member_has_a_unit_and_a_meaning() -> None:
    for cls in VALUES:
        for name, (dims, unit, meaning) in cls._fields.items():
            assert unit, f"{cls.__name__}.{name}"
            assert meaning, f"{cls.__name__}.{name}"
            assert isinstance(dims, tuple)
            assert meaning in inspect.getdoc(getattr(cls, name))


def test_axes_have_the_lengths_of_their_names(every_value) -> None:
    """Arrays of one result that share an axis name share its length."""
    for value in every_value:
        lengths: dict[str, int] = {}
        for name, (dims, _, _) in type(value)._fields.items():
            array = getattr(value, name)
            if isinstance(array, np.ndarray) and array.size and len(dims) == array.ndim:
                for dim, n in zip(dims, array.shape, strict=True):
                    assert lengths.setdefault(dim, n) == n, f"{type(value).__name__}.{name}: {dim}"


@pytest.mark.parametrize("cls", [c for c in PARAMETERS if c.__name__ not in NEEDS_ARGUMENTS], ids=lambda c: c.__name__)
def test_bad_numbers_are_refused_by_name(cls) -> None:
    """Below, above, NaN, infinite, text, None and lists: an error that names class, member and value."""
    path = _snake(cls.__name__)
    for name, (low, high) in cls._ranges.items():
        kind = cls._types[name]
        if kind not in ("float", "int", "float | None"):
            continue
        bad: list[object] = ["1 mm", [1.0], object()]
        if kind == "int":
            bad += [math.nan, 1.5, int(low) - 1, int(high) + 1, 10**30]
        else:
            bad += [math.nan, math.inf, -math.inf, low - max(1.0, abs(low)), high * 2 + 1]
        if "None" not in kind:
            bad.append(None)
        for value in bad:
            with pytest.raises(ls.ParameterError) as caught:
                cls(**{name: value})
            assert f"{path}.{name}" in str(caught.value), str(caught.value)


@pytest.mark.parametrize("name", ["youngs_modulus", "compressive_strength", "shear_strength"])
def test_bad_numbers_of_a_needle_material_are_refused_by_name(name) -> None:
    steel = ls.needle_material("stainless_steel")
    low, high = type(steel)._ranges[name]
    for value in ["1 mm", [1.0], None, math.nan, math.inf, -math.inf, 0.5 * low, 2.0 * high]:
        with pytest.raises(ls.ParameterError) as caught:
            steel.replace(**{name: value})
        assert f"needle_material.{name}" in str(caught.value), str(caught.value)


@pytest.mark.parametrize("cls", [c for c in PARAMETERS if c.__name__ not in NEEDS_ARGUMENTS], ids=lambda c: c.__name__)
def test_unknown_names_say_the_nearest(cls) -> None:
    name = next(iter(cls._fields))
    with pytest.raises(ls.ParameterError, match=f"unknown name '{name}x'; did you mean '{name}'"):
        cls(**{name + "x": 1})
    with pytest.raises(ls.ParameterError, match="unknown name 'zzzzzzzzzzz'; known are"):
        cls().replace(zzzzzzzzzzz=1)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: ls.Needle(length=-1), "needle.length = -1 m is outside [5e-05, 0.005]"),
        (lambda: ls.Needle(tip_radius=2e-4), "needle.tip_radius"),
        (lambda: ls.Needle(length=5e-4, taper_length=1e-3), "needle.taper_length"),
        (lambda: ls.Pen(protrusion=2e-3), "pen.protrusion"),
        (lambda: ls.Skin([]), "skin.layers is empty"),
        (lambda: ls.Skin([ls.Layer(), ls.Layer()]), "skin.layers"),
        (lambda: ls.Skin("stratum_corneum"), "is not a sequence"),
        (lambda: ls.Person(sex="femal"), "did you mean 'female'?"),
        (lambda: ls.Person(steroid=1), "person.steroid = 1 is not True or False"),
        (lambda: ls.Application(ls.topical("hyaluronic_serum"), when="during"), "is not one of: before, after"),
        (lambda: ls.Application(3), "application.topical = 3 is not a Topical"),
        (lambda: ls.Needle(*range(1, 11)), "10 positional values, at most 9"),
        (lambda: ls.Needle(1e-3, length=1e-3), "given twice"),
        (lambda: ls.Skin.preset("face_chek"), "face_cheek"),
        (lambda: ls.Skin.preset("face_cheek", age_year=3), "did you mean 'age_years'"),
        (lambda: ls.Skin.preset("face_cheek", age_years=200), "person.age_years = 200"),
        (lambda: ls.device("medical_pen_1.6"), "medical_pen_1.5"),
        (lambda: ls.device(3), "device = 3 is not a str or PathLike"),
        (lambda: ls.topical("niacinamid_serum"), "niacinamide_serum"),
        (lambda: ls.active("lidocain"), "lidocaine"),
        (lambda: ls.vehicle("waterly_serum"), "watery_serum"),
        (lambda: ls.Wound(depth=[1e-3]), "wound."),
        (lambda: ls.Wound(depth=[[1e-3]]), "wound.depth"),
    ],
)
def test_errors_say_what_is_wrong(make, words) -> None:
    with pytest.raises(ls.ParameterError) as caught:
        make()
    assert words in str(caught.value)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, ls.Error)


def test_errors_are_also_pythons_own() -> None:
    assert issubclass(ls.ParameterError, (ls.Error, ValueError))
    assert issubclass(ls.DataError, ValueError)
    assert issubclass(ls.FileError, OSError)
    assert issubclass(ls.SolverError, RuntimeError)
    for error in (ls.ParameterError, ls.DataError, ls.FileError, ls.SolverError, ls.Cancelled):
        assert issubclass(error, ls.Error)
        assert pickle.loads(pickle.dumps(error("words"))).args == ("words",)


def test_replace_says_which_layer_is_wrong(skin) -> None:
    for name in ("stratum_corneum.thickness", "layers.stratum_corneum.thickness"):
        with pytest.raises(ls.ParameterError, match=r"^stratum_corneum: layer.thickness = 0 m is outside"):
            skin.replace(**{name: 0.0})
    with pytest.raises(ls.ParameterError, match=r"stratum_corneum.*did you mean 'thickness'"):
        skin.replace(**{"stratum_corneum.thicknes": 1e-5})


def test_replace_reaches_inside(skin) -> None:
    thick = skin.replace(**{"papillary_dermis.thickness": 2e-4, "mechanics.dome": 0.0})
    assert thick.layer("papillary_dermis").thickness == 2e-4
    assert thick.mechanics.dome == 0.0
    assert skin.layer("papillary_dermis").thickness != 2e-4  # the old one stays
    assert thick.replace(mechanics={"dome": 1e-4}).mechanics.dome == 1e-4
    pen = ls.device("medical_pen_1.5")
    assert pen.replace(**{"needle.tip_radius": 5e-6}).needle.tip_radius == 5e-6
    with pytest.raises(ls.ParameterError, match="did you mean 'papillary_dermis'"):
        skin.replace(**{"papilary_dermis.thickness": 1e-4})
    with pytest.raises(ls.ParameterError, match=r"layer.thickness = -1"):
        skin.replace(**{"papillary_dermis.thickness": -1.0})


def test_a_changed_value_is_the_users_own(skin) -> None:
    """design.md 9: a value changed in code becomes kind user; the others keep their origin."""
    changed = skin.replace(**{"papillary_dermis.thickness": 2e-4})
    assert ls.explain(skin, "skin.papillary_dermis.thickness").origin.kind != "user"
    assert ls.explain(changed, "skin.papillary_dermis.thickness").origin.kind == "user"
    kept = ls.explain(changed, "skin.reticular_dermis.thickness").origin
    assert kept == ls.explain(skin, "skin.reticular_dermis.thickness").origin
    pen = ls.device("medical_pen_1.5").replace(**{"needle.length": 2e-3})
    assert ls.explain(pen, "device.needle.length").origin.kind == "user"
    assert ls.explain(pen, "device.frequency").origin.kind != "user"


def test_the_person_cannot_be_swapped_after_its_laws(skin) -> None:
    with pytest.raises(ls.ParameterError, match="laws have already changed the layers"):
        skin.replace(**{"person.age_years": 80.0})


def test_hash_and_equality_treat_nan_and_minus_zero() -> None:
    a, b = ls.Origin(sd=0.0, lo=math.nan), ls.Origin(sd=-0.0, lo=math.nan)
    assert a == b
    assert hash(a) == hash(b)
    assert len({ls.Needle(), ls.Needle(), ls.Needle(length=1.4e-3)}) == 2


@settings(max_examples=60, deadline=None)
@given(
    length=st.floats(5e-5, 5e-3), shaft=st.floats(1e-6, 1e-3),
    tip=st.floats(1e-8, 5e-4), taper=st.floats(1e-6, 5e-3),
)  # fmt: skip
def test_any_needle_is_either_whole_or_refused(length, shaft, tip, taper) -> None:
    """Random numbers inside the ranges give a value that survives a pickle, or a ParameterError: nothing else."""
    try:
        needle = ls.Needle(length, shaft, tip, taper)
    except ls.ParameterError:
        assert tip > shaft or taper > length
        return
    assert pickle.loads(pickle.dumps(needle)) == needle
    assert needle.replace() == needle
    assert "Needle(" in repr(needle)


def test_a_repr_is_short_and_in_units(every_value) -> None:
    for value in every_value:
        text = repr(value)
        assert 0 < len(text) < 6000, type(value).__name__
        assert "object at 0x" not in text, text
    assert "1.5 mm" in repr(ls.Needle())


def test_enumerations_are_strings() -> None:
    assert _core.TipModel.none == "none"
    assert pickle.loads(pickle.dumps(_core.Sex.female)) is _core.Sex.female
    assert ls.Person(sex=_core.Sex.male).sex == "male"


def _snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() and i else c.lower() for i, c in enumerate(name))
