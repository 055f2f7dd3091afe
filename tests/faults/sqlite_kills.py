#!/usr/bin/env python3
"""A rebuild of a SQLite table, killed at many moments.

Usage: sqlite_kills.py --tidemark PROGRAM [--rows 60000] [--width 200] [--kills 8]
                       [--mode delete|wal]

After each kill the file is sound, and the migration is there as a whole or not at all; the
next run ends with the database that an undisturbed run makes. In both journal modes, or
in one.
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
import time

REBUILD = """PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_users` (`id` integer PRIMARY KEY NOT NULL, `name` text NOT NULL);--> statement-breakpoint
INSERT INTO `__new_users` SELECT id, name FROM users;--> statement-breakpoint
DROP TABLE `users`;--> statement-breakpoint
ALTER TABLE `__new_users` RENAME TO `users`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX names ON users (id);"""
MODES = ("delete", "wal")
LOOK = ["PRAGMA integrity_check", "PRAGMA foreign_key_check", "SELECT count(*) FROM posts",
        "SELECT count(*), sum(id), min(name), max(name) FROM users"]


def fill(file: pathlib.Path, mode: str, rows: int, width: int) -> None:
    with sqlite3.connect(file) as database:
        database.execute(f"PRAGMA journal_mode={mode}")
        database.execute("CREATE TABLE users (id integer PRIMARY KEY, name text)")
        database.execute("CREATE TABLE posts (id integer PRIMARY KEY, author integer "
                         "REFERENCES users (id) ON DELETE CASCADE)")
        database.execute("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT ?) "
                         "INSERT INTO users SELECT n, hex(randomblob(?)) FROM c", (rows, width // 2))
        database.execute("INSERT INTO posts SELECT id, id FROM users")
    database.close()


def lay_out(folder: pathlib.Path) -> None:
    (folder / "meta").mkdir()
    (folder / "0000_rebuild.sql").write_text(REBUILD)
    journal = {"version": "7", "dialect": "sqlite", "entries": [
        {"idx": 0, "version": "6", "when": 1700000000000, "tag": "0000_rebuild",
         "breakpoints": True}]}
    (folder / "meta" / "_journal.json").write_text(json.dumps(journal))


class Trial:
    def __init__(self, tidemark: str, folder: pathlib.Path, filled: pathlib.Path):
        self.tidemark, self.folder, self.filled = tidemark, folder, filled
        self.file = folder / "trial.db"

    def begin(self) -> subprocess.Popen:
        for ending in ("-wal", "-shm", "-journal"):
            pathlib.Path(f"{self.file}{ending}").unlink(missing_ok=True)
        shutil.copy(self.filled, self.file)
        return self.start()

    def start(self) -> subprocess.Popen:
        return subprocess.Popen(
            [self.tidemark, "migrate", "--dialect", "sqlite", "--out", ".", "--url",
             f"file:{self.file}"], cwd=self.folder, stdout=subprocess.DEVNULL)

    def look(self) -> tuple[bool, list]:
        """Whether it is applied, and the rows."""
        database = sqlite3.connect(self.file)
        rows = [database.execute(sql).fetchall() for sql in LOOK]
        names = {name for (name,) in database.execute("SELECT name FROM sqlite_schema")}
        logged = "libsql_tidemark_log" in names and database.execute(
            "SELECT count(*) FROM __drizzle_migrations").fetchone() == (1,)
        database.close()
        whole = {"names"} <= names if logged else not {"names", "__new_users"} & names
        if not whole or rows[0] != [("ok",)]:
            sys.exit(f"half of it is there: {names}, {rows}")
        return logged, rows

    def undisturbed(self) -> tuple[float, list]:
        start = time.monotonic()
        if self.begin().wait() != 0:
            sys.exit("without a kill it fails")
        return time.monotonic() - start, self.look()[1]

    def killed(self, after: float, wanted: list) -> bool:
        """Whether the kill came before the end."""
        run = self.begin()
        time.sleep(after)
        run.kill()
        died = run.wait() != 0
        applied, rows = self.look()
        if rows != wanted or (not died and not applied):
            sys.exit(f"after {after:.3f} s the rows are {rows}, not {wanted}")
        if self.start().wait() != 0 or self.look() != (True, wanted):
            sys.exit(f"the run after a kill at {after:.3f} s does not end well")
        return died


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tidemark", required=True)
    parser.add_argument("--rows", type=int, default=60_000)
    parser.add_argument("--width", type=int, default=200, help="bytes a row")
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--mode", choices=MODES, help="instead of both")
    arguments = parser.parse_args()
    for mode in [arguments.mode] if arguments.mode else MODES:
        with tempfile.TemporaryDirectory(prefix="tidemark-kills-") as parent:
            folder = pathlib.Path(parent)
            lay_out(folder)
            fill(folder / "filled.db", mode, arguments.rows, arguments.width)
            trial = Trial(os.path.abspath(arguments.tidemark), folder, folder / "filled.db")
            took, wanted = trial.undisturbed()
            moments = [took * (at + 0.5) / arguments.kills for at in range(arguments.kills)]
            died = sum(trial.killed(after, wanted) for after in moments)
            if died == 0:
                sys.exit("no kill came in time")
            print(f"{mode}: {died} of {arguments.kills} kills in {took:.2f} s; the file is sound "
                  "after each, and the next run ends well")


if __name__ == "__main__":
    main()
