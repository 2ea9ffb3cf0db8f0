"""Gather the rows of docs/vv/<physics>.md into docs/vv/matrix.md, with the file that holds each test."""

from __future__ import annotations

import re

from check_vv_matrix import ID, ROOT, ids_in_tests

HEAD = """# Verification and validation: every case

Which test shows what. The pages beside this one say how each case is set up and what was found. This page is made by
`python tests/tools/make_vv_matrix.py` from their tables; `check_vv_matrix.py` fails when a row has no test or a test no
row. Letters: V exact solution, P property, N numerical convergence, X experiment, C claim.

| ID | claim | page | test |
| --- | --- | --- | --- |
"""


def main() -> None:
    tests = ids_in_tests()
    rows: dict[str, str] = {}
    for page in sorted((ROOT / "docs/vv").glob("*.md")):
        if page.name in {"matrix.md", "context-of-use.md"}:
            continue
        for line in page.read_text(encoding="utf-8").splitlines():
            match = re.match(r"\|\s*(" + ID.pattern + r")\s*\|\s*(.*?)\s*\|", line)
            if match:
                case, claim = match.group(1), match.group(2)
                place = tests.get(case, ["missing"])[0].rsplit(":", 1)[0]
                rows[case] = f"| {case} | {claim} | [{page.stem}]({page.name}) | `{place}` |"
    order = sorted(rows, key=lambda case: (case.split("-")[0], case.split("-")[1][0], int(case.split("-")[1][1:])))
    (ROOT / "docs/vv/matrix.md").write_text(HEAD + "\n".join(rows[c] for c in order) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
