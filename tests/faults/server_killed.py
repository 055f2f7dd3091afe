#!/usr/bin/env python3
"""The whole server is killed, not one session: in the middle of a push, a migrate and a rollback.

Usage: server_killed.py --tidemark PROGRAM

Each says that nothing stays, and what to do; once the server is up again nothing is there of it,
and the next run does all of it.
"""

import argparse
import contextlib
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

SERVER = pathlib.Path(__file__).resolve().parent.parent / "servers" / "postgres_server"
CONFIG = """export default { dialect: 'postgresql', schema: './schema.ts',
  dbCredentials: { url: process.env.DATABASE_URL } };"""
SCHEMA = """import { integer, pgTable, text } from 'drizzle-orm/pg-core';
export const first = pgTable('first', { id: integer('id').primaryKey() });
export const users = pgTable('users', { id: integer('id').primaryKey(), name: text('name') });
"""
# Whatever makes or drops the table `users` is asleep for a long time, where a test wants it.
SLEEP = """
create function sleep() returns event_trigger language plpgsql as $$ begin
  if current_setting('tests.asleep', true) = 'yes' and current_query() ~* 'table "users"' then
    perform pg_sleep(300);
  end if; end $$;
create event trigger sleep on ddl_command_start execute function sleep();
"""


@contextlib.contextmanager
def server(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    file = folder / "url"
    subprocess.run([SERVER, "start", file], check=True)
    try:
        yield file
    finally:
        subprocess.run([SERVER, "stop", file], check=True)


class Project:
    def __init__(self, tidemark: str, folder: pathlib.Path, file: pathlib.Path):
        self.tidemark, self.folder, self.file = tidemark, folder, file
        self.url = file.read_text().strip()
        (folder / "drizzle.config.ts").write_text(CONFIG)
        (folder / "schema.ts").write_text(SCHEMA)

    def environment(self, asleep: bool = False) -> dict[str, str]:
        # The tests' servers commit before they write, which a crash forgets.
        options = "-c synchronous_commit=on" + (" -c tests.asleep=yes" if asleep else "")
        return {**os.environ, "DATABASE_URL": self.url, "PGOPTIONS": options}

    def query(self, sql: str) -> str:
        command = ["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", self.url, "-c", sql]
        return subprocess.run(command, env=self.environment(), check=True, capture_output=True,
                              text=True).stdout.strip()

    def start(self, *words: str, asleep: bool = False) -> subprocess.Popen:
        return subprocess.Popen([self.tidemark, *words], cwd=self.folder,
                                env=self.environment(asleep), stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True)

    def run(self, *words: str) -> str:
        process = self.start(*words)
        said = process.communicate()[0]
        expect(process.returncode == 0, f"{words[0]} exits with {process.returncode}", said)
        return said

    def tables(self) -> str:
        return self.query("select string_agg(relname, ' ' order by relname) from pg_class "
                          "where relkind = 'r' and relnamespace = 'public'::regnamespace")

    def asleep(self) -> bool:
        return self.query("select 1 from pg_stat_activity where wait_event = 'PgSleep'") == "1"

    def killed(self, *words: str) -> None:
        """The server dies while the command sleeps in it."""
        process = self.start(*words, asleep=True)
        while not self.asleep():
            if process.poll() is not None:
                sys.exit(f"{words[0]} ended before it was killed\n{process.communicate()[0]}")
            time.sleep(0.1)
        subprocess.run([SERVER, "crash", self.file], check=True)
        said = process.communicate(timeout=60)[0]
        expect(process.returncode == 1, f"{words[0]} exits with {process.returncode}", said)
        expect("rolled back" in said and "check the server" in said, f"{words[0]} says", said)


def expect(holds: bool, what: str, said: str = "") -> None:
    if not holds:
        sys.exit(f"{what}\n{said}")


def expect_tables(project: Project, tables: str, when: str) -> None:
    expect(project.tables() == tables, f"{when}: {project.tables()}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tidemark", required=True)
    tidemark = os.path.abspath(parser.parse_args().tidemark)
    with tempfile.TemporaryDirectory() as name, server(pathlib.Path(name) / "server") as file:
        project = Project(tidemark, pathlib.Path(name), file)
        project.query(SLEEP)
        project.killed("push")
        expect_tables(project, "", "after a killed push")
        project.run("push")
        expect("No changes detected" in project.run("push"), "the second push finds something")
        project.query("drop table first, users")

        project.run("generate", "--name", "first")
        project.killed("migrate")
        expect_tables(project, "", "after a killed migrate")
        project.run("migrate")
        expect_tables(project, "first users", "after the next migrate")
        project.killed("rollback", "--allow", "loses_data")
        expect_tables(project, "first users", "after a killed rollback")
        project.run("rollback", "--allow", "loses_data")
        expect_tables(project, "", "after the next rollback")
    print("a server killed in a push, a migrate and a rollback: nothing of them stays")


if __name__ == "__main__":
    main()
