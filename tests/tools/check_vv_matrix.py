"""docs/vv/matrix.md and the tests name the same case IDs: every row has a test, every test ID has a row."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ID = re.compile(r"\b(?:INS|TEA|BLE|TRN|REC|HEA|SAF|THE|NUM|ENS|IO|CLM)-[VPNXC]\d+\b")
TEST_FILES = [*(ROOT / "tests").rglob("*.cpp"), *(ROOT / "tests/python").rglob("*.py")]


def ids_in_tests() -> dict[str, list[str]]:
    where: dict[str, list[str]] = {}
    for file in TEST_FILES:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not line.lstrip().startswith(("//", "#", '"""')):
                continue
            for case in ID.findall(line):
                where.setdefault(case, []).append(f"{file.relative_to(ROOT)}:{number}")
    return where


def ids_in_matrix() -> dict[str, int]:
    rows: dict[str, int] = {}
    for number, line in enumerate((ROOT / "docs/vv/matrix.md").read_text(encoding="utf-8").splitlines(), 1):
        match = re.match(r"\|\s*(" + ID.pattern + r")\s*\|", line)
        if match:
            rows[match.group(1)] = number
    return rows


def main() -> int:
    tests, matrix = ids_in_tests(), ids_in_matrix()
    problems = [f"docs/vv/matrix.md:{line}: {case} has no test" for case, line in matrix.items() if case not in tests]
    problems += [
        f"{places[0]}: {case} is not in docs/vv/matrix.md" for case, places in tests.items() if case not in matrix
    ]
    print("\n".join(sorted(problems)) if problems else f"check_vv_matrix: {len(matrix)} cases, each with a test")
    return 1 if problems or not matrix else 0


if __name__ == "__main__":
    sys.exit(main())
