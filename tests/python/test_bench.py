"""Designs side by side: what `ls.bench` gives, keeps, resumes, writes and draws, and how `libskin bench` says it."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from libskin.units import mm

import libskin as ls
from libskin import _bench_table, _core

ROOT = Path(__file__).resolve().parents[2]
SMALL = {"n": 130, "n_strikes": 6}  # more than one block of persons


def two_designs(**population: object) -> ls.DesignSet:
    twelve = ls.load_designs("twelve_needles")
    return twelve.replace(
        designs=[twelve.designs[0], twelve.designs[8]], population=twelve.population.replace(n=130, **population)
    )


@pytest.fixture(scope="module")
def ds() -> xr.Dataset:
    return ls.bench("twelve_needles", n=24, n_strikes=40, threads=1)


@pytest.fixture
def count_runs(monkeypatch):
    """Blocks that were really computed."""
    runs: list[tuple[int, int, int]] = []
    original = _core.bench_design

    def counted(designs, design, first, n, settings, on_progress, threads):
        runs.append((design, first, n))
        return original(designs, design, first, n, settings, on_progress, threads)

    monkeypatch.setattr(_core, "bench_design", counted)
    return runs


# INS-P61: same numbers for any number of threads, in every variable, and for a part of the persons.
def test_threads_and_more_persons_change_nothing() -> None:
    one = ls.bench(two_designs(), **SMALL, threads=1)
    two = ls.bench(two_designs(), **SMALL, threads=2)
    for name in one.variables:
        np.testing.assert_array_equal(one[name].values, two[name].values, err_msg=name)
    few = ls.bench(two_designs(), n=7, n_strikes=6)
    np.testing.assert_array_equal(few["depth"].values, one["depth"].values[:, :7])
    assert not np.array_equal(ls.bench(two_designs(), n=7, n_strikes=6, seed=1)["depth"], few["depth"])


def test_every_variable_has_unit_and_meaning(ds) -> None:
    assert ds.attrs["schema"] == "libskin.bench/1"
    for name, variable in ds.variables.items():
        assert variable.attrs["units"], name
        assert variable.attrs["long_name"], name
    assert ds["depth"].dims == ("design", "person", "strike")
    failed = ds["status"].values != 0  # a needle of a stamp may hover at a break: counted, and rare
    assert failed.mean() < 0.05
    assert (np.isnan(ds["depth"].values).all(axis=2) == failed).all()
    assert ds["layer"].values[0] == "stratum_corneum"
    assert ds["setting"].values[0] == 1.5 * mm
    for key in ("citations", "models", "created", "git_revision", "designs_file", "strikes_per_person"):
        assert key in ds.attrs


# INS-P62: the table follows from the arrays: pooled quantiles, layers in order, and the spread split as in a one-way
# analysis of variance, whose two parts add up to the variance of all strikes (within n/(n-1) of the estimators).
def test_the_table_is_that_of_the_arrays(ds) -> None:
    whole = ds.isel(design=(ds["failed_persons"] == 0).values)
    depth, names = whole["depth"].values, list(whole["design"].values)
    assert len(names) >= 10
    strikes = depth.reshape(len(names), -1)
    assert np.allclose(whole["depth_quantile"].values, np.quantile(strikes, [0.05, 0.5, 0.95], axis=1).T)
    reach = whole["reach_probability"].values
    assert (np.diff(reach, axis=1) <= 0).all()  # a deeper layer is never reached more often
    assert np.allclose(reach, whole["reached"].values.mean(axis=1))
    n, k = depth.shape[1:]
    within = depth.var(axis=2, ddof=1).mean(axis=1)
    of_means = depth.mean(axis=2).var(axis=1, ddof=1)
    between = np.maximum(of_means - within / k, 0.0)
    assert np.allclose(whole["within_person"].values, np.sqrt(within))
    assert np.allclose(whole["between_persons"].values, np.sqrt(between), atol=1e-15)
    total = strikes.var(axis=1)
    assert np.allclose(total, within * (k - 1) / k + of_means * (n - 1) / n, rtol=1e-12)
    rows = ls.bench_table(ds)
    assert [row["design"] for row in rows] == list(ds["design"].values)
    assert rows[3]["depth_50_m"] == ds["depth_quantile"].values[3, 1]


# INS-P63: signs that every comparison must have: a sharper tip enters at less force, a shorter setting reaches less.
def test_designs_differ_as_they_must(ds) -> None:
    row = {r["design"]: r for r in ls.bench_table(ds)}
    force = [row[f"pen_{name}"]["puncture_force_50_N"] for name in ("sharp_tip", "reference", "blunt_tip")]
    assert force == sorted(force)
    assert force[0] < force[2]
    assert row["pen_shallow"]["depth_50_m"] < row["pen_reference"]["depth_50_m"]
    assert row["roller_0.5"]["depth_50_m"] < row["roller_1.5"]["depth_50_m"]
    assert row["roller_dense"]["holes_per_area_1/m^2"] > row["roller_1.5"]["holes_per_area_1/m^2"]
    for name in row:
        assert 0.0 < row[name]["energy_50_J"] < 1.0


# INS-P64: what is in the store is not computed again; what its numbers depend on is.
def test_a_run_goes_on_where_it_was(tmp_path, count_runs) -> None:
    whole = ls.bench(two_designs(), **SMALL, store=tmp_path)
    assert count_runs == [(0, 0, 100), (0, 100, 30), (1, 0, 100), (1, 100, 30)]
    again = ls.bench(two_designs(), **SMALL, store=tmp_path)
    assert len(count_runs) == 4
    np.testing.assert_array_equal(whole["depth"].values, again["depth"].values)
    assert list(again["message"].values.ravel()) == [""] * 260

    other = two_designs()
    changed = other.replace(designs=[other.designs[0], other.designs[1].replace(use=ls.Rolling(force=5.0))])
    ls.bench(changed, **SMALL, store=tmp_path)
    assert count_runs[4:] == [(1, 0, 100), (1, 100, 30)]  # only the design that changed
    for invalid in (
        two_designs(age_high=60.0),
        two_designs(seed=3),
        other.replace(skin=other.skin.replace(**{"mechanics.effective_modulus": 2e5})),
    ):
        before = len(count_runs)
        ls.bench(invalid, **SMALL, store=tmp_path)
        assert len(count_runs) == before + 4
    before = len(count_runs)
    ls.bench(two_designs(), n=130, n_strikes=7, store=tmp_path)
    assert len(count_runs) == before + 4


def test_another_version_is_another_run(tmp_path, count_runs, monkeypatch) -> None:
    ls.bench(two_designs(), n=5, n_strikes=6, store=tmp_path)
    monkeypatch.setattr(_core, "git_revision", lambda: "0123456789ab")
    ls.bench(two_designs(), n=5, n_strikes=6, store=tmp_path)
    assert len(count_runs) == 4


def test_a_damaged_block_is_computed_again(tmp_path, count_runs) -> None:
    whole = ls.bench(two_designs(), n=5, n_strikes=6, store=tmp_path)
    for file in tmp_path.glob("*.npz"):
        file.write_bytes(file.read_bytes()[:200])
    again = ls.bench(two_designs(), n=5, n_strikes=6, store=tmp_path)
    assert len(count_runs) == 4
    np.testing.assert_array_equal(whole["depth"].values, again["depth"].values)


def test_a_stop_keeps_whole_blocks_only(tmp_path, count_runs) -> None:
    def stop(done: int, total: int, what: str) -> None:
        assert total == 260
        if done > 130:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ls.bench(two_designs(), **SMALL, store=tmp_path, progress=stop)
    kept = sorted(p.name for p in tmp_path.iterdir())
    assert len(kept) in (2, 3)  # the stop comes while the third block runs, or right after it
    assert all(name.endswith(".npz") and not name.startswith(".") for name in kept)
    before = len(count_runs)
    ls.bench(two_designs(), **SMALL, store=tmp_path)
    assert len(count_runs) - before == 4 - len(kept)


# INS-P65: a person for whom the model fails is a status, words and NaN; the summary leaves them out and counts them.
def test_a_failed_person_spoils_nothing(tmp_path) -> None:
    sound = two_designs()
    (tmp_path / "bad.toml").write_text(
        sound.source_text.replace(
            'skin   = { preset = "face_cheek" }',
            'skin = { preset = "face_cheek", person_laws = { dermis_male = 5 }, '
            'reticular_dermis = { thickness = "10 cm" } }',
        ),
        encoding="utf-8",
    )
    bad = ls.load_designs(tmp_path / "bad.toml")
    ds = ls.bench(bad.replace(designs=bad.designs[:2]), n=12, n_strikes=6)
    failed = ds["status"].values != 0
    assert 0 < failed.sum() < failed.size
    assert np.isnan(ds["depth_mean"].values[failed]).all()
    assert np.isfinite(ds["depth_mean"].values[~failed]).all()
    assert np.isfinite(ds["depth_quantile"].values).all()
    assert ds["failed_persons"].values[0] == failed[0].sum()
    assert all("thickness" in words for words in ds["message"].values[failed])


def test_bad_input_is_named() -> None:
    for arguments, words in (
        ({"n": 0}, "n = 0"),
        ({"n": -1}, "n = -1"),
        ({"n_strikes": 1}, "n_strikes = 1"),
        ({"seed": 1.5}, "seed = 1.5"),
        ({"threads": -1}, "threads = -1"),
        ({"settings": 3}, "settings = 3"),
    ):
        with pytest.raises(ls.ParameterError, match=words):
            ls.bench("twelve_needles", **arguments)
    with pytest.raises(ls.ParameterError, match="did you mean 'twelve_needles'"):
        ls.bench("twelve_needle")
    with pytest.raises(ls.ParameterError, match="designs is empty"):
        ls.DesignSet(skin=ls.Skin.preset("back"), designs=[])
    with pytest.raises(ls.ParameterError, match="duplicate design"):
        ls.DesignSet(skin=ls.Skin.preset("back"), designs=[ls.Design(name="a"), ls.Design(name="a")])
    with pytest.raises(ls.ParameterError, match=r"libskin\.bench"):
        ls.plot.bench(xr.Dataset())


def test_designs_can_be_built_in_code() -> None:
    mine = ls.DesignSet(
        skin=ls.Skin.preset("forearm_volar"),
        population=ls.PopulationSettings(n=6, seed=2),
        designs=[
            ls.Design(name="a", device=ls.Stamp(rows=2, columns=2), use=ls.Travel(distance=1 * mm)),
            ls.Design(name="b", device=ls.device("salon_pen_0.5"), use=ls.Gliding()),
        ],
    )
    ds = ls.bench(mine, n_strikes=4)
    assert list(ds["setting"].values) == [1 * mm, 0.5 * mm]
    assert ds.sizes["person"] == 6


# ENS-P11: the population draws what it is told to draw, and says so when two arguments contradict each other.
def test_population_draws_sex_hydration_and_tension() -> None:
    mixed = ls.Skin.population("face_cheek", n=200, seed=1, female_share=0.5, hydration=(0.2, 0.8), tension=(0.0, 6.0))
    women = sum(skin.person.sex == "female" for skin in mixed)
    assert 60 < women < 140  # 100 +- 7.1 for a fair coin: beyond five standard deviations on either side
    assert all(0.2 <= skin.person.hydration <= 0.8 for skin in mixed)
    assert all(0.0 <= skin.person.tension <= 6.0 for skin in mixed)
    alike = ls.Skin.population("face_cheek", n=200, seed=1)
    assert [s.mechanics.effective_modulus for s in mixed] == [s.mechanics.effective_modulus for s in alike]
    left = mixed[0].layer("reticular_dermis").thickness_variation
    share = ls.Skin.preset("face_cheek").mechanics.within_site_share
    assert np.log1p(left**2) == pytest.approx(share * np.log1p(0.25**2), rel=1e-12)
    with pytest.raises(ls.ParameterError, match="female_share"):
        ls.Skin.population("face_cheek", n=2, female_share=0.5, sex="male")
    with pytest.raises(ls.ParameterError, match="hydration_high"):
        ls.Skin.population("face_cheek", n=2, hydration=(0.8, 0.2))
    with pytest.raises(ls.ParameterError, match="tension = "):
        ls.Skin.population("face_cheek", n=2, tension=(1.0, 2.0, 3.0))


def test_the_prepared_curve_takes_numbers_and_arrays(skin, curve) -> None:
    prepared = ls.InsertionCurve(skin, ls.Needle(), 1 * mm)
    depth = prepared.depth_at_travel(curve.travel)
    assert depth.shape == curve.travel.shape
    assert np.allclose(depth, curve.tip_depth, atol=2e-9)
    assert prepared.depth_at_travel(float(curve.travel[-1])) == depth[-1]
    assert np.isnan(prepared.depth_at_force(-1.0))
    with pytest.raises(ls.ParameterError, match="insertion_curve"):
        prepared.depth_at_force("deep")
    assert prepared.depth_at_force([[0.01, 0.02]]).shape == (1, 2)
    assert len(prepared.breaks) >= 1


# ------------------------------------------------------------------------------- files, page, figures


def test_files_open_without_libskin(ds, tmp_path) -> None:
    _bench_table.write_bench(ds, tmp_path / "bench.h5")
    with xr.open_dataset(tmp_path / "bench.h5", engine="h5netcdf") as back:
        back.load()
    xr.testing.assert_identical(ls.load(tmp_path / "bench.h5"), back)
    (tmp_path / "half.h5").write_bytes((tmp_path / "bench.h5").read_bytes()[:20000])
    with pytest.raises(ls.FileError, match="not a whole libskin result"):
        ls.load(tmp_path / "half.h5")
    assert back["depth"].attrs["units"] == "m"
    assert back.attrs["schema"] == "libskin.bench/1"
    np.testing.assert_array_equal(back["depth"].values, ds["depth"].values)
    one = back.sel(design="pen_reference", layer="reticular_dermis")
    assert 0.0 <= float(one["reach_probability"]) <= 1.0
    assert repr(ls.bench_table(back)) == repr(ls.bench_table(ds))  # NaN, a layer that nobody reached, equals NaN
    _bench_table.write_bench_csv(ds, tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    assert float(rows[0]["depth_50_m"]) == float(ds["depth_quantile"].values[0, 1])


def test_the_page_needs_nothing_else(ds, tmp_path) -> None:
    ls.report(ds, tmp_path / "bench.html")
    text = (tmp_path / "bench.html").read_text(encoding="utf-8")
    for forbidden in ('src="http', "<link", "<script", "url("):
        assert forbidden not in text
    assert text.count("<img") == 3
    for words in ("Side by side", "What is set and what is reached", "Which layer is reached", "What to cite"):
        assert words in text
    for name in ds["design"].values:
        assert str(name) in text


def test_figures_of_designs_and_arrays(ds, skin) -> None:
    stamp, use = ls.Stamp(rows=4, columns=5), ls.Pressing(force=5.0)
    result = ls.insert(skin, stamp, use, n_needles=20)
    runs = {s * mm: ls.insert(skin, ls.device("medical_pen_1.5").replace(protrusion=s * mm), ls.Gliding(), n_needles=50)
            for s in (0.5, 1.0, 1.5)}  # fmt: skip
    for figure in (
        ls.plot.bench(ds), ls.plot.settings(ds), ls.plot.settings(runs), ls.plot.trade_off(ds), ls.plot.reached(ds),
        ls.plot.load_sharing(result, stamp, use),
    ):  # fmt: skip
        figure.canvas.draw()
        labels = [label for ax in figure.axes for label in (ax.get_xlabel(), ax.get_ylabel()) if label]
        assert labels
        assert all("(" in label for label in labels)
    with pytest.raises(ls.ParameterError, match="n_needles=20"):
        ls.plot.load_sharing(ls.insert(skin, stamp, use, n_needles=3), stamp, use)
    with pytest.raises(ls.ParameterError, match="results"):
        ls.plot.settings(3)


# ---------------------------------------------------------------------------------------- command line


def test_the_command_writes_three_files_and_resumes(tmp_path) -> None:
    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "libskin", "bench", *arguments],
            capture_output=True, text=True, cwd=tmp_path, timeout=300, check=False,
        )  # fmt: skip

    done = command("twelve_needles", "-n", "5", "--strikes", "5", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert "pen_reference" in done.stdout
    out = Path(tmp_path / "out")
    assert sorted(p.name for p in out.iterdir()) == ["bench.h5", "bench.html", "blocks", "table.csv"]
    assert len(list((out / "blocks").iterdir())) == 12
    shown = subprocess.run(
        [sys.executable, "-m", "libskin", "show", str(out / "bench.h5")],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.rstrip() == done.stdout.split("\nwrote")[0].rstrip()

    mine = tmp_path / "mine.toml"
    text = (ROOT / "examples" / "designs" / "twelve_needles.toml").read_text(encoding="utf-8")
    mine.write_text(text.replace("tip_radius", "tip_radios", 1), encoding="utf-8")
    for arguments, words in (
        (("mine.toml",), "did you mean 'tip_radius'"),
        (("no_such",), "no designs file 'no_such'"),
        (("twelve_needles", "-n", "0", "-o", "none"), "n = 0"),
    ):
        broken = command(*arguments)
        assert broken.returncode == 2, broken.stderr
        assert words in broken.stderr
        assert "Traceback" not in broken.stderr
    assert not (tmp_path / "none").exists()
