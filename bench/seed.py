#!/usr/bin/env python3
"""`seed --generate` over 20 tables that refer to each other, against drizzle-seed on Node, and
against the same rows read from files: psql's \\copy, and .import of the sqlite3 shell.

Usage: bench/seed.py [--tidemark build/release/tidemark] [--rows 1000000] [--peer-rows 50000]
                     [--runs 3] [--only postgresql]
Rows are those of all tables together; drizzle-seed would take many minutes for a million, so
its row has fewer on both sides. Starts a private PostgreSQL of its own (tests/servers); needs
`npm ci --ignore-scripts` in tests/oracle, and better-sqlite3 built (tests/oracle/seed_scripts.py).
"""

import argparse
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from generate import ORACLE, ROOT
from side_by_side import Command, compare, header

TABLES = 20


def references(table: int) -> list[int]:
    """Five tables that refer to nothing; behind them one or two references each."""
    if table < 5:
        return []
    return [table - 5] if table % 2 else [table - 5, table - 4]


class Postgres:
    dialect, core, shell, driver = "postgresql", "pg-core", "psql \\copy", "node-postgres"
    imports = "pgTable as table, serial, text, varchar, integer, boolean, numeric, timestamp"
    columns = """  id: serial("id").primaryKey(),
  name: text("name").notNull(),
  email: varchar("email", { length: 255 }).notNull().unique(),
  phone: varchar("phone", { length: 20 }),
  city: text("city"),
  age: integer("age"),
  active: boolean("active").notNull(),
  price: numeric("price", { precision: 10, scale: 2 }).notNull(),
  body: text("body").notNull(),
  createdAt: timestamp("created_at").notNull(),
  updatedAt: timestamp("updated_at"),"""

    def __init__(self, work: pathlib.Path):
        self.work = work
        self.admin = os.environ["TIDEMARK_TEST_PG"]
        self.url = self.admin.replace("/postgres?", "/bench?")
        self.opened = f"drizzle({json.dumps(self.url)})"
        for sql in ("drop database if exists bench", "create database bench"):
            self.sql(sql, self.admin)

    def sql(self, text: str, url: str | None = None) -> str:
        return subprocess.run(["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", url or self.url, "-c", text],
                              check=True, capture_output=True, text=True).stdout

    def count(self) -> int:
        return sum(int(self.sql(f"select count(*) from table_{i}")) for i in range(TABLES))

    def empty(self) -> None:
        tables = ", ".join(f"table_{i}" for i in range(TABLES))
        self.sql(f"truncate {tables} restart identity")
        self.sql("checkpoint", self.admin)

    def dump(self) -> None:
        for i in range(TABLES):
            self.sql(f"\\copy table_{i} to '{self.work}/table_{i}.rows'")
        script = "".join(f"\\copy table_{i} from '{self.work}/table_{i}.rows'\n" for i in range(TABLES))
        (self.work / "load.sql").write_text(f"begin;\n{script}commit;\n")

    def load(self) -> list[str]:
        return ["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-f", str(self.work / "load.sql"), self.url]


class Sqlite:
    dialect, core, shell, driver = "sqlite", "sqlite-core", "sqlite3 .import", "better-sqlite3"
    imports = "sqliteTable as table, text, integer, real"
    columns = """  id: integer("id").primaryKey(),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  phone: text("phone", { length: 20 }),
  city: text("city"),
  age: integer("age"),
  active: integer("active", { mode: "boolean" }).notNull(),
  price: real("price").notNull(),
  body: text("body").notNull(),
  createdAt: integer("created_at", { mode: "timestamp" }).notNull(),
  updatedAt: integer("updated_at", { mode: "timestamp" }),"""

    def __init__(self, work: pathlib.Path):
        self.work = work
        self.file = work / "bench.db"
        self.url = f"file:{self.file}"
        self.opened = f"drizzle({json.dumps(str(self.file))})"

    def count(self) -> int:
        with sqlite3.connect(self.file) as database:
            return sum(database.execute(f"select count(*) from table_{i}").fetchone()[0]
                       for i in range(TABLES))

    def empty(self) -> None:
        database = sqlite3.connect(self.file, isolation_level=None)
        for i in reversed(range(TABLES)):
            database.execute(f"delete from table_{i}")
        database.execute("vacuum")
        database.close()

    def dump(self) -> None:
        script = "pragma foreign_keys = on;\nbegin;\n.mode csv\n"
        for i in range(TABLES):
            rows = self.work / f"table_{i}.rows"
            with open(rows, "wb") as out:
                subprocess.run(["sqlite3", "-csv", str(self.file), f"select * from table_{i}"],
                               check=True, stdout=out)
            script += f".import {rows} table_{i}\n"
        (self.work / "load.sql").write_text(script + "commit;\n")

    def load(self) -> list[str]:
        return ["sqlite3", "-bail", str(self.file), f".read {self.work / 'load.sql'}"]


