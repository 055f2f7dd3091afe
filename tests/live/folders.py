#!/usr/bin/env python3
"""Folders of several migrations, up and down, on a real database.

    each step      with random rows: up, down, up, down; what was there is there again
    the whole      without rows: all the way up, all the way down, to nothing

Usage: folders.py --tidemark PROGRAM [--at-least STEPS] FOLDER…
(within tests/servers/with_postgres). A FOLDER holds the schema after each step, 1.ts, 2.ts …, with
the flags of `generate` in 1.flags where it needs any, and with custom migrations 1.sql that run
after it; or it is a folder of migrations itself. Rows are compared but where the migration said
before it ran that it does not keep them.
"""

import argparse
import contextlib
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import uuid

SERVER = os.environ.get("TIDEMARK_TEST_PG", "")
ALLOWED = [word for hazard in ("loses_data", "irreversible", "not_transactional")
           for word in ("--allow", hazard)]
OURS = ("'drizzle', 'pg_catalog', 'information_schema', 'pg_toast'")
# Names and meanings, whatever the order of columns, which no way back restores.
POSTGRES_CATALOG = f"""
select 'column', table_schema, table_name, column_name, udt_schema || '.' || udt_name ||
       coalesce('(' || character_maximum_length || ')', '') || coalesce('[' || numeric_precision ||
       ',' || numeric_scale || ']', ''), is_nullable || ' ' || coalesce(column_default, '') || ' ' ||
       is_identity || coalesce(generation_expression, '')
from information_schema.columns where table_schema not in ({OURS})
union all select 'constraint', n.nspname, conrelid::regclass::text, conname,
       pg_get_constraintdef(c.oid), '' from pg_constraint c join pg_namespace n on n.oid = connamespace
where n.nspname not in ({OURS}) and conrelid <> 0
union all select 'index', schemaname, tablename, indexname, indexdef, '' from pg_indexes
where schemaname not in ({OURS})
union all select 'view', schemaname, viewname, '', definition, '' from pg_views
where schemaname not in ({OURS})
union all select 'enum', n.nspname, typname, enumlabel, '', '' from pg_enum
join pg_type t on t.oid = enumtypid join pg_namespace n on n.oid = typnamespace
where n.nspname not in ({OURS})
union all select 'sequence', schemaname, sequencename, increment_by::text, data_type::text, ''
from pg_sequences where schemaname not in ({OURS})
union all select 'policy', schemaname, tablename, policyname, cmd, coalesce(qual, '') || ' ' ||
       coalesce(with_check, '') from pg_policies where schemaname not in ({OURS})
union all select 'trigger', '', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), ''
from pg_trigger where not tgisinternal
order by 1, 2, 3, 4, 5, 6"""
POSTGRES_TABLES = f"""select format('%I.%I', schemaname, tablename) from pg_tables
where schemaname not in ({OURS}) order by 1"""
POSTGRES_COLUMNS = f"""
select format('%I.%I', n.nspname, c.relname), format('%I', attname),
       format_type(atttypid, atttypmod), attnotnull, atthasdef or attidentity <> '',
       (select enumlabel from pg_enum where enumtypid in (atttypid, t.typelem) limit 1)
from pg_attribute join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
join pg_type t on t.oid = atttypid
where relkind = 'r' and n.nspname not in ({OURS}) and attnum > 0 and not attisdropped
  and attgenerated = '' and attidentity <> 'a' order by 1, attnum"""


def value_of(kind: str, label: str, row: int, chance: random.Random) -> str:
    """Rows of different tables refer to each other by sharing their numbers."""
    kind = kind.lower()
    if label:
        return f"'{{{label}}}'" if kind.endswith("[]") else "'" + label.replace("'", "''") + "'"
    if kind.endswith("[]"):
        return "'{}'"
    for part, text in (
            ("bool", "true" if row % 2 else "false"), ("interval", f"'{row} days'"),
            ("timestamp", f"'2024-02-0{row} 10:00:00.12{row}'"), ("date", f"'2024-02-0{row}'"),
            ("time", f"'10:0{row}:00'"), ("uuid", f"'00000000-0000-0000-0000-00000000000{row}'"),
            ("json", f"'{{\"a\": {row}}}'"), ("numeric", f"{row}.125"), ("real", f"{row}.125"),
            ("double", f"{row}.125"), ("int", str(row)), ("bytea", f"'\\x0{row}'"),
            ("blob", f"x'0{row}'"), ("inet", f"'10.0.0.{row}'"), ("(1)", f"'{row}'")):
        if part in kind:
            return text
    return "'" + str(row) + chance.choice(["", "", "ß", "''", " "] if "(" not in kind else [""]) + "'"


def inserts(columns: list, chance: random.Random, fine: str) -> list[str]:
    tables: dict[str, list] = {}
    for table, *column in columns:
        tables.setdefault(table, []).append(column)
    out = []
    for table, its in tables.items():
        for row in range(1, 5):
            names, values = [], []
            for name, kind, not_null, has_default, label in its:
                if has_default and chance.random() < 0.3:
                    continue
                null = not not_null and chance.random() < 0.25
                names.append(name)
                values.append("NULL" if null else value_of(kind, label, row, chance))
            if names:
                out.append(f"INSERT INTO {table} ({', '.join(names)}) "
                           f"VALUES ({', '.join(values)}){fine};")
    return out


