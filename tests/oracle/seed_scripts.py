#!/usr/bin/env python3
"""Seed scripts under Node, with the real drizzle-orm and drivers, and under `tidemark run`.

    seed_scripts.py --tidemark PROGRAM [--modules FOLDER] [--keep] [part of a script's name …]

Each script of seeds/ runs on two equal databases, and must leave the same rows, print the
same and end with the same code. Scripts pg_*, postgres_*, neon_* and vercel_* need the server
that TIDEMARK_TEST_PG names; the others get a SQLite file as $DATABASE_FILE. Neon's own driver
only speaks to its proxy, for which neon_stand_in.mjs stands in.
"""

import argparse
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse
import uuid

HERE = pathlib.Path(__file__).resolve().parent
SEEDS = HERE / "seeds"
STAND_IN = HERE / "neon_stand_in.mjs"
SUFFIXES = (".ts", ".mjs", ".cjs")
TIME_LIMIT = 60


class Postgres:
    """A database of its own for one run."""

    def __init__(self, server: str):
        self.server = server
        self.name = f"seed_{uuid.uuid4().hex[:12]}"
        parts = urllib.parse.urlsplit(server)
        host = urllib.parse.parse_qs(parts.query).get("host", [parts.hostname])[0]
        # A URL without a host, which all drivers complete from the same variables.
        port, user = str(parts.port or 5432), parts.username or "postgres"
        whole = f"postgresql://{user}:any@localhost:{port}/{self.name}?host={host}"
        self.environment = {
            "DATABASE_URL": f"postgresql:///{self.name}",
            "NEON_URL": whole,
            "POSTGRES_URL": whole,
            "PGHOST": host,
            "PGPORT": port,
            "PGUSER": user,
        }

    def __enter__(self) -> "Postgres":
        self.psql(self.server, "-c", f"CREATE DATABASE {self.name}")
        self.psql(self.url(), "-f", str(SEEDS / "tables_postgres.sql"))
        return self

    def __exit__(self, *_) -> None:
        self.psql(self.server, "-c", f"DROP DATABASE {self.name} WITH (FORCE)")

    def url(self) -> str:
        return urllib.parse.urlunsplit(
            urllib.parse.urlsplit(self.server)._replace(path=f"/{self.name}")
        )

    def psql(self, url: str, *arguments: str) -> str:
        command = ["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", "-d", url, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def rows(self) -> str:
        query = "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
        query += "WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
        tables = self.psql(self.url(), "-c", query).split()
        return "".join(
            f"{table}\n" + self.psql(self.url(), "-c", f"SELECT * FROM {table} ORDER BY 1, 2")
            for table in tables
        )


class Sqlite:
    """A file of its own for one run."""

    def __init__(self, folder: pathlib.Path):
        self.file = folder / f"{uuid.uuid4().hex}.db"
        self.environment = {"DATABASE_FILE": str(self.file)}

    def __enter__(self) -> "Sqlite":
        with sqlite3.connect(self.file) as database:
            database.executescript((SEEDS / "tables_sqlite.sql").read_text())
        return self

    def __exit__(self, *_) -> None:
        pass

    def rows(self) -> str:
        database = sqlite3.connect(self.file)
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
        out = ""
        for (name,) in names.fetchall():
            columns = database.execute(f'SELECT * FROM "{name}"').description
            fields = ", ".join(f'"{c[0]}", typeof("{c[0]}")' for c in columns)
            rows = database.execute(f'SELECT {fields} FROM "{name}" ORDER BY 1').fetchall()
            out += f"{name}\n" + "".join(f"{row}\n" for row in rows)
        return out


def run(command: list[str], folder: pathlib.Path, database) -> dict[str, str]:
    environment = {
        **os.environ, **database.environment, "TZ": "America/New_York", "WORK_FOLDER": str(folder),
        "NO_COLOR": "1",
    }
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True,
            timeout=TIME_LIMIT, stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return {"code": "it does not end", "printed": "", "rows": "", "errors": ""}
    return {
        "code": str(done.returncode),
        "printed": done.stdout,
        "rows": database.rows(),
        "errors": done.stderr,
    }


def differences(node: dict[str, str], ours: dict[str, str]) -> list[str]:
    out = []
    for what in ("code", "printed", "rows"):
        if node[what] == ours[what]:
            continue
        out.append(f"{what} differ" if what == "rows" else f"{what} differs")
        for name, text in (("node", node[what]), ("ours", ours[what])):
            out += [f"  {name}: {line}" for line in text.splitlines()]
    for name, run in (("node", node), ("ours", ours)):
        if out and run["errors"]:
            out += [f"  {name} said: {line}" for line in run["errors"].splitlines()]
    return out


def compare(script: pathlib.Path, project: pathlib.Path, tidemark: str, server: str) -> list[str]:
    # Node loads TypeScript through tsx, as the projects' own `db:seed` does.
    behind_proxy = re.match(r"neon_|vercel_", script.name)
    stand_in = ["--import", STAND_IN.as_uri()] if behind_proxy else []
    node = ["node", *stand_in, "--import", "tsx", script.name]
    ours = [tidemark, "run", script.name]
    results = []
    for command in (node, ours):
        needs_server = behind_proxy or re.match(r"pg_|postgres_", script.name)
        with Postgres(server) if needs_server else Sqlite(project) as database:
            results.append(run(command, project, database))
    return differences(*results)


def build_driver(modules: pathlib.Path) -> None:
    """better-sqlite3 comes as source, and is built with the headers that came with Node."""
    if list(modules.glob("better-sqlite3/build/Release/*.node")):
        return
    node = pathlib.Path(shutil.which("node") or sys.exit("there is no Node")).resolve()
    environment = {
        **os.environ, "npm_config_build_from_source": "true",
        "npm_config_nodedir": str(node.parent.parent),
    }
    print("building better-sqlite3 …", flush=True)
    subprocess.run(
        ["npm", "rebuild", "better-sqlite3", "--ignore-scripts=false"],
        cwd=modules.resolve().parent, env=environment, check=True, capture_output=True,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tidemark", required=True, type=pathlib.Path)
    parser.add_argument("--modules", type=pathlib.Path, default=HERE / "node_modules")
    parser.add_argument("--keep", action="store_true", help="leave the folder where they ran")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()

    build_driver(arguments.modules)
    project = pathlib.Path(tempfile.mkdtemp(prefix="seed-scripts-"))
    shutil.copytree(SEEDS, project, dirs_exist_ok=True)
    (project / "package.json").write_text('{"name": "seeds", "type": "module"}\n')
    (project / "node_modules").symlink_to(arguments.modules.resolve())
    scripts = sorted(
        path for path in project.iterdir()
        if path.suffix in SUFFIXES and not path.name.startswith("schema_")
    )
    failed = 0
    for script in scripts:
        if arguments.names and not any(name in script.name for name in arguments.names):
            continue
        found = compare(
            script, project, str(arguments.tidemark.resolve()), os.environ["TIDEMARK_TEST_PG"]
        )
        failed += bool(found)
        print(f"{'differs' if found else 'equal  '}  {script.name}", flush=True)
        for line in found:
            print(f"    {line}")
    if arguments.keep:
        print(project)
    else:
        shutil.rmtree(project)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
