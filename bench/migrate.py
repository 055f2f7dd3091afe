#!/usr/bin/env python3
"""`migrate` against psql and the sqlite3 shell, which send the same SQL in the same
transactions with the same history rows; on SQLite and libSQL against drizzle-orm's migrator
and drizzle-kit too.

Usage: bench/migrate.py [--tidemark build/release/tidemark] [--runs 7] [--only sqlite]
Starts servers of its own (tests/servers).
"""

import argparse
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from side_by_side import Command, compare, header

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "servers"))
from sqld import Sqld  # noqa: E402

ORACLE = ROOT / "tests" / "oracle"
MIGRATOR = """
const { createClient } = require('@libsql/client');
const { drizzle } = require('drizzle-orm/libsql');
const { migrate } = require('drizzle-orm/libsql/migrator');
migrate(drizzle(createClient({ url: process.argv[1] })), { migrationsFolder: process.argv[2] });
"""
BREAKPOINT = "--> statement-breakpoint\n"


def small_migrations(count: int) -> list[str]:
    """A table each, and every third an index or a column: what `generate` writes."""
    texts = []
    for i in range(count):
        kinds = [f'CREATE TABLE "t{i}" ("id" integer PRIMARY KEY NOT NULL, "name" text NOT NULL);',
                 f'ALTER TABLE "t{i - 1}" ADD COLUMN "extra" text;',
                 f'CREATE INDEX "t{i - 2}_name" ON "t{i - 2}" ("name");']
        texts.append(kinds[i % 3] if i % 3 else kinds[0])
    return texts


def one_large(statements: int) -> list[str]:
    lines = [f'CREATE TABLE "t{i}" ("id" integer PRIMARY KEY NOT NULL, "name" text NOT NULL);\n'
             for i in range(statements)]
    return [BREAKPOINT.join(lines)]


def write_folder(folder: pathlib.Path, dialect: str, texts: list[str]) -> None:
    meta = folder / "drizzle" / "meta"
    meta.mkdir(parents=True)
    entries = []
    for i, text in enumerate(texts):
        tag = f"{i:04}_m"
        (folder / "drizzle" / f"{tag}.sql").write_text(text)
        entries.append({"idx": i, "version": "7", "when": 1700000000000 + i, "tag": tag,
                        "breakpoints": True})
    (meta / "_journal.json").write_text(json.dumps(
        {"version": "7", "dialect": dialect.replace("turso", "sqlite"), "entries": entries}))


def plain_sql(dialect: str, texts: list[str]) -> str:
    """What the shell is given: the same transactions and the same history rows."""
    if dialect == "postgresql":
        history, created = "drizzle.__drizzle_migrations", "bigint"
        out = ["CREATE SCHEMA IF NOT EXISTS drizzle;"]
    else:
        history, created, out = "__drizzle_migrations", "numeric", ["PRAGMA foreign_keys=ON;"]
    out.append(f"CREATE TABLE IF NOT EXISTS {history} (id SERIAL PRIMARY KEY, hash text NOT NULL, "
               f"created_at {created});")
    for i, text in enumerate(texts):
        digest = hashlib.sha256(text.encode()).hexdigest()
        out += ["BEGIN;", text.replace(BREAKPOINT, ""),
                f"INSERT INTO {history} (hash, created_at) VALUES ('{digest}', {1700000000000 + i});",
                "COMMIT;"]
    return "\n".join(out) + "\n"


class Peer:
    """Another program, as words for a project folder and a database's URL."""

    def __init__(self, name: str, words):
        self.name, self.words = name, words


def drizzle_orm(database) -> Peer:
    return Peer("drizzle-orm", lambda work: ["node", "-e", MIGRATOR, database.url,
                                             str(work / "drizzle")])


def drizzle_kit(_) -> Peer:
    return Peer("drizzle-kit", lambda work: ["node", str(ORACLE / "node_modules/drizzle-kit/bin.cjs"),
                                             "migrate"])


class Postgres:
    peers = ()
    shell = "psql"
    dialect = "postgresql"

    def __init__(self, folder: pathlib.Path):
        self.admin = os.environ["TIDEMARK_TEST_PG"]
        self.url = self.admin.replace("/postgres?", "/bench?")

    def reset(self) -> None:
        for sql in ("drop database if exists bench", "create database bench"):
            subprocess.run(["psql", "-qX", self.admin, "-c", sql], check=True, stderr=subprocess.DEVNULL)

    def words(self, file: pathlib.Path) -> list[str]:
        return ["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-f", str(file), self.url]


class Sqlite:
    peers = (drizzle_orm, drizzle_kit)
    shell = "sqlite3"
    dialect = "sqlite"

    def __init__(self, folder: pathlib.Path):
        self.file = folder / "bench.db"
        self.url = f"file:{self.file}"

    def reset(self) -> None:
        for ending in ("", "-journal", "-wal", "-shm"):
            pathlib.Path(f"{self.file}{ending}").unlink(missing_ok=True)

    def words(self, file: pathlib.Path) -> list[str]:
        return ["sqlite3", "-bail", str(self.file), f".read {file}"]


class Libsql:
    """A new server for each run: its memory keeps what the last one has seen."""

    peers = (drizzle_orm, drizzle_kit)
    shell = None
    dialect = "turso"

    def __init__(self, folder: pathlib.Path):
        self.server = Sqld()
        self.server.start()
        self.url = self.server.url

    def reset(self) -> None:
        self.close()
        port = self.server.port
        self.server = Sqld()
        self.server.port, self.server.url = port, self.url
        self.server.start()

    def close(self) -> None:
        self.server.stop()
        self.server.folder.cleanup()


def race(kind: type, title: str, texts: list[str], arguments: argparse.Namespace) -> None:
    work = pathlib.Path(tempfile.mkdtemp(prefix="tidemark-bench-"))
    try:
        database = kind(work)
        write_folder(work, database.dialect, texts)
        (work / "drizzle.config.json").write_text(json.dumps(
            {"dialect": database.dialect, "schema": "./schema.ts", "out": "./drizzle",
             "dbCredentials": {"url": database.url}}))
        (work / "plain.sql").write_text(plain_sql(database.dialect, texts))
        (work / "node_modules").symlink_to(ORACLE / "node_modules")
        ours = Command("tidemark", [arguments.tidemark, "migrate"], str(work), database.reset)
        others = [Command(peer.name, peer.words(work), str(work), database.reset)
                  for peer in (make(database) for make in kind.peers)]
        if database.shell:
            others.insert(0, Command(database.shell, database.words(work / "plain.sql"), str(work),
                                     database.reset))
        for other in others:
            compare(f"{database.dialect}, {other.name}: {title}", ours, other, arguments.runs)
    finally:
        if hasattr(database, "close"):
            database.close()
        shutil.rmtree(work)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tidemark", default=str(ROOT / "build" / "release" / "tidemark"))
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--only", help="postgresql, sqlite or turso")
    arguments = parser.parse_args()
    arguments.tidemark = os.path.abspath(arguments.tidemark)
    if "TIDEMARK_TEST_PG" not in os.environ:
        server = ROOT / "tests" / "servers" / "with_postgres"
        os.execv(server, [str(server), sys.executable, *sys.argv])
    header("tidemark", "the other")
    for kind in (Postgres, Sqlite, Libsql):
        if arguments.only not in (None, kind.dialect):
            continue
        race(kind, "1,000 small migrations", small_migrations(1000), arguments)
        race(kind, "one of 3,000 statements", one_large(3000), arguments)


if __name__ == "__main__":
    main()
