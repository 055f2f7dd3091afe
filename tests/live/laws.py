#!/usr/bin/env python3
"""What must hold for every schema, on a real database:

    push; push            the second finds nothing
    pull; push            what was pulled is what is there
    plan; drift           with the database as a source, both ways, find nothing

Usage: laws.py --tidemark PROGRAM --dialect DIALECT --at-least COUNT [--share I/N] FOLDER…
(for postgresql within tests/servers/with_postgres; libsql is turso over HTTP; pglite is
PostgreSQL with pgvector and PostGIS). A schema is {before,after}.ts of FOLDER or FOLDER/*,
or FOLDER/*/shared/schema.ts. One that needs what the server does not have, an extension or
NULLS NOT DISTINCT, is left out, and counted.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "servers"))
from pglite import PgLite  # noqa: E402
from sqld import Sqld  # noqa: E402

SERVER = os.environ.get("TIDEMARK_TEST_PG", "")
NOTHING = "No changes detected"

# What Supabase's projects find in their database.
SURROUNDINGS = """
create schema auth;
create table auth.users (id uuid primary key);
create function auth.uid() returns uuid language sql as $$ select null::uuid $$;
"""
ROLES = "anon authenticated service_role".split()
EXTENSIONS = "citext vector postgis".split()
# Built in since PostgreSQL 13; before, pgcrypto has it.
UUIDS = """
do $do$ begin
  if current_setting('server_version_num')::int < 130000 then
    create function gen_random_uuid() returns uuid language sql as
      $$ select md5(random()::text)::uuid $$;
  end if;
end $do$;
"""
# All tables and schemas but those of extensions. Types stay: no two schemas share a name.
EMPTY = """
do $do$ declare name text; begin
  for name in select oid::regclass from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e') loop
    execute 'drop table ' || name || ' cascade';
  end loop;
  for name in select nspname from pg_namespace where nspname !~ '^(pg_|information_schema$|public$)' loop
    execute 'drop schema ' || quote_ident(name) || ' cascade';
  end loop;
end $do$;
"""
NOT_HERE = re.compile(r'type "vector\b.* does not exist|type vector\(.* does not exist'
                      r'|syntax error at or near "NULLS"', re.DOTALL)


def psql(url: str, sql: str, check: bool = True) -> None:
    subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", url, "-c", sql], check=check,
                   stdout=subprocess.DEVNULL, stderr=None if check else subprocess.DEVNULL)


class Broken(Exception):
    pass


class Postgres:
    """A database of a schema's own."""

    def __init__(self, schema: str):
        self.schema = schema
        self.name = f"law_{uuid.uuid4().hex[:12]}"
        self.url = SERVER.replace("/postgres?", f"/{self.name}?")

    def __enter__(self) -> "Postgres":
        psql(SERVER, f"create database {self.name}")
        if not self.has_own_auth():
            psql(self.url, SURROUNDINGS)
        psql(self.url, UUIDS)
        for extension in EXTENSIONS:
            psql(self.url, f"create extension {extension}", check=False)
        return self

    def __exit__(self, *_: object) -> None:
        psql(SERVER, f"drop database {self.name}")

    def has_own_auth(self) -> bool:
        return "pgSchema('auth')" in self.schema

    def filters(self) -> dict:
        # Roles are the whole server's: each schema looks at its own alone.
        roles = [role for role in ("oracle_reader", "oracle_writer", "manager", "admin")
                 if role in self.schema]
        return {"schemaFilter": ["*"] if self.has_own_auth() else ["*", "!auth"],
                "entities": {"roles": {"provider": "supabase", "include": roles}}}


class Sqlite:
    """A file of a schema's own."""

    def __init__(self, _: str):
        self.folder = tempfile.TemporaryDirectory(prefix="tidemark-law-")
        self.url = f"file:{self.folder.name}/law.db"

    def __enter__(self) -> "Sqlite":
        return self

    def __exit__(self, *_: object) -> None:
        self.folder.cleanup()

    def filters(self) -> dict:
        return {}


class LibSql:
    """A server of a schema's own."""

    def __init__(self, _: str):
        self.server = Sqld()
        self.url = self.server.url

    def __enter__(self) -> "LibSql":
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__()

    def filters(self) -> dict:
        return {}


