#!/usr/bin/env python3
"""A migration to a libSQL server, with every request made to fail in every way.

Usage: libsql_faults.py --tidemark PROGRAM

Between the program and a real server stands a proxy that spoils the n-th request: it cuts the
connection before or after the server has acted, answers in its place, or spoils the answer.
Which faults a run has to get over by itself, and in which of its requests, is written below; of
all others it has to tell what happened. After each, the program runs again undisturbed; then the
database must be that of a run which nothing disturbed: nothing lost, nothing applied twice. The
token must never be printed.
"""

import argparse
import collections.abc
import concurrent.futures
import http.client
import http.server
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import typing
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


def gone_a_while(proxy: "Proxy", body: bytes) -> None:
    """The connection is cut after the server has acted, and the next ones are refused: who takes
    that for a request that never left sends it again."""
    proxy.forward(body)
    proxy.server.go_away(0.2)
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
    lost = []
    for one in request["requests"]:
        steps = one.get("batch", {}).get("steps", [])
        lost.append(len(steps) - len(steps) // 2)
        del steps[len(steps) // 2:]
    request["requests"].append({"type": "close"})
    status, text = proxy.forward(json.dumps(request).encode())
    value = json.loads(text)
    value["results"].pop()
    error = {"message": "Transaction timed-out", "code": "TRANSACTION_TIMEOUT"}
    for one, count in zip(value["results"], lost):
        result = one["response"].get("result")
        if result:
            result["step_results"] += [None] * count
            result["step_errors"] += [error] * count
    proxy.reply(status, json.dumps(value | {"baton": None}).encode(), {})


def with_less(proxy: "Proxy", body: bytes) -> None:
    """A result too few."""
    status, text = proxy.forward(body)
    value = json.loads(text)
    value["results"] = value["results"][:-1]
    proxy.reply(status, json.dumps(value).encode(), {})


def begins_the_rebuild(body: bytes) -> bool:
    """Foreign keys are off by then, which a session keeps and a new one does not know."""
    return place_of(body) == "begin"


def late(proxy: "Proxy", body: bytes) -> None:
    """When the server has forgotten the session, and with it that foreign keys are off."""
    time.sleep(12)
    proxy.reply(*proxy.forward(body), {})


# What a run is made of. `look` reads, outside of a transaction; `migration` is a whole one in one
# request; `begin`, `inside` and `commit` are of one that takes several.
PLACES = ["look", "history tables", "migration", "foreign keys off", "begin", "inside", "commit",
          "foreign keys on", "close"]
# Nothing depends on the answer any more.
AFTER_ALL = {"foreign keys on", "close"}
# Where a run goes on by itself. What was to be made only where it is missing is asked for again,
# and of a commit without an answer it is looked for what became of it.
ANSWERED = TAKEN_AWAY = set(PLACES)
REFUSED = AFTER_ALL
NOT_UNDERSTOOD = {"history tables", "migration", "commit"} | AFTER_ALL
NO_ANSWER = {"look"} | NOT_UNDERSTOOD
TOLD_TO_WAIT = {"look", "history tables", "migration", "foreign keys off", "begin"} | AFTER_ALL


def place_of(body: bytes) -> str:
    steps = [step["stmt"]["sql"] for one in json.loads(body)["requests"]
             for step in one.get("batch", {}).get("steps", [])]
    if not steps:
        return "close"
    if any("CREATE TABLE IF NOT EXISTS" in step for step in steps):
        return "history tables"
    if steps[0].startswith("RELEASE"):
        return "commit" if "COMMIT" in steps else "inside"
    if "BEGIN IMMEDIATE" in steps:
        return "migration" if "COMMIT" in steps else "begin"
    if steps[-1].startswith("PRAGMA foreign_keys ="):
        return f"foreign keys {steps[-1].split()[-1].lower()}"
    return "look"


class Fault(typing.NamedTuple):
    spoil: collections.abc.Callable
    goes_on: set
    words: str = ""  # what is told where it does not go on


REFUSALS = {400: ("Received an invalid baton", NOT_UNDERSTOOD),
            401: ("Unauthorized: `The JWT has expired`", REFUSED),
            403: ("Authorization forbidden: read only", REFUSED),
            404: ("Namespace `x` doesn't exist", REFUSED),
            429: ("Too many requests", TOLD_TO_WAIT),
            500: ("Internal", NO_ANSWER),
            502: ("Bad Gateway", NO_ANSWER),
            503: ("Service Unavailable", NO_ANSWER)}
TOLD = {status: words for status, (words, _) in REFUSALS.items()} | {401: "the token has expired"}
FAULTS = {
    "cut before": Fault(cut_before, NO_ANSWER, "closed the connection without an answer"),
    "cut after": Fault(cut_after, NO_ANSWER, "closed the connection without an answer"),
    "gone a while": Fault(gone_a_while, NO_ANSWER, "closed the connection without an answer"),
    "502 page after": Fault(page_after, NO_ANSWER, "HTTP 502"),
    "truncated": Fault(truncated, NO_ANSWER, "Transferred a partial file"),
    "half an answer": Fault(half_an_answer, NOT_UNDERSTOOD, "cut short or is no answer"),
    "a result too few": Fault(with_less, NOT_UNDERSTOOD, "cut short or is no answer"),
    "in pieces": Fault(in_pieces, ANSWERED),
    "oversized": Fault(oversized, NO_ANSWER, "larger than 64 MB"),
    "taken away": Fault(taken_away, TAKEN_AWAY),
    "base_url elsewhere": Fault(sent_elsewhere, NOT_UNDERSTOOD, "where the token must not go"),
    "base_url": Fault(sent_on, ANSWERED),
    **{str(status): Fault(answer(status, json.dumps({"error": words})), goes_on, TOLD[status])
       for status, (words, goes_on) in REFUSALS.items()},
    "expired": Fault(answer(400, '{"error":"The stream has expired due to inactivity",'
                                 '"code":"STREAM_EXPIRED"}'), TOLD_TO_WAIT, "has expired"),
    "redirect": Fault(answer(307, "", Location="https://elsewhere.example/v3/pipeline"), REFUSED,
                      "where the token must not go"),
    "no json": Fault(answer(200, "ok"), NOT_UNDERSTOOD, "cut short or is no answer"),
}
# In words of their own, or none at all.
SHAPES = {
    **{f"{status} as text": Fault(answer(status, words), goes_on, TOLD[status])
       for status, (words, goes_on) in REFUSALS.items()},
    **{f"{status} as a page": Fault(answer(status, PAGE), goes_on, f"HTTP {status}")
       for status, (_, goes_on) in REFUSALS.items()},
    "400 as a page": Fault(answer(400, PAGE), REFUSED, "HTTP 400"),  # says nothing of a session
    "404 as a page": Fault(answer(404, PAGE), ANSWERED),  # an older server: it is asked by Hrana 2
}


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16

    def do_POST(self) -> None:  # noqa: N802 (the library's name)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.count += 1
        self.server.places.append(place_of(body))
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
        self.places: list[str] = []

    def go_away(self, seconds: float) -> None:
        self.shutdown()
        self.server_close()

        def come_back() -> None:
            time.sleep(seconds)
            self.socket = socket.socket(self.address_family, self.socket_type)
            self.server_bind()
            self.server_activate()
            self.serve_forever()
        threading.Thread(target=come_back, daemon=True).start()

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

    def judge(self, name: str, fault: Fault, at, place: str, wanted: list) -> str:
        """What is wrong, or nothing."""
        _, found, first = self.spoiled(fault.spoil, at)
        what = f"{name}, {place}, exit {first.returncode}\n{first.stdout}"
        if found != wanted:
            return f"the database is\n{found}\nnot\n{wanted}\nafter {what}"
        if "<html" in first.stdout:
            return f"a page is told: {what}"
        if place in fault.goes_on:
            return "" if first.returncode == 0 else f"it did not go on by itself: {what}"
        told = first.returncode == 1 and "error: " in first.stdout and fault.words in first.stdout
        return "" if told else f"not what happened is told ({fault.words}): {what}"

    def places(self) -> list[str]:
        """Of the requests of a run, in their order."""
        return self.spoiled(None, 0)[0].places

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
        return len(Trial(tidemark, folder).places())


def check_requests(tidemark: str) -> None:
    """Migrations that need no look between their statements are one request, a hundred too."""
    few, many, more = (requests_for(tidemark, count) for count in (3, 13, 150))
    if (many, more) != (few, few + 1):
        sys.exit(f"3 plain migrations are {few} requests, 13 are {many}, 150 are {more}")


def trials_of(places: list[str], only: str | None) -> list:
    """Each fault in each kind of place; connections are cut in every request."""
    missing = set(PLACES) - set(places)
    if missing:
        sys.exit(f"a run has no {missing}")
    first = {place: places.index(place) + 1 for place in PLACES} | {"look": 2}
    last = {place: len(places) - places[::-1].index(place) for place in PLACES}
    out = []
    for name, fault in FAULTS.items():
        cut = fault.spoil in (cut_before, cut_after)
        some = range(2, len(places) + 1) if cut else {*first.values(), last["history tables"]}
        out += [(name, fault, at, places[at - 1]) for at in sorted(some)]
    out += [(name, fault, first[place], place) for name, fault in SHAPES.items()
            for place in ("history tables", "inside")]
    out += [("late", fault, begins_the_rebuild, "begin")
            for fault in (Fault(late, {"begin"}), FAULTS["expired"])]
    return [one for one in out if only in (None, one[0])]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tidemark", required=True)
    parser.add_argument("--only", help="one of the faults")
    arguments = parser.parse_args()
    tidemark = os.path.abspath(arguments.tidemark)
    check_requests(tidemark)
    with (tempfile.TemporaryDirectory(prefix="tidemark-faults-") as folder,
          concurrent.futures.ThreadPoolExecutor(2) as pool):
        lay_out(pathlib.Path(folder), MIGRATIONS)
        trial = Trial(tidemark, folder)
        wanted = trial.undisturbed()
        trial.check_base_url()
        trial.check_old_server(wanted)
        trials = [pool.submit(trial.judge, *one, wanted)
                  for one in trials_of(trial.places(), arguments.only)]
        wrong = [said for one in trials if (said := one.result())]
    if wrong:
        sys.exit("\n\n".join(wrong))
    print(f"{len(trials)} faults: every run went on or told why not, and every database is as it "
          "should be")


if __name__ == "__main__":
    main()
