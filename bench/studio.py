#!/usr/bin/env python3
"""The studio on a table of 3,000,000 rows, beside the local server of `drizzle-kit studio`:

- from the start of the program to its page, and to the first rows of a table;
- pages of 200 rows at any depth, as the server takes them: ours by key, the peer's by the OFFSET
  that its page asks for;
- the memory of each server while a million rows are taken out of it.

PostgreSQL by tests/servers/with_postgres, SQLite in a file. Targets: the first rows within 150 ms,
a page within 5 ms at any depth, 60 MB.

    bench/studio.py [--rows 3000000] [--only sqlite]
"""

import argparse
import contextlib
import dataclasses
import http.client
import json
import os
import pathlib
import shutil
import socket
import sqlite3
import statistics
import subprocess
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
ORACLE = ROOT / "tests" / "oracle"
PAGE = 200
EXPORTED = 1_000_000

SCHEMA = {
    "sqlite": "import { sqliteTable as table, integer, text } from 'drizzle-orm/sqlite-core';\n",
    "postgresql": "import { pgTable as table, integer, text } from 'drizzle-orm/pg-core';\n",
}
TABLE = ("export const big = table('big', { id: integer('id').primaryKey(), name: text('name').notNull(), "
         "note: text('note') });\n")
MAKE = "CREATE TABLE big (id integer PRIMARY KEY, name text NOT NULL, note text)"


def fill_sqlite(folder: pathlib.Path, rows: int) -> str:
    with contextlib.closing(sqlite3.connect(folder / "app.db")) as database:
        database.execute(MAKE)
        database.executemany("INSERT INTO big VALUES (?, ?, ?)",
                             ((i, f"user {i}", "x" * 40) for i in range(1, rows + 1)))
        database.commit()
    return str(folder / "app.db")


