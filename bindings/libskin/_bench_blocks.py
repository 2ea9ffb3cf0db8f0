"""Finished blocks of persons in a folder, so that a bench goes on where it was stopped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from libskin import _core
from libskin._core import DesignResult, DesignSet, InsertionSettings
from libskin._files import make_folder, write_aside


class Blocks:
    """Finished blocks in a folder. The name of a file is the hash of all that its numbers depend on."""

    def __init__(self, folder: Path | None, chosen: DesignSet, settings: InsertionSettings) -> None:
        self.folder = None if folder is None else make_folder(folder)
        # How many persons there are, and how many other designs, changes nobody's numbers.
        common = [
            _core.__version__, _core.git_revision(), _core.build_description(), _compiled_code(),
            _plain(chosen.skin), _plain(chosen.population.replace(n=0)), _plain(settings),
        ]  # fmt: skip
        import json

        self.common = json.dumps(common)
        self.designs = [json.dumps([_plain(one.device), _plain(one.use)]) for one in chosen.designs]

    def _path(self, k: int, first: int, size: int) -> Path:
        assert self.folder is not None
        words = "\n".join((self.common, self.designs[k], f"{first} {size}"))
        import hashlib

        return self.folder / f"{hashlib.sha256(words.encode()).hexdigest()[:32]}.npz"

    def read(self, k: int, first: int, size: int) -> dict[str, Any] | None:
        if self.folder is None:
            return None
        from zipfile import BadZipFile

        try:
            with self._path(k, first, size).open("rb") as raw, np.load(raw, allow_pickle=False) as file:
                block = {field: file[field] for field in DesignResult._fields}
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return None  # not there, or damaged: it is computed again
        return block if all(len(values) == size for values in block.values()) else None

    def write(self, k: int, first: int, size: int, block: dict[str, Any]) -> None:
        if self.folder is not None:
            write_aside(self._path(k, first, size), lambda aside: np.savez(aside, **block))


@cache
def _compiled_code() -> str:
    """SHA-256 of the compiled code in use: between two commits the revision does not change, the numbers may."""
    files = {Path(_core.__file__)}
    try:
        lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
        files |= {Path(line.split(maxsplit=5)[-1]) for line in lines if "/libskin.so" in line}
    except OSError:  # not Linux: the extension module alone
        pass
    import hashlib

    digest = hashlib.sha256()
    for file in sorted(files):
        if file.exists():
            digest.update(file.read_bytes())
    return digest.hexdigest()


NOT_NUMBERS = {"origins", "source_text", "title", "id"}


def _plain(value: Any) -> Any:
    """What a value says, exactly, as JSON can hold it; where its numbers come from is left out."""
    if hasattr(type(value), "_fields"):
        inside = {name: _plain(getattr(value, name)) for name in type(value)._fields if name not in NOT_NUMBERS}
        return [type(value).__name__, inside]
    if isinstance(value, bool | int | str | None):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, float):
        return value.hex()
    if isinstance(value, np.ndarray):
        return [list(value.shape), [_plain(float(v)) for v in value.ravel()]]
    if isinstance(value, Mapping):
        return {str(name): _plain(inside) for name, inside in sorted(value.items())}
    return [_plain(item) for item in value]
