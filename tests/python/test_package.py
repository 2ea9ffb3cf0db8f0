"""The package itself: import, public names, doctests, stubs, figures, examples."""

from __future__ import annotations

import doctest
import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest

import libskin as ls

mpl.use("Agg")
ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(m.name for m in pkgutil.iter_modules(ls.__path__) if m.name not in ("_core", "__main__"))

API = [
    "Skin",
    "Layer",
    "Needle",
    "Pen",
    "Roller",
    "Stamp",
    "Travel",
    "Pressing",
    "Impact",
    "Rolling",
    "Gliding",
    "device",
    "devices",
    "topical",
    "topicals",
    "Topical",
    "active",
    "vehicle",
    "Application",
    "insert",
    "tear",
    "bleed",
    "recover",
    "deliver",
    "assess",
    "heal",
    "treat",
    "load_treatment",
    "summary",
    "Wound",
    "Closure",
    "Exposure",
    "print_citations",
    "explain",
    "to_xarray",
    "save",
    "load",
    "plot",
    "report",
    "insert_batch",
    "Error",
    "ParameterError",
    "DataError",
    "SolverError",
    "FileError",
    "ValidityWarning",
    "Cancelled",
    "InjuryDose",
    "Protocol",
    "units",
]


def test_every_promised_name_is_there() -> None:
    for name in API:
        assert hasattr(ls, name), name
    for name in ("section", "timeline", "force_travel", "depths", "tears", "delivery"):
        assert callable(getattr(ls.plot, name))
    for name in ("preset", "presets", "load", "population", "layer", "replace"):
        assert hasattr(ls.Skin, name)
    assert set(ls.__all__) <= set(dir(ls))
    with pytest.raises(AttributeError, match="no_such"):
        _ = ls.no_such


def test_import_loads_numpy_only() -> None:
    """Counted in modules, not seconds: nothing heavy comes in before it is used."""
    code = "import sys, libskin; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "numpy" in loaded
    heavy = {"matplotlib", "xarray", "pandas", "rich", "typer", "h5py", "h5netcdf", "dask", "click", "scipy"}
    assert not loaded & heavy
    baseline = "import sys, numpy; print(len(sys.modules))"
    ours = "import sys, libskin; print(len(sys.modules))"
    counts = [
        int(subprocess.run([sys.executable, "-c", c], capture_output=True, text=True, check=True).stdout)
        for c in (baseline, ours)
    ]
    assert counts[1] - counts[0] < 60  # our modules, and a few of the standard library


@pytest.mark.parametrize("name", MODULES)
def test_doctests(name) -> None:
    module = importlib.import_module(f"libskin.{name}")
    result = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


def test_every_verb_has_an_example() -> None:
    for verb in (ls.insert, ls.tear, ls.bleed, ls.recover, ls.deliver, ls.assess, ls.heal, ls.treat, ls.save, ls.report,
                 ls.insert_batch):  # fmt: skip
        text = verb.__doc__ or ""
        assert ">>>" in text, verb
        if verb not in (ls.save, ls.report):
            for section in ("Parameters", "Returns", "Notes", "Examples"):
                assert section in text, (verb.__name__, section)


def test_the_stub_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "bindings" / "make_stub.py"), "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_units_are_plain_numbers() -> None:
    from libskin import units

    assert 1.5 * units.mm == ls.units.parse("1.5 mm", "m") == 1.5e-3
    for name, si in (
        ("um", "m"),
        ("mm", "m"),
        ("nm", "m"),
        ("hour", "s"),
        ("day", "s"),
        ("kPa", "Pa"),
        ("MPa", "Pa"),
        ("mN", "N"),
    ):
        short = {"hour": "h", "day": "d"}.get(name, name)
        assert getattr(units, name) == pytest.approx(ls.units.parse(f"1 {short}", si), rel=1e-15)
    with pytest.raises(ls.ParameterError, match="kg"):
        units.parse("1 kg", "m")
    assert units.pretty(1.5e-3, "m") == "1.5 mm"


def _texts(figure) -> list[str]:
    return [label for ax in figure.axes for label in (ax.get_xlabel(), ax.get_ylabel()) if label]


