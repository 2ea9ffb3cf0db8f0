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


def _found(root: ET.Element, path: str) -> ET.Element:
    element = root.find(path)
    assert element is not None
    return element


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


def test_the_field_around_a_slit_comes_back(tmp_path) -> None:
    """TRN-V91. A torn channel also gives a field in space: points on confocal ellipses (single precision), values those
    of the section to the last bit at every angle, and the same from ``field_around`` (1e-5 of the largest: the elliptic
    coordinate of points that were rounded to 24 bits)."""
    skin = ls.Skin.preset("forearm_volar")
    wound = ls.insert(skin, ls.device("salon_roller_0.5"), ls.Rolling(passes=2), n_needles=50, seed=1).wound
    torn = wound.replace(slit_length=np.full(len(wound), 2e-4))
    serum = ls.Application(ls.topical("niacinamide_serum"), when="after", dose=0.02)
    d = ls.deliver(
        skin, torn, serum, duration=600.0, model="slit", cells_per_layer=10, tolerance=1e-3, times=(60.0, 600.0)
    )
    assert list(d.time) == [60.0, 600.0]
    files = ls.export_vtk(d, tmp_path)
    assert [f.name for f in files] == ["delivery_profile.pvd", "delivery_section.pvd", "delivery_slit.pvd"]
    steps = read_collection(files[2])
    assert [t for t, _ in steps] == [60.0, 600.0]
    rings, rows = len(d.section_radius) + 2, len(d.section_depth)
    for t, (_, path) in enumerate(steps):
        root = ET.parse(path).getroot()
        assert root.attrib["type"] == "StructuredGrid"
        grid = root.find("StructuredGrid")
        assert grid is not None
        assert grid.attrib["WholeExtent"] == f"0 {rings - 1} 0 8 0 {rows - 1}"
        points = _found(root, ".//Points/DataArray")
        assert points.attrib["type"] == "Float32" and points.attrib["NumberOfComponents"] == "3"
        raw = base64.b64decode(points.text or "")
        xyz = np.frombuffer(raw[8:], dtype="<f4").reshape(rows, 9, rings, 3)
        field = read_array(_found(root, ".//PointData/DataArray")).reshape(rows, 9, rings)
        for angle in range(9):
            np.testing.assert_array_equal(field[::-1, angle, 1:-1].T, d.section[t])
        np.testing.assert_allclose(xyz[::-1, 0, 0, 2], -d.section_depth, rtol=1e-6)
        inside = xyz[0, :, 1:-1, :2].astype(float)
        ellipse = (inside[..., 0] / np.hypot(d.section_radius, d.section_focus)) ** 2 + (
            inside[..., 1] / d.section_radius
        ) ** 2
        np.testing.assert_allclose(ellipse, 1.0, rtol=1e-6)
        x, y = inside[4, 5]
        np.testing.assert_allclose(
            d.field_around([float(x)], [float(y)])[t, 0, 0], d.section[t, 5], atol=1e-5 * float(d.section.max())
        )


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
