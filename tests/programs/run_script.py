#!/usr/bin/env python3
"""Runs a script of the whole program: files are laid out, commands typed, answers compared.

    A title, and what the script shows.
    needs: postgres                        (only where it does; or libsql)

    --- drizzle.config.json
    {"dialect": "sqlite", …}               a file; as many as wanted
    --- run
    $ tidemark generate --name first       a command
    0001_first.sql …                       what it must print, on both streams together
    ? 4                                    its exit code, where that is not 0

`…` inside a line stands for any text, a line of `…` alone for any lines; a command without
lines below it may print what it likes. All commands share one shell. With PostgreSQL, a
database is made for the script and named by $DATABASE_URL. `unprivileged COMMAND` runs a
command as somebody who is not root, `with_pooler COMMAND` one whose $DATABASE_URL leads
through PgBouncer. With libsql, $DATABASE_URL is that of a libSQL server of the script's own,
and `libsql SQL…` prints the rows that it gives. That of libsql_guarded asks for tokens, which
`libsql_token CLAIMS` makes, and has databases, which `libsql_admin METHOD PATH` makes. With
turso, $DATABASE_URL is a database `shop` of a stand-in for Turso, which has an API too; what it
is asked is in the file $TURSO_LOG.
$ORACLE_MODULES holds the packages of tests/oracle, $EXAMPLES the example projects.
"""

import argparse
import contextlib
import os
import pathlib
import subprocess
import sys
import tempfile
import uuid

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "examples"), str(TESTS / "servers")]
from postgres_url import postgres_url  # noqa: E402
from sqld import Sqld  # noqa: E402
from turso_platform import Platform  # noqa: E402
from type_readme import Step, run  # noqa: E402

UNPRIVILEGED = """unprivileged() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
  else
    "$@"
  fi
}"""


class Script:
    def __init__(self, text: str):
        head, *sections = ("\n" + text).split("\n--- ")
        self.needs_postgres = "needs: postgres" in head.splitlines()
        self.needs_guarded = "needs: libsql_guarded" in head.splitlines()
        self.needs_turso = "needs: turso" in head.splitlines()
        self.needs_libsql = self.needs_guarded or "needs: libsql" in head.splitlines()
        self.files: dict[str, str] = {}
        self.steps: list[Step] = []
        for section in sections:
            name, _, body = section.partition("\n")
            if name == "run":
                self.steps += steps_in(body)
            else:
                self.files[name] = body + "\n"


def steps_in(body: str) -> list[Step]:
    steps: list[Step] = []
    for line in body.rstrip("\n").splitlines():
        if line.startswith("$ "):
            steps.append(Step(line[2:]))
        elif line.startswith("> "):  # the command goes on
            steps[-1].command += "\n" + line[2:]
        elif line.startswith("? "):
            steps[-1].code = int(line[2:])
        elif steps:
            steps[-1].expected.append(line)
    for step in steps:
        while step.expected and not step.expected[-1]:
            step.expected.pop()
    return steps


def lay_out(files: dict[str, str], folder: pathlib.Path) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o777 if path.is_dir() else 0o666)


def psql(url: str, sql: str) -> None:
    subprocess.run(["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", sql,
                    url], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("script", type=pathlib.Path)
    parser.add_argument("--tidemark", type=pathlib.Path, required=True)
    parser.add_argument("--postgres", help="the file that names the server's URL")
    arguments = parser.parse_args()

    script = Script(arguments.script.read_text())
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("DATABASE_URL", "NO_COLOR")}
    servers = TESTS / "servers"
    environment["ORACLE_MODULES"] = str(TESTS / "oracle" / "node_modules")
    environment["EXAMPLES"] = str(TESTS.parent / "examples")
    environment["PATH"] = f"{arguments.tidemark.resolve().parent}:{servers}:{environment['PATH']}"
    database = f"script_{uuid.uuid4().hex[:12]}"
    if script.needs_postgres:
        url = postgres_url(arguments.postgres)
        psql(url, f"create database {database}")
        environment["DATABASE_URL"] = url.replace("/postgres?", f"/{database}?")
    server: contextlib.AbstractContextManager = contextlib.nullcontext()
    if script.needs_libsql:
        server = Sqld(script.needs_guarded)
    if script.needs_turso:
        server = Platform()
    try:
        with server, tempfile.TemporaryDirectory(prefix="tidemark-script-") as parent:
            os.chmod(parent, 0o755)
            folder = pathlib.Path(parent) / "project"
            folder.mkdir()
            lay_out(script.files, folder)
            environment["TIDEMARK_CACHE"] = str(pathlib.Path(parent) / "cache")
            if script.needs_libsql:
                environment["DATABASE_URL"] = server.url
            if script.needs_guarded:
                environment |= {"LIBSQL_KEY": str(server.key), "LIBSQL_ADMIN": server.admin}
            if script.needs_turso:
                server.create({"name": "shop", "group": "europe"})
                server.log = pathlib.Path(parent) / "requests"
                environment |= server.variables() | {
                    "DATABASE_URL": f"http://{server.hostname('shop')}",
                    "TURSO_LOG": str(server.log), "LIBSQL_KEY": str(server.server.key)}
            failures = run([Step(UNPRIVILEGED), *script.steps], folder, environment)
    finally:
        if script.needs_postgres:
            psql(url, "select pg_terminate_backend(pid) from pg_stat_activity "
                      f"where datname = '{database}'")
            psql(url, f"drop database {database}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
