#!/usr/bin/env python3
"""`generate`, `squash` and `rebase` are killed at many moments: the folder works, and the next run ends.

Usage: killed_folder_work.py --tidemark PROGRAM

After each kill `check` says what it said before, or what it says after an undisturbed run; the
migrations that are there run; and the command, typed again, gives what an undisturbed run gives.
"""

import argparse
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

MOMENTS = 60
TABLE = "export const {0} = sqliteTable('{0}', {{ id: integer('id').primaryKey(){1} }});\n"
IMPORT = "import { integer, sqliteTable } from 'drizzle-orm/sqlite-core';\n"


class Project:
    def __init__(self, tidemark: str, folder: pathlib.Path):
        self.tidemark, self.folder = tidemark, folder
        (folder / "drizzle.config.json").write_text(
            '{"dialect": "sqlite", "schema": "./schema.ts", "dbCredentials": {"url": "app.db"}}')

    def schema(self, **tables: str) -> None:
        text = IMPORT + "".join(TABLE.format(name, more) for name, more in tables.items())
        (self.folder / "schema.ts").write_text(text)

    def start(self, *words: str) -> subprocess.Popen:
        return subprocess.Popen([self.tidemark, *words], cwd=self.folder, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)

    def type(self, *words: str) -> int:
        return self.start(*words).wait()

    def must(self, *words: str) -> None:
        if code := self.type(*words):
            sys.exit(f"tidemark {' '.join(words)}: exit {code}")

    def sql(self) -> dict[str, str]:
        return {file.name: file.read_text() for file in sorted((self.folder / "drizzle").glob("*.sql"))}

    def built(self) -> list:
        """The schema of a database that all migrations made; the exit code where they do not run."""
        file = self.folder / "fresh.db"
        file.unlink(missing_ok=True)
        if code := self.type("migrate", "--url", str(file)):
            return [code]
        database = sqlite3.connect(file)
        rows = database.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE "
                                "'%tidemark%' ORDER BY name").fetchall()
        database.close()
        return rows

    def state(self) -> tuple:
        return self.sql(), self.type("check"), self.built()

    def copy_of(self, saved: pathlib.Path) -> None:
        shutil.rmtree(self.folder / "drizzle", ignore_errors=True)
        shutil.copytree(saved, self.folder / "drizzle")


def with_steps(project: Project) -> None:
    project.schema(a="")
    project.must("generate", "--name", "one")
    project.schema(a=", b: integer('b')")
    project.must("generate", "--name", "two")
    project.schema(a=", b: integer('b')", c="")
    project.must("generate", "--name", "three")


def changed(project: Project) -> None:
    with_steps(project)
    project.schema(a=", b: integer('b').notNull()", d="")


def with_branches(project: Project) -> None:
    """Two that were generated on the same state, as git leaves them when it merges."""
    out, saved = project.folder / "drizzle", project.folder / "mine"
    project.schema(a="")
    project.must("generate", "--name", "one")
    shutil.copytree(out, saved)
    project.schema(a=", theirs: integer('theirs')")
    project.must("generate", "--name", "theirs")
    theirs = {str(file.relative_to(out)): file.read_text() for file in out.rglob("*") if file.is_file()}
    project.copy_of(saved)
    shutil.rmtree(saved)
    project.schema(a=", ours: integer('ours')")
    project.must("generate", "--name", "ours")
    for name, text in theirs.items():
        mine = out / name
        if mine.exists() and mine.read_text() != text:
            text = f"<<<<<<< HEAD\n{mine.read_text()}\n=======\n{text}\n>>>>>>> main\n"
        mine.write_text(text)


def try_out(tidemark: str, prepare, words: list[str], seed: int) -> list[str]:
    chance, wrong = random.Random(seed), []
    with tempfile.TemporaryDirectory(prefix="tidemark-killed-") as name:
        project = Project(tidemark, pathlib.Path(name))
        prepare(project)
        saved = project.folder / "before"
        shutil.copytree(project.folder / "drizzle", saved)
        before = project.state()
        start = time.monotonic()
        project.must(*words)
        took = time.monotonic() - start
        after = project.state()
        killed = 0
        for _ in range(MOMENTS):
            project.copy_of(saved)
            run = project.start(*words)
            moment = took * chance.uniform(0.3, 1.1)
            time.sleep(moment)
            run.kill()
            too_late = run.wait() == 0
            killed += not too_late
            took *= 0.9 if too_late else 1.05  # the first run may have been a slow one
            _, check, built = project.state()
            if (check, built) not in ((before[1], before[2]), (after[1], after[2])):
                wrong.append(f"after {moment * 1000:.1f} ms: check says {check}, {built}")
            project.type(*words)
            if project.state() != after:
                wrong.append(f"after {moment * 1000:.1f} ms the next run gives "
                             f"{sorted(project.sql())}, {project.type('check')}")
    print(f"{words[0]}: killed {killed} times in {MOMENTS}, {len(wrong)} wrong", flush=True)
    if killed < MOMENTS // 6:
        wrong.append(f"killed {killed} times only")
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tidemark", required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tidemark = os.path.abspath(options.tidemark)
    wrong = []
    for prepare, words in ((changed, ["generate", "--name", "next", "--rename-none"]),
                           (with_steps, ["squash"]), (with_branches, ["rebase"])):
        wrong += try_out(tidemark, prepare, words, options.seed)
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