class Postgres:
    def __init__(self, template: str | None = None):
        self.name = f"folder_{uuid.uuid4().hex[:12]}"
        self.url = SERVER.replace("/postgres?", f"/{self.name}?")
        self.template = template

    def __enter__(self) -> "Postgres":
        template = f" template {self.template}" if self.template else ""
        self.psql([f"create database {self.name}{template}"], SERVER)
        if not self.template:
            for extension in ("citext", "vector", "pg_trgm", "pgcrypto", "uuid-ossp"):
                self.psql([f'create extension "{extension}"'], self.url, check=False)
        return self

    def __exit__(self, *_: object) -> None:
        self.psql([f"drop database {self.name} with (force)"], SERVER)

    def copy(self) -> "Postgres":
        return Postgres(self.name)

    @staticmethod
    def psql(commands: list[str], url: str, check: bool = True) -> str:
        done = subprocess.run(["psql", "-qXAt", "-F", "\x1f", "-v", f"ON_ERROR_STOP={int(check)}", url],
                              input=";\n".join(commands) + ";\n", capture_output=True, text=True,
                              check=False)
        if check and done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout

    def rows_of(self, sql: str) -> list[list[str]]:
        return [line.split("\x1f") for line in self.psql([sql], self.url).splitlines()]

    def catalog(self) -> list:
        return self.rows_of(POSTGRES_CATALOG)

    def contents(self) -> dict:
        tables = [row[0] for row in self.rows_of(POSTGRES_TABLES)]
        return {table: sorted(self.psql([f"select to_jsonb(t) from {table} as t"],
                                        self.url).splitlines()) for table in tables}

    def fill(self, chance: random.Random) -> None:
        columns = [[table, name, kind, not_null == "t", has_default == "t", label] for
                   table, name, kind, not_null, has_default, label in self.rows_of(POSTGRES_COLUMNS)]
        for _ in range(3):  # as deep as tables refer to each other
            self.psql(inserts(columns, chance, " ON CONFLICT DO NOTHING"), self.url, check=False)


class Sqlite:
    def __init__(self, template: pathlib.Path | None = None):
        self.folder = tempfile.TemporaryDirectory(prefix="tidemark-folder-")
        self.file = pathlib.Path(self.folder.name) / "app.db"
        self.url = f"file:{self.file}"
        if template and template.exists():
            shutil.copy(template, self.file)

    def __enter__(self) -> "Sqlite":
        return self

    def __exit__(self, *_: object) -> None:
        self.folder.cleanup()

    def copy(self) -> "Sqlite":
        return Sqlite(self.file)

    def rows_of(self, sql: str) -> list:
        with contextlib.closing(sqlite3.connect(self.file)) as database:
            database.text_factory = lambda data: data.decode(errors="replace")
            return [list(row) for row in database.execute(sql).fetchall()]

    def tables(self) -> list[str]:
        return [row[0] for row in self.rows_of(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and "
            "name not like 'libsql_tidemark%' and name not like '\\_\\_drizzle%' escape '\\' order by 1")]

    def catalog(self) -> list:
        out = []
        for table in self.tables():
            for what in ("table_xinfo", "foreign_key_list", "index_list"):
                rows = self.rows_of(f"select * from pragma_{what}('{table}')")
                out += sorted([table, what, *map(str, row[1:])] for row in rows)
        return out + self.rows_of("select type, name, replace(replace(sql, char(10), ''), char(9), '') "
                                  "from sqlite_master where type in ('view', 'trigger') order by 2")

    def contents(self) -> dict:
        out = {}
        for table in self.tables():
            names = sorted(row[1] for row in self.rows_of(f"select * from pragma_table_xinfo('{table}')"))
            listed = ", ".join('"' + name.replace('"', '""') + '"' for name in names)
            out[table] = sorted(map(str, self.rows_of(f'select {listed} from "{table}"')))
        return out

    def fill(self, chance: random.Random) -> None:
        columns = []
        for table in self.tables():
            for _, name, kind, not_null, default, key, hidden in self.rows_of(
                    f"select * from pragma_table_xinfo('{table}')"):
                if not hidden:
                    columns.append([f'"{table}"', f'"{name}"', kind, bool(not_null or key),
                                    default is not None, ""])
        with contextlib.closing(sqlite3.connect(self.file)) as database:
            database.execute("PRAGMA foreign_keys = ON")
            for _ in range(3):
                for insert in inserts(columns, chance, " ON CONFLICT DO NOTHING"):
                    with contextlib.suppress(sqlite3.Error):
                        database.execute(insert)
            database.commit()


class Broken(Exception):
    pass