class Extensions:
    """The one database of a server that takes long to start; schemas take turns in it."""

    server = PgLite()
    turns = threading.Lock()
    url = server.url

    def __init__(self, _: str):
        pass

    def __enter__(self) -> "Extensions":
        self.turns.acquire()
        try:
            if not self.server.runs():
                self.server.start()
        except BaseException:
            self.turns.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            psql(self.url, EMPTY)
        finally:
            self.turns.release()

    def filters(self) -> dict:
        return {}


DATABASES = {"postgresql": Postgres, "pglite": Extensions, "sqlite": Sqlite, "turso": Sqlite,
             "libsql": LibSql}
PLAIN = {"pglite": "postgresql", "libsql": "turso"}  # as the configuration calls it


class Law:
    """One schema and a database of its own."""

    def __init__(self, schema: pathlib.Path, tidemark: str, dialect: str):
        self.schema, self.tidemark = schema, tidemark
        self.dialect = PLAIN.get(dialect, dialect)
        self.database = DATABASES[dialect](schema.read_text())

    def options(self) -> dict:
        file = self.schema.parent / "options.json"
        return json.loads(file.read_text()) if file.exists() else {}

    def configure(self, folder: pathlib.Path, schema: str, casing: str | None) -> None:
        config = {"dialect": self.dialect, "schema": schema, "out": "./drizzle",
                  "dbCredentials": {"url": self.database.url}, **self.database.filters()}
        if casing:
            config["casing"] = casing
        (folder / "drizzle.config.json").write_text(json.dumps(config))

    def type(self, folder: pathlib.Path, *words: str) -> str:
        done = subprocess.run([self.tidemark, *words], cwd=folder, text=True, timeout=120,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            raise Broken(f"tidemark {' '.join(words)}: exit {done.returncode}\n{done.stdout}")
        return done.stdout

    def expect(self, folder: pathlib.Path, wanted: str, *words: str) -> None:
        said = self.type(folder, *words)
        if said.strip() != wanted:
            raise Broken(f"tidemark {' '.join(words)} says\n{said}")

    def hold(self, folder: pathlib.Path) -> None:
        nothing = f"[i] {NOTHING}"
        self.configure(folder, str(self.schema), self.options().get("casing"))
        self.type(folder, "push", "--force")
        self.expect(folder, nothing, "push")
        self.expect(folder, "No differences.", "plan", "db", "schema")
        self.expect(folder, "No differences.", "plan", "schema", "db")
        self.type(folder, "pull")
        self.configure(folder, "./drizzle/schema.ts", None)
        self.expect(folder, nothing, "push")

    def check(self) -> str:
        """Empty when the laws hold, `left out` when they cannot be tried."""
        try:
            with self.database, tempfile.TemporaryDirectory(prefix="tidemark-law-") as folder:
                self.hold(pathlib.Path(folder))
            return ""
        except Broken as broken:
            return "left out" if NOT_HERE.search(str(broken)) else str(broken)


def schemas(folders: list[pathlib.Path]) -> list[pathlib.Path]:
    found = []
    for folder in folders:
        for pattern in ("before.ts", "after.ts", "*/before.ts", "*/after.ts", "*/shared/schema.ts"):
            found += sorted(folder.glob(pattern))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tidemark", required=True)
    parser.add_argument("--dialect", required=True, choices=list(DATABASES))
    parser.add_argument("--at-least", required=True, type=int, help="so many have to hold")
    parser.add_argument("--share", default="1/1", help="the Ith of N parts of the schemas")
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    part, parts = map(int, arguments.share.split("/"))
    for role in ROLES if arguments.dialect == "postgresql" else []:
        psql(SERVER, f"create role {role}", check=False)
    laws = [Law(schema.resolve(), os.path.abspath(arguments.tidemark), arguments.dialect)
            for schema in schemas(arguments.folders)[part - 1::parts]]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(Law.check, laws))
    held = outcomes.count("")
    left_out = outcomes.count("left out")
    for law, outcome in zip(laws, outcomes):
        if outcome and outcome != "left out":
            print(f"--- {law.schema}\n{outcome}")
    print(f"{held} schemas hold the laws, {left_out} left out, {len(laws) - held - left_out} do not")
    sys.exit(0 if held + left_out == len(laws) and held >= arguments.at_least else 1)


if __name__ == "__main__":
    main()