def schema(database) -> str:
    out = [f'import {{ {database.imports} }} from "drizzle-orm/{database.core}";\n']
    for i in range(TABLES):
        keys = "".join(f'\n  ref{at}: integer("ref_{at}").notNull().references(() => table{to}.id),'
                       for at, to in enumerate(references(i)))
        out.append(f'export const table{i} = table("table_{i}", {{\n{database.columns}{keys}\n}});\n')
    return "\n".join(out)


PEER = """import {{ drizzle }} from "drizzle-orm/{driver}";
import {{ seed }} from "drizzle-seed";
import * as schema from "./schema.ts";
await seed({opened}, schema, {{ count: {count} }});
process.exit(0);
"""


def measure(database, tidemark: str, arguments) -> None:
    folder = database.work
    (folder / "schema.ts").write_text(schema(database))
    (folder / "drizzle.config.json").write_text(json.dumps(
        {"dialect": database.dialect, "schema": "./schema.ts", "dbCredentials": {"url": database.url}}))
    (folder / "node_modules").symlink_to(ORACLE / "node_modules")
    subprocess.run([tidemark, "push", "--force"], cwd=folder, check=True, stdout=subprocess.DEVNULL)

    def ours(rows: int) -> Command:
        words = [tidemark, "seed", "--generate", "--rows", str(rows // TABLES)]
        return Command("tidemark", words, str(folder), before=database.empty)

    ours(arguments.rows).run()
    assert database.count() == arguments.rows, "there are fewer rows than asked for"
    database.dump()
    compare(f"{database.dialect}, {arguments.rows:,} rows, {database.shell}", ours(arguments.rows),
            Command(database.shell, database.load(), str(folder), before=database.empty),
            arguments.runs, warm=0)
    assert database.count() == arguments.rows, "the shell has loaded fewer rows"
    count = arguments.peer_rows // TABLES
    (folder / "peer.mts").write_text(
        PEER.format(driver=database.driver, opened=database.opened, count=count))
    compare(f"{database.dialect}, {arguments.peer_rows:,} rows, drizzle-seed", ours(arguments.peer_rows),
            Command("drizzle-seed", ["node", "--import", "tsx", "peer.mts"], str(folder),
                    before=database.empty),
            arguments.runs, warm=0)
    assert database.count() == arguments.peer_rows, "drizzle-seed has made fewer rows"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tidemark", default=str(ROOT / "build" / "release" / "tidemark"))
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--peer-rows", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=("postgresql", "sqlite"))
    arguments = parser.parse_args()
    if "TIDEMARK_TEST_PG" not in os.environ:
        server = ROOT / "tests" / "servers" / "with_postgres"
        os.execv(server, [str(server), sys.executable, *sys.argv])
    header("tidemark", "the other")
    for kind in (Postgres, Sqlite):
        if arguments.only not in (None, kind.dialect):
            continue
        work = pathlib.Path(tempfile.mkdtemp(prefix="tidemark-bench-"))
        try:
            measure(kind(work), os.path.abspath(arguments.tidemark), arguments)
        finally:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
