"""Fields of deliveries as VTK files: ParaView opens the ``.pvd`` with its time steps."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from libskin._choice import need
from libskin._core import DeliveryResult, ParameterError, TreatmentResult
from libskin._files import make_folder, write_aside

HEAD = '<?xml version="1.0"?>\n<VTKFile type="{kind}" version="1.0" byte_order="LittleEndian"{header}>\n'
COLUMN_WIDTH = 1.0e-4  # m, of the band that shows what is known over depth only
ANGLES = 9  # points of a quarter of an ellipse


def export_vtk(result: DeliveryResult | TreatmentResult, folder: str | os.PathLike[str]) -> list[Path]:
    """Write the concentration fields of a delivery, or of all deliveries of a treatment, for ParaView.

    Parameters
    ----------
    result
        From :func:`deliver` or :func:`treat`.
    folder
        Made if it is not there. Files of the same names in it are replaced, each only when the new one is complete.

    Returns
    -------
    list of Path
        The ``.pvd`` files: open these. ``NAME_profile.pvd`` holds what is known over depth as a band 0.1 mm wide, with
        the fields ``content``, ``concentration`` and ``channel_concentration`` (kg/m^3, NaN where there is no channel).
        With ``model="unit_cell"`` or ``"slit"`` there is also ``NAME_section.pvd``: the field ``content`` in a plane
        through the axis of one channel, for a slit across the middle of its gape; with a slit also ``NAME_slit.pvd``,
        the same field in space: a quarter of its elliptic cell, x along the slit, y across it (the rest mirrors it).
        Lengths in m, z up, the surface at 0; time in s since the first strike.

    Examples
    --------
    >>> import libskin as ls, tempfile
    >>> skin = ls.Skin.preset("forearm_volar")
    >>> d = ls.deliver(skin, None, ls.Application(ls.topical("niacinamide_serum"), dose=0.02), duration=60.0, n_times=3)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in ls.export_vtk(d, folder)]
    ['delivery_profile.pvd']
    """
    need(result, (DeliveryResult, TreatmentResult), "result")
    need(folder, (str, os.PathLike), "folder")
    target = make_folder(Path(folder))
    written: list[Path] = []
    for name, delivery in _deliveries(result):
        written.append(_write_profile(target, f"{name}_profile", delivery))
        if np.size(delivery.section):
            written.append(_write_section(target, f"{name}_section", delivery))
            if delivery.section_focus > 0.0:
                written.append(_write_slit(target, f"{name}_slit", delivery))
    if not written:
        raise ParameterError("result has no delivery: the protocol has no applications, so there is no field to write")
    return written


def _deliveries(result: DeliveryResult | TreatmentResult) -> Iterator[tuple[str, DeliveryResult]]:
    if isinstance(result, DeliveryResult):
        yield "delivery", result
        return
    for k, session in enumerate(result.sessions):
        for name, delivery in session.delivery.items():
            yield f"session_{k}_{re.sub('[^0-9A-Za-z_-]', '_', name)}", delivery


def _write_profile(folder: Path, name: str, d: DeliveryResult) -> Path:
    z = -d.depth[::-1]
    fields = {"content": d.content, "concentration": d.concentration, "channel_concentration": d.channel_concentration}
    steps = []
    for t in range(len(d.time)):
        step = {field: np.repeat(values[t, ::-1][:, None], 2, axis=1) for field, values in fields.items()}
        steps.append(_write_grid(folder / f"{name}_{t:04d}.vtr", np.array([0.0, COLUMN_WIDTH]), z, step))
    return _write_collection(folder / f"{name}.pvd", d.time, steps)


def _write_section(folder: Path, name: str, d: DeliveryResult) -> Path:
    x = np.concatenate([-d.section_radius[::-1], d.section_radius])
    z = -d.section_depth[::-1]
    steps = []
    for t in range(len(d.time)):
        half = np.asarray(d.section)[t].T[::-1]  # (depth from below, radius)
        step = {"content": np.concatenate([half[:, ::-1], half], axis=1)}
        steps.append(_write_grid(folder / f"{name}_{t:04d}.vtr", x, z, step))
    return _write_collection(folder / f"{name}.pvd", d.time, steps)


def _write_slit(folder: Path, name: str, d: DeliveryResult) -> Path:
    """The rings of the cell are confocal ellipses: points (ring, angle, depth), the innermost ring the line between the
    foci. What the model says is the same all around a ring, so nothing is interpolated."""
    across = np.concatenate([[0.0], d.section_radius, [d.section_border]])  # semi-axes along y
    along = np.hypot(across, d.section_focus)
    angle = np.linspace(0.0, 0.5 * np.pi, ANGLES)
    z = -d.section_depth[::-1]
    x, y = np.outer(np.cos(angle), along), np.outer(np.sin(angle), across)
    points = np.stack(
        [np.broadcast_to(x, (len(z), *x.shape)), np.broadcast_to(y, (len(z), *y.shape)),
         np.broadcast_to(z[:, None, None], (len(z), *x.shape))], axis=-1)  # fmt: skip
    extent = f"0 {len(across) - 1} 0 {ANGLES - 1} 0 {len(z) - 1}"
    grid = "<Points>\n" + _data("points", points, components=3, kind="f4") + "</Points>\n"
    steps = []
    for t in range(len(d.time)):
        rings = np.asarray(d.section)[t].T[::-1]  # (depth from below, ring); flat inside the first and behind the last
        rings = np.concatenate([rings[:, :1], rings, rings[:, -1:]], axis=1)
        field = np.broadcast_to(rings[:, None, :], (len(z), ANGLES, len(across)))
        path = folder / f"{name}_{t:04d}.vts"
        _write_piece(path, "StructuredGrid", extent, {"content": field}, grid)
        steps.append(path)
    return _write_collection(folder / f"{name}.pvd", d.time, steps)


def _data(name: str, values: np.ndarray, components: int = 1, kind: str = "f8") -> str:
    """One array as its length in bytes and its values, in base 64: to the last bit."""
    data = np.ascontiguousarray(values, dtype=f"<{kind}").tobytes()
    coded = base64.b64encode(np.uint64(len(data)).astype("<u8").tobytes() + data).decode("ascii")
    size = 8 * int(kind[1:])
    return (
        f'<DataArray type="Float{size}" Name="{name}" NumberOfComponents="{components}" format="binary">'
        f"{coded}</DataArray>\n"
    )


def _write_grid(path: Path, x: np.ndarray, z: np.ndarray, fields: dict[str, np.ndarray]) -> Path:
    """A plane of points (x, 0, z); fields are (z, x)."""
    extent = f"0 {len(x) - 1} 0 0 0 {len(z) - 1}"
    grid = "<Coordinates>\n" + _data("x", x) + _data("y", np.zeros(1)) + _data("z", z) + "</Coordinates>\n"
    _write_piece(path, "RectilinearGrid", extent, fields, grid)
    return path


def _write_piece(path: Path, kind: str, extent: str, fields: dict[str, np.ndarray], grid: str) -> None:
    """``fields`` at the points of ``grid``, x fastest."""
    text = HEAD.format(kind=kind, header=' header_type="UInt64"')
    text += f'<{kind} WholeExtent="{extent}">\n<Piece Extent="{extent}">\n<PointData Scalars="content">\n'
    text += "".join(_data(name, values) for name, values in fields.items())
    text += f"</PointData>\n{grid}</Piece>\n</{kind}>\n</VTKFile>\n"
    write_aside(path, lambda aside: aside.write_text(text, encoding="ascii"))


def _write_collection(path: Path, time: np.ndarray, steps: list[Path]) -> Path:
    """Last of all: a reader never meets a step that is not there."""
    lines = [f'<DataSet timestep="{float(t)!r}" part="0" file="{s.name}"/>' for t, s in zip(time, steps, strict=True)]
    text = HEAD.format(kind="Collection", header="") + "<Collection>\n" + "\n".join(lines)
    text += "\n</Collection>\n</VTKFile>\n"
    write_aside(path, lambda aside: aside.write_text(text, encoding="ascii"))
    return path
