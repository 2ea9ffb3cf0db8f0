"""Checks of what callers pass: one sentence that names the argument, the value and what would fit."""

from __future__ import annotations

import difflib
from enum import StrEnum
from typing import TypeVar

from libskin._core import ParameterError

E = TypeVar("E", bound=StrEnum)


def choice(kind: type[E], value: str, name: str) -> E:
    """``value`` as a member of the enumeration ``kind``; unknown: the nearest name is in the error."""
    try:
        return kind(value)
    except ValueError:
        known = [str(member) for member in kind]
        near = difflib.get_close_matches(str(value), known, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ParameterError(f"{name} = {value!r} is not one of: {', '.join(known)}{hint}") from None


def need(value: object, kinds: type | tuple[type, ...], name: str) -> None:
    """Raise ParameterError unless ``value`` is an instance of one of ``kinds``."""
    if isinstance(value, kinds):
        return
    names = " or ".join(k.__name__ for k in (kinds if isinstance(kinds, tuple) else (kinds,)))
    shown = repr(value)
    if len(shown) > 60 or "\n" in shown:
        shown = f"an object of type {type(value).__name__}"
    raise ParameterError(f"{name} = {shown} is not a {names}")


def number(value: object, name: str) -> float:
    """``value`` as a float; text and truth values are errors."""
    if isinstance(value, str):
        raise ParameterError(f"{name} = {value!r} is text; give a number in SI, for example 2 * libskin.units.hour")
    if not isinstance(value, bool):
        try:
            return float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            pass
    raise ParameterError(f"{name} = {value!r} is not a number")


def whole(value: object, name: str) -> int:
    """``value`` as an int of at least 0: seeds, counts."""
    if not isinstance(value, bool) and hasattr(value, "__index__"):
        result = value.__index__()
        if isinstance(result, int) and 0 <= result < 2**64:
            return result
    raise ParameterError(f"{name} = {value!r} is not a whole number from 0 to 2^64 - 1")
