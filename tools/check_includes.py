#!/usr/bin/env python3
"""Holds the arrows between the folders of src/: which may include which.

Exit code 1 and one line per violation. The tests run it.
"""

import pathlib
import re
import sys

# folder -> the folders it may include besides itself and include/tidemark.
USES = {
    "base": [],
    "catalog": ["base"],
    "connect": ["base"],
    "dialect": ["base", "catalog", "connect"],
    "diff": ["base", "catalog", "dialect"],
    "plan": ["base", "catalog", "diff", "dialect", "connect"],
    "folder": ["base", "catalog"],
    "source": ["base", "catalog", "folder", "dialect", "connect"],
    "schema_text": ["base", "catalog"],
    "apply": ["base", "catalog", "connect", "dialect", "folder", "plan"],
    "run": ["base", "connect", "source", "apply"],
    "seed": ["base", "catalog", "connect", "dialect"],
    "schema_edit": ["base", "catalog", "diff", "plan", "source", "schema_text"],
    "engine": ["base", "catalog", "connect", "diff", "dialect", "plan", "folder",
               "source", "apply", "schema_text", "schema_edit", "run", "seed"],
    "studio": ["base", "catalog", "connect", "diff", "dialect", "plan", "folder", "source", "apply",
               "engine"],
    "cli": ["base", "engine", "studio"],
}

INCLUDE = re.compile(r'^\s*#include\s+"([^"]+)"')


def main() -> int:
    root = pathlib.Path(__file__).resolve().parent.parent
    violations = []
    for path in sorted((root / "src").rglob("*")):
        if path.suffix not in (".h", ".cc") or path.name.endswith("_test.cc"):
            continue
        folder = path.relative_to(root / "src").parts[0]
        violations += check(root, path, folder)
    for path in sorted((root / "include").rglob("*.h")):
        violations += check(root, path, None)
    print("\n".join(violations) or "includes: every arrow points the right way")
    return 1 if violations else 0


def check(root: pathlib.Path, path: pathlib.Path, folder: str | None) -> list[str]:
    found = []
    allowed = [folder, *USES.get(folder, [])] if folder else []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        target = match.group(1).split("/")[0]
        if target in ("tidemark", "embedded") or target in allowed:
            continue
        if "/" not in match.group(1):
            continue  # a file beside this one
        found.append(f"{path.relative_to(root)}:{number}: {folder or 'include'} must not use {target}")
    return found


if __name__ == "__main__":
    sys.exit(main())
