"""The code blocks of README.md are tests: Python blocks run in one session, C++ blocks compile and run.

usage: check_readme.py            run the Python blocks (libskin must be importable)
       check_readme.py cpp FILE   write the C++ blocks into FILE, for the consumer project of tests/install
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["cpp"]:
        Path(arguments[1]).write_text("\n".join(blocks("cpp")), encoding="utf-8")
        return 0
    python = blocks("python")
    if not python:
        print("README.md has no Python block")
        return 1
    session: dict[str, object] = {"__name__": "readme"}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # what the blocks write stays out of the tree
        for block in python:
            exec(compile(block, "README.md", "exec"), session)
        os.chdir(ROOT)
    print(f"check_readme: {len(python)} Python blocks ran")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
