"""The member comment (for people) and the describe table (for machines) must tell the same: name, unit, phrase."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MEMBER = re.compile(r"^    (?:[\w:<>, ]+?) (\w+)(?: = .*?)?;\s*///< (?:\[([^\]]+)\] )?(?:\([^)]*\) )?(.*)$")
FIELD = re.compile(r'Field\{"(\w+)",\s*&\w+::(\w+),\s*"([^"]*)",\s*"([^"]*)"')


def check(file: Path) -> list[str]:
    problems = []
    text = file.read_text(encoding="utf-8")
    for struct, body in re.findall(r"\nstruct (\w+) \{\n(.*?)\n\};", text, re.S):
        table = re.search(rf"struct Describe<{struct}> \{{(.*?)\n\}};", text, re.S)
        if not table:
            continue
        # A field may span lines: join them before matching.
        fields = {m[0]: m for m in FIELD.findall(re.sub(r"\s*\n\s*", " ", table.group(1)))}
        for name, member, _, _ in fields.values():
            if name != member:
                problems.append(f"{file.relative_to(ROOT)}: {struct}: field '{name}' points to member '{member}'")
        for line in re.sub(r"=\n\s+", "= ", body).splitlines():  # a long member is wrapped
            match = MEMBER.match(line)
            if not match or match.group(1) not in fields:
                continue
            name, unit, phrase = match.groups()
            _, _, table_unit, table_phrase = fields[name]
            if unit is not None and unit != table_unit:
                problems.append(
                    f"{file.relative_to(ROOT)}: {struct}.{name}: comment says [{unit}], table says [{table_unit}]"
                )
            if not phrase.startswith(table_phrase.split(";")[0]):
                problems.append(
                    f"{file.relative_to(ROOT)}: {struct}.{name}: comment '{phrase}' does not start with '{table_phrase}'"
                )
    return problems


def main() -> int:
    problems = [p for f in sorted((ROOT / "libskin/include/skin").rglob("*.hpp")) for p in check(f)]
    print("\n".join(problems) if problems else "check_fields: comments and describe tables agree")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
