"""Fields for ParaView: read back by a parser of our own, not by the code that wrote them."""

from __future__ import annotations

import base64
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

import libskin as ls


def read_collection(path: Path) -> list[tuple[float, Path]]:
    root = ET.parse(path).getroot()
    assert root.tag == "VTKFile"
    assert root.attrib["type"] == "Collection"
    return [(float(d.attrib["timestep"]), path.parent / d.attrib["file"]) for d in root.iter("DataSet")]


def read_array(element: ET.Element) -> np.ndarray:
    assert element.attrib["type"] == "Float64"
    assert element.attrib["format"] == "binary"
    raw = base64.b64decode(element.text or "")
    assert int.from_bytes(raw[:8], "little") == len(raw) - 8
    return np.frombuffer(raw[8:], dtype="<f8")


def read_grid(path: Path) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    root = ET.parse(path).getroot()
    assert root.attrib["type"] == "RectilinearGrid"
    assert root.attrib["header_type"] == "UInt64"
    grid = root.find("RectilinearGrid")
    assert grid is not None
    extent = [int(n) for n in grid.attrib["WholeExtent"].split()]
    x, y, z = (read_array(a) for a in root.iter("DataArray") if a.attrib["Name"] in "xyz")
    assert [len(x), len(y), len(z)] == [extent[1] + 1, extent[3] + 1, extent[5] + 1]
    points = root.find(".//PointData")
    assert points is not None
    return x, z, {a.attrib["Name"]: read_array(a).reshape(len(z), len(x)) for a in points}


@pytest.fixture(scope="module")
def resolved(request) -> ls.DeliveryResult:
    skin = ls.Skin.preset("forearm_volar")
    wound = ls.insert(skin, ls.device("salon_roller_0.5"), ls.Rolling(passes=2), n_needles=50, seed=1).wound
    serum = ls.Application(ls.topical("niacinamide_serum"), when="after", dose=0.02)
    return ls.deliver(
        skin, wound, serum, duration=600.0, model="unit_cell", cells_per_layer=10, n_times=4, tolerance=1e-3
    )


def test_a_section_comes_back_to_the_last_bit(resolved, tmp_path) -> None:
    """TRN-V90. Values, coordinates and times of the files are those of the result (exact: stored doubles), mirrored at
    the axis, with the surface on top and increasing coordinates, as the format asks."""
    files = ls.export_vtk(resolved, tmp_path / "fields")
    assert [f.name for f in files] == ["delivery_profile.pvd", "delivery_section.pvd"]
    steps = read_collection(files[1])
    assert [t for t, _ in steps] == list(resolved.time)
    n = len(resolved.section_radius)
    for t, (_, path) in enumerate(steps):
        x, z, fields = read_grid(path)
        assert np.all(np.diff(x) > 0.0)
        assert np.all(np.diff(z) > 0.0)
        np.testing.assert_array_equal(x[n:], resolved.section_radius)
        np.testing.assert_array_equal(z[::-1], -resolved.section_depth)
        np.testing.assert_array_equal(fields["content"][::-1, n:].T, resolved.section[t])
        np.testing.assert_array_equal(fields["content"], fields["content"][:, ::-1])
    for t, (_, path) in enumerate(read_collection(files[0])):
        _, z, fields = read_grid(path)
        np.testing.assert_array_equal(z[::-1], -resolved.depth)
        for name in ("content", "concentration", "channel_concentration"):
            np.testing.assert_array_equal(fields[name][::-1, 0], getattr(resolved, name)[t])


def test_an_export_replaces_files_only_when_complete(resolved, tmp_path, monkeypatch) -> None:
    """A write that fails half-way leaves the files of before, and none of its own."""
    ls.export_vtk(resolved, tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(ls.FileError, match="No space left on device"):
        ls.export_vtk(resolved, tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_what_cannot_be_exported_is_said(tmp_path) -> None:
    with pytest.raises(ls.ParameterError, match="result"):
        ls.export_vtk(3, tmp_path)  # type: ignore[arg-type]
    (tmp_path / "file").write_text("")
    with pytest.raises(ls.FileError, match="the folder cannot be made"):
        ls.export_vtk(_tiny(), tmp_path / "file")


def _tiny() -> ls.DeliveryResult:
    application = ls.Application(ls.topical("niacinamide_serum"), dose=0.02)
    return ls.deliver(ls.Skin.preset("forearm_volar"), None, application, duration=60.0, n_times=2)
