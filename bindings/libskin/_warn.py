"""ValidityWarning: said once when a result leaves the range in which libskin was validated."""

from __future__ import annotations

import warnings
from typing import Any, TypeVar

R = TypeVar("R")


class ValidityWarning(UserWarning):
    """A result lies outside the range in which its model was validated; the message says which."""


def warned(result: R, stacklevel: int = 3) -> R:
    """``result``, after its out-of-range warnings went through Python's :mod:`warnings`."""
    info: Any = getattr(result, "info")  # noqa: B009
    for warning in info.warnings:
        if warning.code in ("outside_validated_range", "needle_breaks"):
            warnings.warn(f"{warning.where}: {warning.message}", ValidityWarning, stacklevel=stacklevel)
    return result