def shown(difference: str, one: object, other: object) -> str:
    ones, others = ([str(line) for line in it] if isinstance(it, list) else
                    [f"{table}: {row}" for table, rows in it.items() for row in rows]
                    for it in (one, other))
    lines = [f"  - {line}" for line in ones if line not in others][:8]
    lines += [f"  + {line}" for line in others if line not in ones][:8]
    return "\n".join([difference, *lines])


class Folder:
    def __init__(self, tidemark: str, source: pathlib.Path):
        self.tidemark, self.source = tidemark, source
        self.work = tempfile.TemporaryDirectory(prefix="tidemark-folder-")
        self.out = pathlib.Path(self.work.name) / "drizzle"
        self.counts = {"steps": 0, "with rows": 0, "rows": 0, "not kept": 0}
        self.dialect = "postgresql"
        if (source / "meta").exists():
            shutil.copytree(source, self.out)
        else:
            self.generate()
        journal = json.loads((self.out / "meta" / "_journal.json").read_text())
        self.tags = [entry["tag"] for entry in journal["entries"]]
        snapshots = sorted((self.out / "meta").glob("*_snapshot.json"))
        if any('"dialect": "sqlite"' in file.read_text() for file in snapshots[:1]):
            self.dialect = "sqlite"

    def type(self, *words: str) -> str:
        done = subprocess.run([self.tidemark, *words], cwd=self.work.name, text=True, timeout=300,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            raise Broken(f"tidemark {' '.join(words)}: exit {done.returncode}\n{done.stdout}")
        return done.stdout

    def on(self, database, *words: str) -> str:
        return self.type(*words, "--dialect", self.dialect, "--out", "drizzle", "--url", database.url)

    def generate(self) -> None:
        for step in range(1, 100):
            schema = self.source / f"{step}.ts"
            if not schema.exists():
                return
            dialect = "sqlite" if "sqlite-core" in schema.read_text() else "postgresql"
            common = ["--dialect", dialect, "--out", "drizzle"]
            flags = schema.with_suffix(".flags")
            answers = flags.read_text().split() if flags.exists() else []
            self.type("generate", *common, "--schema", str(schema), "--name", f"step_{step}", *answers)
            custom = schema.with_suffix(".sql")
            if not custom.exists():
                continue
            self.type("generate", *common, "--schema", str(schema), "--custom", "--name", f"custom_{step}")
            next(self.out.glob(f"*_custom_{step}.sql")).write_text(custom.read_text())

    def up_and_down(self, database, tag: str, with_rows: bool) -> None:
        catalog, contents = database.catalog(), database.contents()
        down = ["rollback", *ALLOWED]
        for _ in range(2):
            said = self.on(database, "migrate", "--to", tag)
            announced = "not kept" in said
            self.on(database, *down)
            if database.catalog() != catalog:
                raise Broken(shown(f"{tag}: another catalog after up and down", catalog,
                                   database.catalog()))
            if announced:
                self.counts["not kept"] += with_rows
            elif database.contents() != contents:
                raise Broken(shown(f"{tag}: other rows after up and down", contents,
                                   database.contents()))
        self.counts["rows"] += sum(map(len, contents.values()))

    def with_rows(self, database, tag: str, seed: int) -> None:
        with database.copy() as copy:
            copy.fill(random.Random(seed))
            before = copy.contents()
            try:
                self.on(copy, "migrate", "--to", tag)
            except Broken:  # the rows stand against it: nothing of it may be left
                if copy.contents() != before or copy.catalog() != database.catalog():
                    raise
                return
        with database.copy() as copy:
            copy.fill(random.Random(seed))
            self.up_and_down(copy, tag, with_rows=True)
            self.counts["with rows"] += 1

    def check(self, seed: int) -> list[str]:
        broken = []
        with (Postgres() if self.dialect == "postgresql" else Sqlite()) as database:
            empty = database.catalog()
            for tag in self.tags:
                for step in (lambda: self.with_rows(database, tag, seed),
                             lambda: self.up_and_down(database, tag, with_rows=False)):
                    try:
                        step()
                    except Broken as error:
                        broken.append(f"{tag}: {error}")
                try:
                    self.on(database, "migrate", "--to", tag)
                except Broken as error:
                    return [*broken, str(error)]
                self.counts["steps"] += 1
            try:
                self.on(database, "rollback", "--all", *ALLOWED)
                if database.catalog() != empty:
                    broken.append(shown("something is left of all", empty, database.catalog()))
            except Broken as error:
                broken.append(str(error))
        return broken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tidemark", required=True)
    parser.add_argument("--at-least", type=int, default=0, help="steps that must be tried with rows")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    failed, tried = False, 0
    for source in options.folders:
        folder = Folder(os.path.abspath(options.tidemark), source.resolve())
        broken = folder.check(options.seed)
        counts = ", ".join(f"{count} {what}" for what, count in folder.counts.items())
        print(f"{source}: {counts}; {len(broken)} broken", flush=True)
        for text in broken:
            print(text)
        failed |= bool(broken)
        tried += folder.counts["with rows"]
        folder.work.cleanup()
    if tried < options.at_least:
        sys.exit(f"only {tried} steps could be tried with rows, not {options.at_least}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
