#!/usr/bin/env python3
"""Migrations on PostgreSQL, killed at random moments.

Usage: postgres_kills.py --tidemark PROGRAM [--postgres FILE] [--kills 8] [--seed N]

After each kill the next run ends with the catalog, the rows, the history and the kept rows of an
undisturbed run. In every second trial the run that goes on is killed too.
"""

import argparse
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "servers"))
from postgres_url import postgres_url  # noqa: E402

FILL = """
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE users (id integer PRIMARY KEY, name text, age integer, feels mood DEFAULT 'sad');
CREATE TABLE posts (id integer PRIMARY KEY, author integer REFERENCES users, title text);
INSERT INTO users SELECT n, md5(n::text), n % 90 FROM generate_series(1, 20000) n;
INSERT INTO posts SELECT n, n, md5((-n)::text) FROM generate_series(1, 20000) n;
"""
# Each a migration of these statements: what transactions can hold, what cannot run in one, and
# both in one file; what makes, alters, moves, keeps and drops.
MIGRATIONS = [
    ["CREATE TABLE tags (id integer PRIMARY KEY, word varchar(40) NOT NULL)",
     "INSERT INTO tags SELECT n, 'tag ' || n FROM generate_series(1, 500) n",
     "ALTER TABLE posts ADD COLUMN tag integer REFERENCES tags"],
    ["UPDATE posts SET tag = 1 + id % 500",
     "ALTER TABLE posts ALTER COLUMN tag SET NOT NULL"],
    ["ALTER TABLE users ADD COLUMN visits integer DEFAULT 0 NOT NULL",
     "UPDATE users SET visits = visits + 1",
     "CREATE INDEX CONCURRENTLY users_name ON users (name)",
     "UPDATE users SET visits = visits + 1",
     "CREATE UNIQUE INDEX CONCURRENTLY posts_title ON posts (title, id)"],
    ["ALTER TYPE mood ADD VALUE 'calm'",
     "UPDATE users SET feels = 'calm' WHERE id % 2 = 0"],
    ["ALTER TABLE users ALTER COLUMN id SET DATA TYPE bigint",
     "ALTER TABLE users RENAME COLUMN name TO full_name",
     "CREATE VIEW writers AS SELECT u.full_name, p.title FROM users u "
     "JOIN posts p ON p.author = u.id"],
    ["ALTER TABLE users DROP COLUMN age",
     "DROP INDEX CONCURRENTLY users_name",
     "VACUUM users"],
    ["DROP VIEW writers", "DROP TABLE posts", "DELETE FROM tags WHERE id > 100"],
]
# The rows of our own tables carry times: only their number is compared, but for what is kept.
ROWS = """
SELECT n.nspname, c.relname, query_to_xml(format('SELECT count(*)' || CASE
    WHEN n.nspname = 'public' OR c.relname ~ '^__tidemark_kept_'
    THEN ', md5(string_agg(t::text, chr(10) ORDER BY t::text))' ELSE '' END ||
    ' FROM %I.%I t', n.nspname, c.relname), false, true, '')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
  AND c.relname <> '__tidemark_log' ORDER BY 1, 2
"""
HISTORY = "SELECT hash, created_at FROM drizzle.__drizzle_migrations ORDER BY id"
INVALID = "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid"


def lay_out(folder: pathlib.Path) -> None:
    (folder / "meta").mkdir()
    entries = []
    for number, statements in enumerate(MIGRATIONS):
        tag = f"{number:04}_step"
        (folder / f"{tag}.sql").write_text("\n--> statement-breakpoint\n".join(statements))
        entries.append({"idx": number, "version": "7", "when": 1700000000000 + number,
                        "tag": tag, "breakpoints": True})
    (folder / "meta" / "_journal.json").write_text(
        json.dumps({"version": "7", "dialect": "postgresql", "entries": entries}))


