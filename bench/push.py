#!/usr/bin/env python3
"""`push` with nothing changed, and `pull`, on PostgreSQL, against Drizzle Kit on Node.

Usage: bench/push.py [--tidemark build/release/tidemark] [--tables 100] [--runs 5]
Starts a private PostgreSQL of its own (tests/servers); needs `npm ci --ignore-scripts` in
tests/oracle. Drizzle Kit takes minutes at 1,000 tables.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from generate import ORACLE, ROOT, schema
from side_by_side import Command, compare, header


def project(folder: pathlib.Path, tables: int, url: str, tidemark: str) -> None:
    folder.mkdir()
    (folder / "schema.ts").write_text(schema(tables))
    (folder / "drizzle.config.json").write_text(json.dumps(
        {"dialect": "postgresql", "schema": "./schema.ts", "out": "./drizzle",
         "dbCredentials": {"url": url}}))
    (folder / "node_modules").symlink_to(ORACLE / "node_modules")
    subprocess.run([tidemark, "push", "--force"], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tidemark", default=str(ROOT / "build" / "release" / "tidemark"))
    parser.add_argument("--tables", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    if "TIDEMARK_TEST_PG" not in os.environ:
        server = ROOT / "tests" / "servers" / "with_postgres"
        os.execv(server, [str(server), sys.executable, *sys.argv])
    tidemark = os.path.abspath(arguments.tidemark)
    kit = ["node", str(ORACLE / "node_modules" / "drizzle-kit" / "bin.cjs")]
    admin = os.environ["TIDEMARK_TEST_PG"]
    work = pathlib.Path(tempfile.mkdtemp(prefix="tidemark-bench-"))
    os.environ["TIDEMARK_CACHE"] = str(work / "cache")
    header("tidemark", "drizzle-kit")
    try:
        subprocess.run(["psql", "-qX", admin, "-c", "create database bench"], check=True)
        folder = work / "project"
        project(folder, arguments.tables, admin.replace("/postgres?", "/bench?"), tidemark)
        for command in ("push", "pull"):
            compare(f"{command}, nothing changed, {arguments.tables} tables",
                    Command("tidemark", [tidemark, command], str(folder)),
                    Command("drizzle-kit", [*kit, command], str(folder)), arguments.runs)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
