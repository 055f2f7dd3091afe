#!/usr/bin/env python3
"""A migration to a libSQL server, with every request made to fail in every way.

Usage: libsql_faults.py --tidemark PROGRAM

Between the program and a real server stands a proxy that spoils the n-th request: it cuts the
connection before or after the server has acted, answers in its place, or spoils the answer.
After each, the program runs again undisturbed; then the database must be that of a run which
nothing disturbed: nothing lost, nothing applied twice. The token must never be printed.
"""

import argparse
import concurrent.futures
import http.client
import http.server
import itertools
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "servers"))
from sqld import Sqld  # noqa: E402

MOVED = "/moved"
TOKEN = "secret-token-that-nobody-may-see"
PAGE = "<html><body><h1>Bad Gateway</h1></body></html>"
MIGRATIONS = {
    "0000_tables": "CREATE TABLE a (id integer PRIMARY KEY NOT NULL);--> statement-breakpoint\n"
                   "CREATE TABLE b (a integer REFERENCES a (id) ON DELETE CASCADE);",
    "0001_rows": "INSERT INTO a VALUES (1);--> statement-breakpoint\nINSERT INTO b VALUES (1);",
    "0002_rebuild": "PRAGMA foreign_keys=OFF;--> statement-breakpoint\n"
                    "CREATE TABLE `__new_a` (id integer PRIMARY KEY NOT NULL, n text);"
                    "--> statement-breakpoint\n"
                    "INSERT INTO `__new_a` SELECT id, 'x' FROM a;--> statement-breakpoint\n"
                    "DROP TABLE `a`;--> statement-breakpoint\n"
                    "ALTER TABLE `__new_a` RENAME TO `a`;--> statement-breakpoint\n"
                    "PRAGMA foreign_keys=ON;",
}


def answer(status: int, body: str, **headers: str):
    """In the server's place."""
    def fault(proxy: "Proxy", _: bytes) -> None:
        proxy.reply(status, body.encode(), headers)
    return fault


def cut_before(proxy: "Proxy", _: bytes) -> None:
    proxy.close_connection = True


def cut_after(proxy: "Proxy", body: bytes) -> None:
    proxy.forward(body)
    proxy.close_connection = True


def page_after(proxy: "Proxy", body: bytes) -> None:
    proxy.forward(body)
    proxy.reply(502, PAGE.encode(), {})