def fill_postgres(_: pathlib.Path, rows: int) -> str:
    url = os.environ["TIDEMARK_TEST_PG"]
    sql = (f"DROP TABLE IF EXISTS big; {MAKE}; INSERT INTO big SELECT i, 'user ' || i, repeat('x', 40) "
           f"FROM generate_series(1, {rows}) i; ANALYZE big")
    subprocess.run(["psql", url, "-qc", sql], check=True, stderr=subprocess.DEVNULL)
    return url


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclasses.dataclass
class Server:
    """A studio that runs, and its answers."""
    words: list[str]
    folder: pathlib.Path
    headers: dict = dataclasses.field(default_factory=lambda: {"content-type": "application/json"})

    def __enter__(self):
        self.port = free_port()
        self.began = time.perf_counter()
        self.process = subprocess.Popen([*self.words, "--port", str(self.port)], cwd=self.folder, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def ask(self, target: str, body: dict | None):
        text = None if body is None else json.dumps(body)
        self.line.request("GET" if text is None else "POST", target, text, self.headers)
        return self.line.getresponse()

    def answer(self, target: str, body: dict):
        response = self.ask(target, body)
        content = json.loads(response.read())
        failed = isinstance(content, dict) and content.get("status") == "error"
        if response.status != 200 or failed:
            raise SystemExit(f"{target}: {response.status} {content}")
        return content

    def connect(self):
        self.line = http.client.HTTPConnection("localhost", self.port)
        for _ in range(3000):
            with contextlib.suppress(OSError):
                self.line.connect()
                return
            time.sleep(0.005)
        raise SystemExit(f"{self.words} does not listen")

    def peak(self) -> float:
        """In MB, of the server and what it started."""
        pids, total = [self.process.pid], 0
        for pid in pids:
            with contextlib.suppress(OSError):
                pids += map(int, pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
                status = pathlib.Path(f"/proc/{pid}/status").read_text()
                total += int(status.split("VmHWM:")[1].split()[0])
        return total / 1024


class Ours(Server):
    def __init__(self, tidemark: str, folder: pathlib.Path, dialect: str):
        super().__init__([tidemark, "studio", "--no-open", "--json"], folder)
        self.table = {"schema": "public" if dialect == "postgresql" else "", "table": "big"}
        self.kind = "" if dialect == "postgresql" else "i"

    def open(self):
        link = next(json.loads(line)["link"] for line in self.process.stdout if '"link"' in line)
        self.connect()
        own = f"localhost:{self.port}"
        self.headers |= {"origin": f"http://{own}"}
        self.ask("/", None).read()
        self.up = time.perf_counter() - self.began
        response = self.ask("/api/session", {"link": urllib.parse.urlsplit(link).fragment[2:]})
        self.headers["cookie"] = response.getheader("set-cookie").split(";")[0]
        self.headers["x-studio-token"] = json.loads(response.read())["token"]

    def first_rows(self):
        self.answer("/api/table", self.table)
        return self.answer("/api/rows", {**self.table, "limit": PAGE})["rows"]

    def page(self, after: int):
        return self.answer("/api/rows", {**self.table, "limit": PAGE, "after": [f"{self.kind}{after}"]})["rows"]

    def take_out(self, rows: int) -> int:
        path = self.answer("/api/order-export", {**self.table, "format": "ndjson", "filters": [
            {"column": "id", "op": "<=", "values": [str(rows)]}]})["path"]
        response, lines = self.ask(path, None), 0
        while piece := response.read(1 << 16):
            lines += piece.count(b"\n")
        return lines


class Peer(Server):
    """What its hosted page sends: the SQL is made there."""

    def __init__(self, folder: pathlib.Path, dialect: str):
        super().__init__(["node", str(ORACLE / "node_modules/drizzle-kit/bin.cjs"), "studio"], folder)

    def open(self):
        self.connect()
        self.ask("/", None).read()
        self.up = time.perf_counter() - self.began

    def query(self, sql: str):
        return self.answer("/", {"type": "proxy", "data": {"sql": sql, "params": [], "mode": "array", "method": "values"}})

    def first_rows(self):
        self.answer("/", {"type": "init"})
        return self.query(f"select id, name, note from big limit {PAGE} offset 0")

    def page(self, after: int):
        return self.query(f"select id, name, note from big limit {PAGE} offset {after}")

    def take_out(self, rows: int) -> int:
        return len(self.query(f"select id, name, note from big limit {rows}"))


def milliseconds(work, runs: int = 1) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e3


def measure(server: Server, rows: int) -> dict[str, float]:
    with server:
        server.open()
        out = {"page of the studio, from its start, ms": server.up * 1e3,
               "first rows of the table, ms": milliseconds(server.first_rows)}
        for name, after in (("begin", 0), ("middle", rows // 2), ("end", rows - 2 * PAGE)):
            out[f"200 rows at the {name}, ms"] = milliseconds(lambda after=after: server.page(after), 15)
        out["memory before, MB"] = server.peak()
        start = time.perf_counter()
        if server.take_out(min(EXPORTED, rows)) < min(EXPORTED, rows):
            raise SystemExit("rows are missing")
        out["a million rows out, s"] = time.perf_counter() - start
        out["memory after, MB"] = server.peak()
        return out


def project(folder: pathlib.Path, dialect: str, url: str) -> None:
    config = {"dialect": dialect, "schema": "./schema.ts", "out": "./drizzle", "dbCredentials": {"url": url}}
    (folder / "drizzle.config.json").write_text(json.dumps(config))
    (folder / "schema.ts").write_text(SCHEMA[dialect] + TABLE)
    (folder / "node_modules").symlink_to(ORACLE / "node_modules")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tidemark", default=str(ROOT / "build/release/tidemark"))
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--only", choices=sorted(SCHEMA))
    arguments = parser.parse_args()
    fillers = {"sqlite": fill_sqlite, "postgresql": fill_postgres}
    for dialect in [arguments.only] if arguments.only else sorted(SCHEMA):
        if dialect == "postgresql" and "TIDEMARK_TEST_PG" not in os.environ:
            print("postgresql: not without tests/servers/with_postgres")
            continue
        folder = pathlib.Path(tempfile.mkdtemp(prefix="tidemark-bench-"))
        try:
            project(folder, dialect, fillers[dialect](folder, arguments.rows))
            ours = measure(Ours(arguments.tidemark, folder, dialect), arguments.rows)
            peer = measure(Peer(folder, dialect), arguments.rows)
        finally:
            shutil.rmtree(folder)
        print(f"\n{dialect + f', {arguments.rows:,} rows':<42} {'tidemark':>12} {'drizzle-kit':>12}")
        for name, mine in ours.items():
            print(f"{name:<42} {mine:12.1f} {peer[name]:12.1f}  {peer[name] / mine:8.1f}x", flush=True)


if __name__ == "__main__":
    main()
