#!/usr/bin/env python3
"""32 migrators at once: every migration is applied once, and all of them exit with 0.

Usage: many_migrators.py --tidemark PROGRAM [--postgres FILE] [--peer DRIZZLE-KIT]

In a second round some are killed at random moments: the others notice nothing. In a third the
one that is at work is killed in the middle of a statement while 31 wait: one of them goes on.
With --peer the same is done with Drizzle Kit (bin.cjs), and what happens is printed.
"""

import argparse
import contextlib
import json
import os
import pathlib
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "servers"))
from postgres_url import postgres_url  # noqa: E402
from sqld import Sqld  # noqa: E402

MANY = 32
KILLED = 8
BREAK = "\n--> statement-breakpoint\n"
# How long the slow migration takes is said by a row, so that a second run of it is fast.
SLOW = {
    "postgresql": "SELECT pg_sleep(seconds) FROM pace",
    "sqlite": "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < "
              "(SELECT seconds * 400000 FROM pace)) SELECT count(*) FROM c",
}
ALONE = {"postgresql": "CREATE INDEX CONCURRENTLY i ON t1 (a)", "sqlite": "VACUUM"}


def migrations(engine: str, peer: bool) -> list[str]:
    sql = ["CREATE TABLE counter (migration integer)"]
    for number in range(1, 8):
        sql.append(BREAK.join([f"CREATE TABLE t{number} (a integer)",
                               f"INSERT INTO counter VALUES ({number})"]))
    dialect = "sqlite" if engine == "turso" else engine
    if engine != "turso":
        sql.append(BREAK.join([SLOW[dialect], "INSERT INTO counter VALUES (8)"]))
    if engine != "turso" and not peer:  # which cannot run such a statement
        sql.append(BREAK.join(["INSERT INTO counter VALUES (9)", ALONE[dialect],
                               "INSERT INTO counter VALUES (10)"]))
    return sql


def lay_out(folder: pathlib.Path, engine: str, url: str, peer: bool) -> None:
    out = folder / "drizzle"
    (out / "meta").mkdir(parents=True)
    dialect = "postgresql" if engine == "postgresql" else "sqlite"
    entries = []
    for number, sql in enumerate(migrations(engine, peer)):
        tag = f"{number:04}_step"
        (out / f"{tag}.sql").write_text(sql)
        entries.append({"idx": number, "version": "7", "when": 1700000000000 + number,
                        "tag": tag, "breakpoints": True})
    (out / "meta" / "_journal.json").write_text(
        json.dumps({"version": "7", "dialect": dialect, "entries": entries}))
    (folder / "drizzle.config.json").write_text(
        json.dumps({"dialect": engine, "out": "./drizzle", "schema": "./schema.ts",
                    "dbCredentials": {"url": url}}))


class Postgres:
    engine = "postgresql"
    history = "drizzle.__drizzle_migrations"

    def __init__(self, server: str):
        self.server, self.name = server, f"many_{uuid.uuid4().hex[:12]}"
        self.url = server.replace("/postgres?", f"/{self.name}?")

    def __enter__(self) -> "Postgres":
        self.query(f"create database {self.name}", self.server)
        return self

    def __exit__(self, *_: object) -> None:
        self.query(f"drop database {self.name} with (force)", self.server)

    def query(self, sql: str, url: str = "") -> str:
        return subprocess.run(["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", "-c", sql,
                               url or self.url], check=True, capture_output=True, text=True).stdout.strip()

    def at_work(self) -> bool:
        return self.query("select count(*) from pg_stat_activity where query like '%FROM pace%' "
                          "and state = 'active' and pid <> pg_backend_pid() "
                          "and datname = current_database()") != "0"


class Sqlite:
    engine = "sqlite"
    history = "__drizzle_migrations"

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="tidemark-many-")
        self.file = pathlib.Path(self.folder.name) / "app.db"
        self.url = f"file:{self.file}"

    def __enter__(self) -> "Sqlite":
        return self

    def __exit__(self, *_: object) -> None:
        self.folder.cleanup()

    def query(self, sql: str) -> str:
        with contextlib.closing(sqlite3.connect(self.file, timeout=60)) as database:
            row = database.execute(sql).fetchone()
            database.commit()
        return "" if row is None else str(row[0])

    def at_work(self) -> bool:
        """Nobody else can begin to write while the slow statement runs, for as long as that."""
        for _ in range(20):
            try:
                with contextlib.closing(sqlite3.connect(self.file, timeout=0)) as database:
                    database.execute("BEGIN IMMEDIATE")
                    database.rollback()
                return False
            except sqlite3.OperationalError:
                time.sleep(0.02)
        return True


