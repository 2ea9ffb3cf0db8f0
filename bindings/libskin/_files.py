"""Write aside, then rename: a killed or failing write never damages an existing file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from libskin._core import FileError


def write_aside(path: Path, write: Callable[[Path], object]) -> None:
    """Call ``write`` with a path beside ``path`` and rename it on success."""
    import tempfile

    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise FileError(f"{path}: cannot be written: {error.strerror}") from error
    aside = Path(name)
    try:
        write(aside)
        mask = os.umask(0)
        os.umask(mask)
        aside.chmod(0o666 & ~mask)  # mkstemp makes files private
        aside.replace(path)
    except OSError as error:
        raise FileError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        aside.unlink(missing_ok=True)


def make_folder(path: Path) -> Path:
    """The folder ``path``, made if it is not there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"{path}: the folder cannot be made: {error.strerror}") from error
    return path
