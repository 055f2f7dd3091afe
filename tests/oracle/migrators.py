#!/usr/bin/env python3
"""Drizzle's own migrators and ours take turns: on a libSQL server that asks for tokens, on a
file of libSQL and on one of better-sqlite3.

Usage: migrators.py --tidemark PROGRAM

Whoever runs first, and whoever goes on after how many migrations: the schema, the rows and the
history are the same, and nobody finds anything left to do.
"""

import argparse
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "servers"))
from seed_scripts import build_driver  # noqa: E402
from sqld import Sqld  # noqa: E402

MIGRATIONS = [
    "CREATE TABLE `a` (\n\t`id` integer PRIMARY KEY NOT NULL\n);\n",
    "CREATE TABLE `b` (`a` integer REFERENCES a(id));--> statement-breakpoint\n"
    "INSERT INTO a VALUES (1);",
    "CREATE INDEX `i` ON `b` (`a`);",
]
SERVER = """
const { createClient } = require('@libsql/client');
const { drizzle } = require('drizzle-orm/libsql');
const { migrate } = require('drizzle-orm/libsql/migrator');
migrate(drizzle(createClient({ url: process.argv[1], authToken: process.env.TOKEN })), { migrationsFolder: process.argv[2] });
"""
BETTER = """
const Database = require('better-sqlite3');
const { drizzle } = require('drizzle-orm/better-sqlite3');
const { migrate } = require('drizzle-orm/better-sqlite3/migrator');
migrate(drizzle(new Database(process.argv[1].slice('file:'.length))), { migrationsFolder: process.argv[2] });
"""
LOOK = ["SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'libsql_%' ORDER BY 1",
        "SELECT id, hash, created_at, typeof(created_at) FROM __drizzle_migrations ORDER BY 3",
        "SELECT * FROM a"]


def lay_out(folder: pathlib.Path, count: int) -> None:
    (folder / "meta").mkdir(exist_ok=True)
    entries = []
    for number, sql in enumerate(MIGRATIONS[:count]):
        (folder / f"000{number}_step.sql").write_text(sql)
        entries.append({"idx": number, "version": "6", "when": 1700000000000 + number,
                        "tag": f"000{number}_step", "breakpoints": True})
    journal = {"version": "7", "dialect": "sqlite", "entries": entries}
    (folder / "meta" / "_journal.json").write_text(json.dumps(journal))


class Server(Sqld):
    """A libSQL server that asks for tokens."""

    script, dialect = SERVER, "turso"

    def __init__(self):
        super().__init__(guarded=True)

    def rows(self) -> list:
        body = {"requests": [{"type": "execute", "stmt": {"sql": one}} for one in LOOK]}
        request = urllib.request.Request(f"{self.url}/v2/pipeline", json.dumps(body).encode(),
                                         {"Authorization": f"Bearer {self.token()}"})
        with urllib.request.urlopen(request) as response:
            results = json.load(response)["results"]
        return [[[cell.get("value") for cell in row]
                 for row in one["response"]["result"]["rows"]] for one in results]


class File:
    dialect = "sqlite"

    def __enter__(self) -> "File":
        self.folder = tempfile.TemporaryDirectory()
        self.file = pathlib.Path(self.folder.name) / "file.db"
        self.url = f"file:{self.file}"
        return self

    def __exit__(self, *_: object) -> None:
        self.folder.cleanup()

    def token(self) -> str:
        return ""

    def rows(self) -> list:
        database = sqlite3.connect(self.file)
        found = [database.execute(sql).fetchall() for sql in LOOK]
        database.close()
        return found


class LibsqlFile(File):
    """The file of libSQL's own engine."""

    script = SERVER


class BetterFile(File):
    """The file of better-sqlite3."""

    script = BETTER


def state(place: Server | File) -> list:
    # The history table is laid out over several lines by one of them.
    return [[["".join(str(cell).split()) for cell in row] for row in rows]
            for rows in place.rows()]


def take_turns(kind: type, tidemark: str) -> int:
    def ours(place: Server | File, folder: str) -> None:
        subprocess.run([tidemark, "migrate", "--dialect", place.dialect, "--out", ".", "--url",
                        place.url, "--auth-token", place.token() or "none"],
                       cwd=folder, check=True, stdout=subprocess.DEVNULL)

    def theirs(place: Server | File, folder: str) -> None:
        subprocess.run(["node", "-e", place.script, place.url, folder], cwd=HERE, check=True,
                       env={**os.environ, "TOKEN": place.token()})

    states = {}
    for first in (ours, theirs):
        for count in range(len(MIGRATIONS) + 1):
            with kind() as place, tempfile.TemporaryDirectory() as folder:
                second = theirs if first is ours else ours
                if count > 0:
                    lay_out(pathlib.Path(folder), count)
                    first(place, folder)
                lay_out(pathlib.Path(folder), len(MIGRATIONS))
                second(place, folder)
                first(place, folder)
                states[first.__name__, count] = state(place)
    wanted = states["theirs", len(MIGRATIONS)]
    for turn, found in states.items():
        if found != wanted:
            sys.exit(f"{kind.__name__}, {turn}: the database is\n{found}\nnot\n{wanted}")
    return len(states)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tidemark", required=True)
    tidemark = os.path.abspath(parser.parse_args().tidemark)
    build_driver(HERE / "node_modules")
    ways = sum(take_turns(kind, tidemark) for kind in (Server, LibsqlFile, BetterFile))
    print(f"{ways} ways to take turns, in each place one database")


if __name__ == "__main__":
    main()