def without_gaps(text: str) -> str:
    """The kept tables numbered anew: a sequence does not take back what a killed run drew."""
    name = re.compile(r"(?<=__tidemark_kept_)\d+")
    numbers = sorted({int(number) for number in name.findall(text)})
    return name.sub(lambda found: str(numbers.index(int(found[0])) + 1), text)


class Server:
    def __init__(self, url: str):
        self.url = url

    def database(self, name: str) -> str:
        return self.url.replace("/postgres?", f"/{name}?")

    def query(self, sql: str, name: str = "postgres") -> str:
        return subprocess.run(["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", "-c", sql,
                               self.database(name)], check=True, stdout=subprocess.PIPE,
                              text=True).stdout


class Trial:
    """A copy of the filled database that is migrated."""

    def __init__(self, tidemark: str, folder: pathlib.Path, server: Server, filled: str):
        self.tidemark, self.folder, self.server = tidemark, folder, server
        self.name = f"kills_{uuid.uuid4().hex[:12]}"
        server.query(f"CREATE DATABASE {self.name} TEMPLATE {filled}")

    def __enter__(self) -> "Trial":
        return self

    def __exit__(self, *_: object) -> None:
        self.server.query(f"DROP DATABASE {self.name} WITH (FORCE)")

    def start(self) -> subprocess.Popen:
        return subprocess.Popen(
            [self.tidemark, "migrate", "--dialect", "postgresql", "--out", ".", "--wait", "60",
             "--url", self.server.database(self.name)], cwd=self.folder,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def finish(self) -> None:
        run = self.start()
        said, _ = run.communicate()
        if run.returncode != 0:
            sys.exit(f"the next run ends with {run.returncode}:\n{said}")

    def killed(self, after: float) -> bool:
        """Whether the kill came before the end."""
        run = self.start()
        try:
            run.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            run.kill()
            run.communicate()
        return run.returncode != 0

    def look(self) -> list[str]:
        dump = subprocess.run(["pg_dump", "--schema-only", self.server.database(self.name)],
                              check=True, stdout=subprocess.PIPE, text=True).stdout
        # Newer versions write a random word into each dump.
        catalog = "\n".join(line for line in dump.splitlines() if "restrict " not in line)
        rows = [self.server.query(sql, self.name) for sql in (ROWS, HISTORY, INVALID)]
        return [without_gaps(text) for text in (catalog, *rows)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tidemark", required=True)
    parser.add_argument("--postgres", help="the file that names the server's URL")
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    arguments = parser.parse_args()
    server, chance = Server(postgres_url(arguments.postgres)), random.Random(arguments.seed)
    tidemark, filled = os.path.abspath(arguments.tidemark), f"filled_{uuid.uuid4().hex[:12]}"
    print(f"seed {arguments.seed}", flush=True)
    server.query(f"CREATE DATABASE {filled}")
    with tempfile.TemporaryDirectory(prefix="tidemark-kills-") as parent:
        folder = pathlib.Path(parent)
        lay_out(folder)
        try:
            server.query(FILL, filled)
            with Trial(tidemark, folder, server, filled) as trial:
                start = time.monotonic()
                trial.finish()
                took, wanted = time.monotonic() - start, trial.look()
            died = trials = 0
            while died < arguments.kills:
                trials += 1
                if trials > 10 * arguments.kills:
                    sys.exit("the kills come too late")
                moments = [chance.uniform(0, took) for _ in range(1 + trials % 2)]
                with Trial(tidemark, folder, server, filled) as trial:
                    died += sum([trial.killed(after) for after in moments])
                    trial.finish()
                    seen = trial.look()
                if seen != wanted:
                    sys.exit("\n".join([f"killed after {moments}, this is there:", *seen,
                                        "instead of:", *wanted]))
        finally:
            server.query(f"DROP DATABASE {filled}")
    print(f"{died} kills in {trials} trials, a run takes {took:.2f} s; each "
          "ended as an undisturbed run does")


if __name__ == "__main__":
    main()
