"""Includes point down, never sideways: the layer picture of docs/architecture.md as a dictionary."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PHYSICS = {"insertion", "tearing", "bleeding", "transport", "recovery", "healing", "safety", "thermal"}
PLAIN = {"tissue", "device", "topical"}
BELOW_PHYSICS = {"wound", "numerics", "core"} | PLAIN

# layer -> layers it may see, itself apart
MAY_SEE: dict[str, set[str]] = {
    "core": set(),
    "numerics": {"core"},
    "tissue": {"core"},
    "device": {"core"},
    "topical": {"core"},
    "wound": {"core", "numerics", "tissue", "device"},
    **dict.fromkeys(PHYSICS, BELOW_PHYSICS),
    "treatment": BELOW_PHYSICS | PHYSICS,
    "ensemble": BELOW_PHYSICS | PHYSICS | {"treatment"},
    "io": BELOW_PHYSICS | PHYSICS | {"treatment", "ensemble"},
    "umbrella": BELOW_PHYSICS | PHYSICS | {"treatment", "ensemble", "io"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s+["<]((?:skin/)?[\w/]+\.hpp)[">]')


def layer_of(path: str) -> str | None:
    """Layer of a file below include/skin or src, or of an include path; None: not ours."""
    first = path.split("/")[0].removesuffix(".hpp").removesuffix(".cpp")
    if path == "skin.hpp":
        return "umbrella"
    return first if first in MAY_SEE else None


def violations() -> list[str]:
    found = []
    for base in (ROOT / "libskin/include/skin", ROOT / "libskin/src"):
        for file in sorted([*base.rglob("*.hpp"), *base.rglob("*.cpp")]):
            own = layer_of(file.relative_to(base).as_posix())
            if own is None:
                found.append(f"{file.relative_to(ROOT)}: belongs to no layer")
                continue
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                match = INCLUDE.match(line)
                if not match:
                    continue
                seen = layer_of(match.group(1).removeprefix("skin/"))
                if seen is not None and seen != own and seen not in MAY_SEE[own]:
                    found.append(
                        f"{file.relative_to(ROOT)}:{number}: layer '{own}' may not include '{match.group(1)}' (layer '{seen}')"
                    )
    return found


def main() -> int:
    found = violations()
    print("\n".join(found) if found else "check_layers: every include points down")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