class Libsql:
    engine = "turso"
    history = "__drizzle_migrations"

    def __enter__(self) -> "Libsql":
        self.server = Sqld()
        self.server.start()
        self.url = self.server.url
        return self

    def __exit__(self, *error: object) -> None:
        self.server.__exit__(*error)

    def query(self, sql: str) -> str:
        body = {"requests": [{"type": "execute", "stmt": {"sql": sql}}]}
        with urllib.request.urlopen(f"{self.url}/v2/pipeline", json.dumps(body).encode()) as answer:
            result = json.load(answer)["results"][0]["response"]["result"]
        return str(result["rows"][0][0]["value"]) if result["rows"] else ""


def start(command: list[str], folder: pathlib.Path) -> subprocess.Popen:
    return subprocess.Popen([*command, "migrate"], cwd=folder, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True,
                            env={**os.environ, "TIDEMARK_CACHE": "off"})


def once_each(database, expected: int) -> list[str]:
    """What is not as one undisturbed run leaves it."""
    wrong = []
    rows = database.query("select count(*) from counter")
    distinct = database.query("select count(distinct migration) from counter")
    history = database.query(f"select count(*) from {database.history}")
    if (rows, distinct) != (str(expected - 1 + (expected == 10)),) * 2:
        wrong.append(f"{rows} rows of {distinct} migrations")
    if history != str(expected):
        wrong.append(f"{history} rows in the history, not {expected}")
    return wrong


def summary(outputs: list[str]) -> str:
    reasons: dict[str, int] = {}
    for output in outputs:
        found = re.search(r"code: '(\w+)'|(SQLITE_\w+)|^(error: .*)$", output, re.M)
        reason = next(filter(None, found.groups()), "?") if found else "without a reason"
        reasons[reason] = reasons.get(reason, 0) + 1
    return ", ".join(f"{count} x {reason}" for reason, count in sorted(reasons.items()))


class Round:
    def __init__(self, command: list[str], database, peer: bool):
        self.command, self.database, self.peer = command, database, peer
        self.folder = tempfile.TemporaryDirectory(prefix="tidemark-many-")
        self.path = pathlib.Path(self.folder.name)
        self.count = len(migrations(database.engine, peer))
        lay_out(self.path, database.engine, database.url, peer)
        database.query("create table pace (seconds integer)")
        database.query("insert into pace values (0)")

    def finish(self, runs: list[subprocess.Popen], name: str) -> bool:
        outputs = [run.communicate(timeout=300)[0] for run in runs]
        failed = [out for out, run in zip(outputs, runs) if run.returncode not in (0, -9)]
        try:
            wrong = once_each(self.database, self.count)
        except (subprocess.CalledProcessError, sqlite3.OperationalError) as error:
            wrong = [str(error)]
        told = [f"{len(failed)} of {len(runs)} failed ({summary(failed)})"] if failed else []
        print(f"{self.database.engine}, {name}: {'; '.join(told + wrong) or 'ok'}", flush=True)
        if failed and not self.peer:
            print(failed[0])
        self.folder.cleanup()
        return not failed and not wrong

    def all_at_once(self) -> bool:
        return self.finish([start(self.command, self.path) for _ in range(MANY)], "32 at once")

    def some_killed(self, seed: int) -> bool:
        chance = random.Random(seed)
        runs = [start(self.command, self.path) for _ in range(MANY)]
        for run in chance.sample(runs, KILLED):
            time.sleep(chance.random() * 0.1)
            run.kill()
        return self.finish(runs, f"{KILLED} of 32 killed at random, seed {seed}")

    def holder_killed(self) -> bool:
        self.database.query("update pace set seconds = 60")
        holder = start(self.command, self.path)
        deadline = time.monotonic() + 30
        while not self.database.at_work():
            if time.monotonic() > deadline or holder.poll() is not None:
                sys.exit(f"the first run does not get to its slow statement: {holder.communicate()[0]}")
            time.sleep(0.05)
        others = [start(self.command, self.path) for _ in range(MANY - 1)]
        time.sleep(1)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        killed = time.monotonic()
        if self.database.engine == "postgresql":  # else the next one may hold it already
            self.database.query("update pace set seconds = 0")
        passed = self.finish(others, "one killed at work, 31 waiting")
        took = time.monotonic() - killed
        print(f"  after {took:.1f} s", flush=True)
        return passed and (took < 45 or self.peer)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tidemark", required=True)
    parser.add_argument("--postgres", help="the file that names the server's URL")
    parser.add_argument("--peer")
    options = parser.parse_args()
    command = [os.path.abspath(options.tidemark)]
    if options.peer:
        command = ["node", os.path.abspath(options.peer)]
    peer, server = bool(options.peer), postgres_url(options.postgres)
    passed = True
    for database in (lambda: Postgres(server), Sqlite, Libsql):
        with database() as one:
            passed &= Round(command, one, peer).all_at_once()
        for seed in (1, 2):
            with database() as one:
                passed &= Round(command, one, peer).some_killed(seed)
        if database is not Libsql:  # whose server ends what nobody asks for any more
            with database() as one:
                passed &= Round(command, one, peer).holder_killed()
    sys.exit(0 if passed or peer else 1)


if __name__ == "__main__":
    main()