def truncated(proxy: "Proxy", body: bytes) -> None:
    _, text = proxy.forward(body)
    proxy.reply(200, text[:len(text) // 2], {}, length=len(text))


def half_an_answer(proxy: "Proxy", body: bytes) -> None:
    _, text = proxy.forward(body)
    proxy.reply(200, text[:len(text) // 2], {})


def sent_elsewhere(proxy: "Proxy", body: bytes) -> None:
    status, text = proxy.forward(body)
    value = json.loads(text)
    value["base_url"] = "https://elsewhere.example"
    proxy.reply(status, json.dumps(value).encode(), {})


def sent_on(proxy: "Proxy", body: bytes) -> None:
    """To another place of the same host."""
    status, text = proxy.forward(body)
    value = json.loads(text)
    value["base_url"] = f"http://127.0.0.1:{proxy.server.server_address[1]}{MOVED}"
    proxy.reply(status, json.dumps(value).encode(), {})


def in_pieces(proxy: "Proxy", body: bytes) -> None:
    status, text = proxy.forward(body)
    proxy.send_response(status)
    proxy.send_header("Content-Length", str(len(text)))
    proxy.end_headers()
    for at in range(0, len(text), len(text) // 8 + 1):
        proxy.wfile.write(text[at:at + len(text) // 8 + 1])
        proxy.wfile.flush()
        time.sleep(0.1)


def oversized(proxy: "Proxy", body: bytes) -> None:
    status, text = proxy.forward(body)
    proxy.reply(status, text + b" " * (65 << 20), {})


def taken_away(proxy: "Proxy", body: bytes) -> None:
    """Another writer has waited too long: the transaction is rolled back in the middle of
    the batch, and every step from there on fails."""
    request = json.loads(body)
    proxy.forward(json.dumps({"baton": request.get("baton"),
                              "requests": [{"type": "close"}]}).encode())
    error = {"message": "Transaction timed-out", "code": "TRANSACTION_TIMEOUT"}
    nothing = {"cols": [], "rows": [], "affected_row_count": 0, "last_insert_rowid": None}
    results = []
    for one in request["requests"]:
        count = len(one.get("batch", {}).get("steps", []))
        results.append({"type": "ok", "response": {"type": one["type"], "result": {
            "step_results": [nothing] * (count // 2) + [None] * (count - count // 2),
            "step_errors": [None] * (count // 2) + [error] * (count - count // 2)}}})
    answer_text = json.dumps({"baton": None, "base_url": None, "results": results})
    proxy.reply(200, answer_text.encode(), {})


def with_less(proxy: "Proxy", body: bytes) -> None:
    """A result too few."""
    status, text = proxy.forward(body)
    value = json.loads(text)
    value["results"] = value["results"][:-1]
    proxy.reply(status, json.dumps(value).encode(), {})


def begin_of_the_rebuild():
    """Tells the request that begins the third migration. Foreign keys are off by then, which
    a session keeps and a new one does not know."""
    begins = itertools.count(1)

    def is_third(body: bytes) -> bool:
        return b"BEGIN IMMEDIATE" in body and next(begins) == 3
    return is_third


def late(proxy: "Proxy", body: bytes) -> None:
    """When the server has forgotten the session, and with it that foreign keys are off."""
    time.sleep(12)
    proxy.reply(*proxy.forward(body), {})


PLACES = {cut_before: (1, 2), cut_after: (2, 2)}  # first, step
REFUSALS = {400: "Received an invalid baton", 401: "Unauthorized: `The JWT has expired`",
            403: "Authorization forbidden: read only", 404: "Namespace `x` doesn't exist",
            429: "Too many requests", 500: "Internal", 502: "Bad Gateway",
            503: "Service Unavailable"}
SHAPES = {"JSON": lambda words: json.dumps({"error": words}), "text": lambda words: words,
          "a page": lambda words: PAGE}
FAULTS = {
    "cut before": cut_before,
    "cut after": cut_after,
    "502 page after": page_after,
    "truncated": truncated,
    "half an answer": half_an_answer,
    "a result too few": with_less,
    "in pieces": in_pieces,
    "oversized": oversized,
    "taken away": taken_away,
    "base_url elsewhere": sent_elsewhere,
    "base_url": sent_on,
    **{f"{status} as {shape}": answer(status, write(words))
       for status, words in REFUSALS.items() for shape, write in SHAPES.items()},
    "expired": answer(400, '{"error":"The stream has expired due to inactivity",'
                           '"code":"STREAM_EXPIRED"}'),
    "redirect": answer(307, "", Location="https://elsewhere.example/v3/pipeline"),
    "no json": answer(200, "ok"),
}


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16

    def do_POST(self) -> None:  # noqa: N802 (the library's name)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.count += 1
        self.server.paths.add(self.path)
        self.path = self.path.removeprefix(MOVED)
        if self.server.version and not self.path.startswith(self.server.version):
            self.reply(404, b"", {})
        elif self.server.is_due(body):
            self.server.fault(self, body)
        else:
            self.reply(*self.forward(body), {})

    def forward(self, body: bytes) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port)
        connection.request("POST", self.path, body, {"Host": "localhost"})
        response = connection.getresponse()
        return response.status, response.read()

    def reply(self, status: int, body: bytes, headers: dict, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        if length is not None:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


def lay_out(folder: pathlib.Path, migrations: dict[str, str]) -> None:
    entries = []
    for number, (tag, sql) in enumerate(migrations.items()):
        (folder / f"{tag}.sql").write_text(sql)
        entries.append({"idx": number, "version": "6", "when": 1700000000000 + number,
                        "tag": tag, "breakpoints": True})
    (folder / "meta").mkdir()
    journal = {"version": "7", "dialect": "sqlite", "entries": entries}
    (folder / "meta" / "_journal.json").write_text(json.dumps(journal))


def rows(url: str, *sql: str) -> list:
    body = {"requests": [{"type": "execute", "stmt": {"sql": one}} for one in sql]}
    with urllib.request.urlopen(f"{url}/v2/pipeline", json.dumps(body).encode()) as response:
        results = json.load(response)["results"]
    return [[[cell.get("value") for cell in row] for row in one["response"]["result"]["rows"]]
            for one in results]


def state(url: str) -> list:
    return rows(url, "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'libsql_%' ORDER BY 1",
                "SELECT * FROM a", "SELECT * FROM b",
                "SELECT hash, created_at FROM __drizzle_migrations ORDER BY 2",
                "SELECT tag, state FROM libsql_tidemark_log WHERE statement = 0 ORDER BY 1")


class Server(http.server.ThreadingHTTPServer):
    """`at`: the number of the request to spoil, or what tells whether it is the one.
    `version`: the only one of the protocol that it speaks."""

    daemon_threads = True

    def __init__(self, port: int, fault, at, version: str = ""):
        super().__init__(("127.0.0.1", 0), Proxy)
        self.version, self.paths = version, set()
        self.port, self.fault, self.at, self.count = port, fault, at, 0
        self.spoiled = False

    def handle_error(self, *_: object) -> None:
        """A client that takes no more has closed its connection."""

    def is_due(self, body: bytes) -> bool:
        due = self.at(body) if callable(self.at) else self.count == self.at
        self.spoiled, due = self.spoiled or due, due and not self.spoiled
        return due


class Trial:
    def __init__(self, tidemark: str, folder: str):
        self.tidemark, self.folder = tidemark, folder

    def migrate(self, url: str) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [self.tidemark, "migrate", "--dialect", "turso", "--out", ".", "--url", url,
             "--auth-token", TOKEN],
            cwd=self.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=120, check=False)
        if TOKEN in done.stdout:
            sys.exit(f"the token was printed:\n{done.stdout}")
        return done

    def judge(self, name: str, fault, at, wanted: list) -> bool:
        """Whether the run went on by itself; throws what is wrong."""
        _, found, first = self.spoiled(fault, at)
        at = getattr(at, "__name__", at)
        what = f"{name}, request {at}, exit {first.returncode}\n{first.stdout}"
        if found != wanted:
            raise AssertionError(f"the database is\n{found}\nnot\n{wanted}\nafter {what}")
        if first.returncode not in (0, 1):
            raise AssertionError(what)
        if first.returncode == 1 and "error: " not in first.stdout or "<" in first.stdout:
            raise AssertionError(f"no error is told, or a page in place of it: {what}")
        return first.returncode == 0

    def count_requests(self) -> int:
        return self.spoiled(None, 0)[0].count

    def check_base_url(self) -> None:
        """What the server names is where the next requests go."""
        proxy, _, first = self.spoiled(sent_on, 1)
        if first.returncode != 0 or f"{MOVED}/v3/pipeline" not in proxy.paths:
            sys.exit(f"base_url is not followed: {proxy.paths}\n{first.stdout}")

    def check_old_server(self, wanted: list) -> None:
        """One that speaks Hrana 2 alone."""
        proxy, found, first = self.spoiled(None, 0, version="/v2")
        if first.returncode != 0 or found != wanted or "/v2/pipeline" not in proxy.paths:
            sys.exit(f"with Hrana 2: {proxy.paths}\n{first.stdout}")

    def undisturbed(self) -> list:
        with Sqld() as server:
            done = self.migrate(server.url)
            if done.returncode != 0:
                sys.exit(f"without a fault: exit {done.returncode}\n{done.stdout}")
            return state(server.url)

    def spoiled(self, fault, at, version: str = "",
                ) -> tuple[Server, list, subprocess.CompletedProcess]:
        with Sqld() as server, Server(server.port, fault, at, version) as proxy:
            threading.Thread(target=proxy.serve_forever, daemon=True).start()
            first = self.migrate(f"http://127.0.0.1:{proxy.server_address[1]}")
            proxy.shutdown()
            if callable(at) and not proxy.spoiled:
                sys.exit(f"no request was spoiled:\n{first.stdout}")
            server.stop(signal.SIGKILL)  # or the transaction stays open for ten seconds
            server.start()
            second = self.migrate(server.url)
            if second.returncode != 0:
                sys.exit(f"the run after it: exit {second.returncode}\n{second.stdout}"
                         f"\nafter\n{first.stdout}")
            return proxy, state(server.url), first


def requests_for(tidemark: str, migrations: int) -> int:
    plain = {"0000_tables": MIGRATIONS["0000_tables"]}
    for number in range(1, migrations):
        plain[f"{number:04}_plain"] = (
            f"CREATE TABLE t{number} (id integer);--> statement-breakpoint\n"
            f"CREATE INDEX i{number} ON t{number} (id);")
    with tempfile.TemporaryDirectory(prefix="tidemark-faults-") as folder:
        lay_out(pathlib.Path(folder), plain)
        return Trial(tidemark, folder).count_requests()


def check_requests(tidemark: str) -> None:
    """A migration that needs no look between its statements is one request."""
    few, many = requests_for(tidemark, 3), requests_for(tidemark, 13)
    if many - few != 10:
        sys.exit(f"3 plain migrations are {few} requests, 13 are {many}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tidemark", required=True)
    parser.add_argument("--only", help="one of the faults")
    arguments = parser.parse_args()
    trials = []
    check_requests(os.path.abspath(arguments.tidemark))
    with (tempfile.TemporaryDirectory(prefix="tidemark-faults-") as folder,
          concurrent.futures.ThreadPoolExecutor(2) as pool):
        lay_out(pathlib.Path(folder), MIGRATIONS)
        trial = Trial(os.path.abspath(arguments.tidemark), folder)
        wanted = trial.undisturbed()
        requests = trial.count_requests()
        trial.check_base_url()
        trial.check_old_server(wanted)
        for name, fault in FAULTS.items():
            if arguments.only and name != arguments.only:
                continue
            start, step = PLACES.get(fault, (1, 13))
            for at in range(start, requests + 1, step):
                trials.append(pool.submit(trial.judge, name, fault, at, wanted))
        if arguments.only in (None, "late"):
            for fault in (late, FAULTS["expired"]):
                trials.append(pool.submit(trial.judge, "late", fault, begin_of_the_rebuild(),
                                          wanted))
        outcomes = [one.result() for one in trials]
    runs, recovered = len(outcomes), sum(outcomes)
    print(f"{runs} faults, after {recovered} of which the run went on by itself; "
          "every database is as it should be")


if __name__ == "__main__":
    main()
