#!/usr/bin/env python3
"""What `check` refuses before anything is connected to, and what a libSQL server refuses.

Usage: libsql_refused.py --tidemark PROGRAM

For every statement both have to say the same. The server is asked by a batch that it parses
as a whole, and in which the statement never gets its turn.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "servers"))
from sqld import Sqld  # noqa: E402

PRAGMAS = """
analysis_limit application_id auto_vacuum automatic_index busy_timeout cache_size cache_spill
case_sensitive_like cell_size_check checkpoint_fullfsync collation_list compile_options
data_version database_list defer_foreign_keys encoding foreign_key_check foreign_key_list
foreign_keys freelist_count fullfsync function_list hard_heap_limit ignore_check_constraints
incremental_vacuum index_info index_list index_xinfo integrity_check journal_mode
journal_size_limit legacy_alter_table locking_mode max_page_count mmap_size module_list optimize
page_count page_size pragma_list query_only quick_check read_uncommitted recursive_triggers
reverse_unordered_selects schema_version secure_delete shrink_memory soft_heap_limit synchronous
table_info table_list table_xinfo temp_store threads trusted_schema user_version wal_autocheckpoint
wal_checkpoint writable_schema
""".split()
STATEMENTS = """
VACUUM
VACUUM INTO 'copy.db'
ANALYZE
ANALYZE t
ATTACH 'other.db' AS other
ATTACH DATABASE 'other.db' AS other
CREATE TEMP TABLE u (a)
CREATE TEMPORARY TABLE u (a)
CREATE TEMP VIEW v AS SELECT 1
CREATE TEMP TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END
CREATE TABLE u (a) STRICT
CREATE TABLE u (a integer PRIMARY KEY) WITHOUT ROWID
CREATE TABLE u (a) RANDOM ROWID
CREATE TABLE u AS SELECT * FROM t
CREATE TABLE IF NOT EXISTS u (a integer GENERATED ALWAYS AS (1) STORED)
CREATE VIRTUAL TABLE f USING fts5(a)
CREATE VIEW v AS SELECT a FROM t
CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END
CREATE UNIQUE INDEX i ON t (a COLLATE NOCASE DESC) WHERE a > 0
ALTER TABLE t RENAME TO u
ALTER TABLE t RENAME COLUMN a TO b
ALTER TABLE t ADD COLUMN b text
ALTER TABLE t DROP COLUMN a
ALTER TABLE t ALTER COLUMN a TO a text NOT NULL
DROP TABLE IF EXISTS u
CREATE TABLE temp.u (a)
CREATE TABLE IF NOT EXISTS temp.u (a)
CREATE TABLE main.u (a)
CREATE TABLE temp (a)
PRAGMA main.journal_mode = wal
PRAGMA main.journal_mode
PRAGMA main.user_version = 7
PRAGMA nonsense
DROP INDEX IF EXISTS i
DROP VIEW IF EXISTS v
DROP TRIGGER IF EXISTS g
REINDEX
REINDEX t
SAVEPOINT s
BEGIN
BEGIN IMMEDIATE TRANSACTION
BEGIN EXCLUSIVE
BEGIN CONCURRENT
INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING RETURNING a
REPLACE INTO t VALUES (1)
UPDATE t SET a = 1 WHERE a = 2
UPDATE t SET a = (SELECT a FROM t LIMIT 1)
DELETE FROM t WHERE a IN (SELECT a FROM t LIMIT 1)
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)
ALTER TABLE t ADD COLUMN b text CONSTRAINT c CHECK (b > 'a')
INSERT INTO t VALUES ('?'), (':a'), ("a:b")
SELECT a FROM t WHERE a = json_extract('{}', '$.a:b')
DELETE FROM t
WITH c AS (SELECT 1 AS a) INSERT INTO t SELECT a FROM c
SELECT * FROM t
VALUES (1)
EXPLAIN SELECT 1
""".strip().splitlines() + [f"PRAGMA {name}{value}" for name in PRAGMAS
                           for value in ("", " = 1", "(1)", "(t)")]


def is_refused(url: str, statement: str) -> bool:
    never = {"type": "error", "step": 0}
    steps = [{"stmt": {"sql": "SELECT 1"}}, {"stmt": {"sql": statement}, "condition": never}]
    body = {"requests": [{"type": "batch", "batch": {"steps": steps}}, {"type": "close"}]}
    with urllib.request.urlopen(f"{url}/v3/pipeline", json.dumps(body).encode()) as response:
        result = json.load(response)["results"][0]
    return result["type"] == "error" and result["error"].get("code") == "SQL_PARSE_ERROR"


class Folder:
    def __init__(self, tidemark: str, path: pathlib.Path):
        self.tidemark, self.path = tidemark, path
        (path / "meta").mkdir()
        journal = {"version": "7", "dialect": "sqlite", "entries": [
            {"idx": 0, "version": "6", "when": 1700000000000, "tag": "0000_one",
             "breakpoints": True}]}
        (path / "meta" / "_journal.json").write_text(json.dumps(journal))

    def is_refused(self, statement: str) -> bool:
        (self.path / "0000_one.sql").write_text(f"{statement};")
        done = subprocess.run([self.tidemark, "check", "--dialect", "turso", "--out", "."],
                              cwd=self.path, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        return "a libSQL server refuses" in done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tidemark", required=True)
    tidemark = os.path.abspath(parser.parse_args().tidemark)
    refused, wrong = 0, []
    with Sqld() as server, tempfile.TemporaryDirectory() as path:
        folder = Folder(tidemark, pathlib.Path(path))
        for statement in STATEMENTS:
            wanted = is_refused(server.url, statement)
            refused += wanted
            if folder.is_refused(statement) != wanted:
                wrong.append(f"{'refused' if wanted else 'taken'} by the server: {statement}")
    if wrong or refused == 0:
        sys.exit("\n".join(wrong))
    print(f"{len(STATEMENTS)} statements, of which the server and `check` refuse the same {refused}")


if __name__ == "__main__":
    main()