def test_figures_have_units_on_every_axis(treated, curve, torn, delivered, recovered) -> None:
    figures = {
        "section": ls.plot.section(treated),
        "force_travel": ls.plot.force_travel(curve),
        "depths": ls.plot.depths(treated),
        "tears": ls.plot.tears(torn),
        "delivery": ls.plot.delivery(delivered),
        "recovery": ls.plot.recovery(recovered),
        "timeline": ls.plot.timeline(treated),
        "overview": ls.plot.overview(treated),
    }
    for name, figure in figures.items():
        labels = _texts(figure)
        assert labels, name
        for label in labels:
            assert "(" in label or "relative" in label or "days" in label, (name, label)


def test_texts_in_figures_do_not_overlap(treated, curve) -> None:
    """Boxes of titles, labels and annotations of one axes, as drawn, do not cut each other."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    for figure in (
        ls.plot.section(treated),
        ls.plot.depths(treated),
        ls.plot.force_travel(curve),
        ls.plot.timeline(treated),
    ):
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer = canvas.get_renderer()
        for ax in figure.axes:
            legend = set(ax.get_legend().get_texts()) if ax.get_legend() else set()
            ticks = {*ax.get_xticklabels(), *ax.get_yticklabels()}
            texts = [
                t for t in ax.findobj(Text) if t.get_visible() and t.get_text().strip() and t not in legend | ticks
            ]
            # The box of an annotation holds its arrow too: take the text only.
            boxes = [(t.get_text(), Text.get_window_extent(t, renderer)) for t in texts]
            for i, (a, box) in enumerate(boxes):
                for b, other in boxes[i + 1 :]:
                    assert a == b or not box.overlaps(other), (a, b)


def test_figures_refuse_what_they_cannot_draw(strikes, treated, delivered) -> None:
    with pytest.raises(ls.ParameterError, match="no force curve"):
        ls.plot.force_travel(strikes)
    with pytest.raises(ls.ParameterError, match="skin is missing"):
        ls.plot.section(strikes.wound)
    with pytest.raises(ls.ParameterError, match="one product"):
        ls.plot.delivery(treated)
    with pytest.raises(ls.ParameterError, match="result = 3"):
        ls.plot.tears(3)


def test_figures_draw_the_null_cases(skin) -> None:
    """No channel, no slit, nothing delivered: still a figure, without a warning."""
    shut = ls.insert(skin, ls.Roller(), ls.Rolling(), n_needles=20, tip_model="none")
    for figure in (
        ls.plot.section(shut.wound, skin),
        ls.plot.depths(shut, skin),
        ls.plot.tears(ls.tear(skin, ls.Roller(), ls.Rolling(), shut.wound)),
    ):
        figure.canvas.draw()
    none = ls.deliver(skin, None, ls.Application(ls.topical("hyaluronic_serum")), duration=3600.0, model="none")
    ls.plot.delivery(none).canvas.draw()


def test_the_report_is_one_page_that_needs_nothing_else(treated, tmp_path) -> None:
    page = tmp_path / "report.html"
    ls.report(treated, page)
    text = page.read_text(encoding="utf-8")
    for forbidden in ('src="http', "<link", "<script", "url("):
        assert forbidden not in text
    for words in (
        "Which layer is reached",
        "Warnings",
        "What is not measured",
        "What to cite",
        "How this was made",
        "not a medical device",
    ):
        assert words in text
    assert "nan" not in text.lower().replace("nano", "").split(">")  # no bare NaN in a cell
    for application in treated.protocol.applications:
        assert application.name in text
    for layer in treated.skin.layers:
        assert layer.name.replace("_", " ") in text
    with pytest.raises(ls.ParameterError, match="result = 3"):
        ls.report(3, page)


@pytest.mark.parametrize("path", sorted((ROOT / "examples" / "python").glob("*.py")), ids=lambda p: p.stem)
def test_examples_run_and_hold_their_headline(path, tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, str(path), str(tmp_path)],
        capture_output=True, text=True, env={**os.environ, "SKIN_FAST": "1", "MPLBACKEND": "Agg"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.rglob("*.png")), "an example leaves a picture"
    head = path.read_text(encoding="utf-8").split('"""')[1]
    for word in ("Question", "Method", "Result"):
        assert word in head


def test_numbers_are_float64(curve) -> None:
    assert curve.force.dtype == np.float64
