"""Results in files and in xarray, with and without libskin."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import libskin as ls

xr = pytest.importorskip("xarray")
h5py = pytest.importorskip("h5py")


@pytest.fixture(scope="module")
def file(tmp_path_factory, treated) -> Path:
    path = tmp_path_factory.mktemp("files") / "treatment.h5"
    ls.save(treated, path)
    return path


def test_a_treatment_comes_back_equal(file, treated) -> None:
    assert ls.load(file) == treated


def test_every_single_result_comes_back_equal(
    tmp_path, curve, strikes, torn, bled, recovered, delivered, assessed, healed
) -> None:
    for k, result in enumerate([curve, strikes, torn, bled, recovered, delivered, assessed, healed]):
        for compress in (False, True):
            ls.save(result, tmp_path / f"{k}.h5", compress=compress)
            again = ls.load(tmp_path / f"{k}.h5")
            assert type(again) is type(result)
            assert again == result


def test_to_xarray_has_units_names_and_coordinates(delivered, healed) -> None:
    data = ls.to_xarray(delivered)
    assert data["concentration"].dims == ("time", "depth")
    assert data["concentration"].attrs["units"] == "kg/m^3"
    assert data["time"].attrs["units"] == "s"
    assert "donor" in data["compartment"].values
    assert np.array_equal(data["concentration"].values, delivered.concentration)
    healing = ls.to_xarray(healed)
    assert healing["collagen_I"].sel(layer="papillary_dermis").dims == ("time",)


def test_a_treatment_is_a_tree_with_the_groups_of_its_file(treated, file) -> None:
    tree = ls.to_xarray(treated)
    assert isinstance(tree, xr.DataTree)
    name = next(iter(treated.delivery))
    assert f"/sessions/0/transport/{name}" in tree.groups
    assert tree["sessions/0/insertion"]["reached"].dims == ("layer",)
    assert tree["sessions/0/insertion"]["layer"].values[0] == "stratum_corneum"
    with h5py.File(file) as stored:
        for group in ("sessions/0/insertion", f"sessions/0/transport/{name}", "healing", "summary"):
            assert group in stored
            assert f"/{group}" in tree.groups
            for variable in tree[group].data_vars:
                if variable in stored[group]:
                    assert tree[group][variable].attrs["units"] == _text(stored[group][variable].attrs["units"])


READER = """
import sys
assert not any(name.startswith("libskin") for name in sys.modules)
import numpy as np, xarray as xr
with xr.open_dataset(sys.argv[1], group="sessions/0/transport/" + sys.argv[2], engine="h5netcdf") as data:
    assert data["concentration"].dims == ("time", "depth"), data
    assert data["concentration"].attrs["units"] == "kg/m^3"
    print(repr(float(data["amount"].sum())))
with xr.open_dataset(sys.argv[1], group="sessions/0/insertion", engine="h5netcdf") as data:
    print(repr(float(data["depth"].mean())))
import h5py
with h5py.File(sys.argv[1]) as f:
    assert f.attrs["schema"] in ("libskin.result/1", b"libskin.result/1")
    print(int(f.attrs["seed"]))
"""


def test_files_open_without_libskin(file, treated) -> None:
    name, d = next(iter(treated.delivery.items()))
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", READER, str(file), name],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    amount, depth, seed = done.stdout.split()
    assert float(amount) == pytest.approx(d.amount.sum(), rel=1e-12)
    assert float(depth) == pytest.approx(treated.insertion.depth.mean(), rel=1e-12)
    assert int(seed) == 7


@pytest.mark.parametrize("order", ["h5py_first", "libskin_first"])
def test_two_hdf5_libraries_live_side_by_side(order, file, tmp_path) -> None:
    """Python's h5py brings its own HDF5; the order of import must not matter."""
    first, second = ("h5py", "libskin") if order == "h5py_first" else ("libskin", "h5py")
    code = f"""
import {first}, {second}, sys
import libskin as ls
r = ls.load({str(file)!r})
with h5py.File({str(file)!r}) as f:
    assert f["summary/depth_mean"][()] == r.summary.depth_mean
ls.save(r, {str(tmp_path / "again.h5")!r})
with h5py.File({str(tmp_path / "again.h5")!r}) as f:
    assert f["summary/depth_mean"][()] == r.summary.depth_mean
assert ls.load({str(tmp_path / "again.h5")!r}) == r
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "content", [b"", b"not HDF5", b"\x89HDF\r\n\x1a\n" + b"\0" * 4000], ids=["empty", "text", "header"]
)
def test_damaged_files_are_file_errors(tmp_path, content) -> None:
    path = tmp_path / "damaged.h5"
    path.write_bytes(content)
    with pytest.raises(ls.FileError, match=r"damaged\.h5"):
        ls.load(path)
    with pytest.raises(ls.FileError, match=r"missing\.h5"):
        ls.load(tmp_path / "missing.h5")
    with pytest.raises(ls.FileError):
        ls.load(tmp_path)


def test_a_failing_save_keeps_the_old_file(tmp_path, curve) -> None:
    path = tmp_path / "kept.h5"
    ls.save(curve, path)
    before = path.read_bytes()
    with pytest.raises(ls.FileError):
        ls.save(curve, tmp_path / "no_such_folder" / "kept.h5")
    with pytest.raises(ls.ParameterError, match="result"):
        ls.save(3, path)  # type: ignore[arg-type]
    with pytest.raises(ls.ParameterError, match="path = 3"):
        ls.save(curve, 3)  # type: ignore[arg-type]
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["kept.h5"]


def test_a_report_that_cannot_be_written_keeps_the_old_one(tmp_path, treated, monkeypatch) -> None:
    page = tmp_path / "page.html"
    ls.report(treated, page)
    before = page.read_bytes()
    with pytest.raises(ls.FileError, match="cannot be written"):
        ls.report(treated, tmp_path / "no_such_folder" / "page.html")

    def fail(self: Path, *_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", fail)
    with pytest.raises(ls.FileError, match="No space left"):
        ls.report(treated, page)
    assert page.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
