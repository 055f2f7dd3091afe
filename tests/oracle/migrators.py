#!/usr/bin/env python3
"""Drizzle's own migrator and ours take turns on a libSQL server that asks for tokens.

Usage: libsql_migrators.py --tidemark PROGRAM

Whoever runs first, and whoever goes on after how many migrations: the schema, the rows and the
history are the same, and nobody finds anything left to do.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "servers"))
from sqld import Sqld  # noqa: E402

MIGRATIONS = [
    "CREATE TABLE `a` (\n\t`id` integer PRIMARY KEY NOT NULL\n);\n",
    "CREATE TABLE `b` (`a` integer REFERENCES a(id));--> statement-breakpoint\n"
    "INSERT INTO a VALUES (1);",
    "CREATE INDEX `i` ON `b` (`a`);",
]
MIGRATE = """
const { createClient } = require('@libsql/client');
const { drizzle } = require('drizzle-orm/libsql');
const { migrate } = require('drizzle-orm/libsql/migrator');
migrate(drizzle(createClient({ url: process.argv[1], authToken: process.env.TOKEN })), { migrationsFolder: process.argv[2] });
"""


def lay_out(folder: pathlib.Path, count: int) -> None:
    (folder / "meta").mkdir(exist_ok=True)
    entries = []
    for number, sql in enumerate(MIGRATIONS[:count]):
        (folder / f"000{number}_step.sql").write_text(sql)
        entries.append({"idx": number, "version": "6", "when": 1700000000000 + number,
                        "tag": f"000{number}_step", "breakpoints": True})
    journal = {"version": "7", "dialect": "sqlite", "entries": entries}
    (folder / "meta" / "_journal.json").write_text(json.dumps(journal))


def state(url: str, token: str) -> list:
    sql = ["SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'libsql_%' ORDER BY 1",
           "SELECT id, hash, created_at, typeof(created_at) FROM __drizzle_migrations ORDER BY 3",
           "SELECT * FROM a"]
    body = {"requests": [{"type": "execute", "stmt": {"sql": one}} for one in sql]}
    request = urllib.request.Request(f"{url}/v2/pipeline", json.dumps(body).encode(),
                                     {"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as response:
        results = json.load(response)["results"]
    # The history table is laid out over several lines by one of them.
    return [[["".join(str(cell.get("value")).split()) for cell in row]
             for row in one["response"]["result"]["rows"]] for one in results]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tidemark", required=True)
    tidemark = os.path.abspath(parser.parse_args().tidemark)

    def ours(url: str, token: str, folder: str) -> None:
        subprocess.run([tidemark, "migrate", "--dialect", "turso", "--out", ".", "--url", url,
                        "--auth-token", token],
                       cwd=folder, check=True, stdout=subprocess.DEVNULL)

    def theirs(url: str, token: str, folder: str) -> None:
        subprocess.run(["node", "-e", MIGRATE, url, folder], cwd=HERE, check=True,
                       env={**os.environ, "TOKEN": token})

    states = {}
    for first in (ours, theirs):
        for count in range(len(MIGRATIONS) + 1):
            with Sqld(guarded=True) as server, tempfile.TemporaryDirectory() as folder:
                second, token = theirs if first is ours else ours, server.token()
                if count > 0:
                    lay_out(pathlib.Path(folder), count)
                    first(server.url, token, folder)
                lay_out(pathlib.Path(folder), len(MIGRATIONS))
                second(server.url, token, folder)
                first(server.url, token, folder)
                states[first.__name__, count] = state(server.url, token)
    wanted = states["theirs", len(MIGRATIONS)]
    for turn, found in states.items():
        if found != wanted:
            sys.exit(f"{turn}: the database is\n{found}\nnot\n{wanted}")
    print(f"{len(states)} ways to take turns, one database")


if __name__ == "__main__":
    main()
