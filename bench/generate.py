#!/usr/bin/env python3
"""`generate` with nothing changed, against Drizzle Kit on Node; and start-up.

Usage: bench/generate.py [--tidemark build/release/tidemark] [--runs 7]
A schema that did not change since the last run is not evaluated again; the second row
of each size shows the work when it is. Needs `npm ci --ignore-scripts` in tests/oracle.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

from side_by_side import Command, compare, header

ROOT = pathlib.Path(__file__).resolve().parent.parent
ORACLE = ROOT / "tests" / "oracle"

COLUMNS = """  id: serial("id").primaryKey(),
  name: text("name").notNull(),
  email: varchar("email", { length: 255 }).notNull().unique(),
  age: integer("age").default(0),
  active: boolean("active").default(true).notNull(),
  payload: jsonb("payload"),
  createdAt: timestamp("created_at").defaultNow().notNull(),
  updatedAt: timestamp("updated_at"),"""


def schema(tables: int) -> str:
    out = ['import { pgTable, serial, text, varchar, integer, boolean, jsonb, timestamp, index }'
           ' from "drizzle-orm/pg-core";', ""]
    for i in range(tables):
        reference = f'\n  parentId: integer("parent_id").references(() => table{i - 1}.id),' if i else ""
        out.append(f'export const table{i} = pgTable("table_{i}", {{\n{COLUMNS}{reference}\n}},'
                   f' (t) => [index("table_{i}_name_idx").on(t.name)]);\n')
    return "\n".join(out)


def project(folder: pathlib.Path, tables: int, tidemark: str) -> None:
    folder.mkdir()
    (folder / "schema.ts").write_text(schema(tables))
    (folder / "drizzle.config.json").write_text(json.dumps(
        {"dialect": "postgresql", "schema": "./schema.ts", "out": "./drizzle"}))
    (folder / "node_modules").symlink_to(ORACLE / "node_modules")
    subprocess.run([tidemark, "generate", "--name", "first"], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tidemark", default=str(ROOT / "build" / "release" / "tidemark"))
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    tidemark = os.path.abspath(arguments.tidemark)
    kit = ["node", str(ORACLE / "node_modules" / "drizzle-kit" / "bin.cjs")]

    header("tidemark", "drizzle-kit")
    work = pathlib.Path(tempfile.mkdtemp(prefix="tidemark-bench-"))
    os.environ["TIDEMARK_CACHE"] = str(work / "cache")
    try:
        for tables in (10, 100, 1000):
            folder = work / str(tables)
            project(folder, tables, tidemark)
            compare(f"generate, nothing changed, {tables} tables",
                    Command("tidemark", [tidemark, "generate"], str(folder)),
                    Command("drizzle-kit", [*kit, "generate"], str(folder)), arguments.runs)
            compare(f"the same, nothing remembered, {tables} tables",
                    Command("tidemark", [tidemark, "generate"], str(folder),
                            environment=os.environ | {"TIDEMARK_CACHE": "off"}),
                    Command("drizzle-kit", [*kit, "generate"], str(folder)), arguments.runs)
        compare("--version", Command("tidemark", [tidemark, "--version"], str(work)),
                Command("node", ["node", "-e", "0"], str(work)), 20)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
