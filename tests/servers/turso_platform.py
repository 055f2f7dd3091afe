#!/usr/bin/env python3
"""A stand-in for Turso's Platform API, over the databases of a private libSQL server.

As a program it prints where it is, as JSON, and ends with the process that started it.
"""

import http.server
import json
import os
import pathlib
import re
import signal
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

from sqld import Sqld

ORGANIZATION, TOKEN = "acme", "platform-token-that-nobody-may-see"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


class Refusal(Exception):
    def __init__(self, status: int, error: str):
        super().__init__(error)
        self.status, self.error = status, error


class Platform:
    """`databases`: name -> group. Each is a namespace of the server. Requests go to `log`. A
    file delete_protection beside it keeps them all."""

    def __init__(self):
        self.server = Sqld(guarded=True)
        self.databases: dict[str, str] = {}
        self.log = pathlib.Path(os.devnull)

    def __enter__(self) -> "Platform":
        self.server.start()
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.http.platform = self
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.http.shutdown()
        self.server.stop()
        self.server.folder.cleanup()

    def variables(self) -> dict[str, str]:
        return {"TURSO_ORG": ORGANIZATION, "TURSO_API_TOKEN": TOKEN, "TURSO_API_BASEURL": self.url}

    def hostname(self, name: str) -> str:
        return f"{name}.localhost:{self.server.port}"

    def admin(self, method: str, path: str) -> None:
        request = urllib.request.Request(self.server.admin + path, b"{}", method=method,
                                         headers={"Content-Type": "application/json"})
        urllib.request.urlopen(request).close()

    def answer(self, method: str, path: str, query: dict[str, str], body: dict) -> dict:
        steps = path.strip("/").split("/")
        if steps[:2] != ["v1", "organizations"] or steps[3:4] != ["databases"]:
            raise Refusal(404, "not found")
        if steps[2] != ORGANIZATION:
            raise Refusal(404, "organization not found")
        rest = steps[4:]
        if not rest:
            return self.list(query) if method == "GET" else self.create(body)
        if rest[0] not in self.databases:
            raise Refusal(404, f"database {rest[0]} not found")
        if rest[1:] == ["auth", "tokens"] and method == "POST":
            return self.make_token(rest[0], query)
        if method == "DELETE" and (self.log.parent / "delete_protection").exists():
            raise Refusal(403, "delete protection is on")
        if method == "DELETE":
            self.admin("DELETE", f"/v1/namespaces/{rest[0]}")
            del self.databases[rest[0]]
            return {"database": rest[0]}
        return {"database": self.shown(rest[0])}

    def shown(self, name: str) -> dict:
        return {"Name": name, "DbId": f"id-of-{name}", "Hostname": self.hostname(name),
                "group": self.databases[name], "primaryRegion": "lhr", "type": "logical",
                "block_reads": False, "block_writes": False}

    def list(self, query: dict[str, str]) -> dict:
        group = query.get("group")
        return {"databases": [self.shown(name) for name, of in self.databases.items()
                              if group in (None, of)]}

    def create(self, body: dict) -> dict:
        name, seed = body.get("name", ""), body.get("seed", {})
        if not re.fullmatch(r"[a-z0-9-]{1,64}", name) or not body.get("group"):
            raise Refusal(400, "a name of a-z, 0-9 and - and a group are required")
        if name in self.databases:
            raise Refusal(409, f"database with name {name} already exists")
        if not seed:
            self.admin("POST", f"/v1/namespaces/{name}/create")
        elif seed.get("type") != "database" or seed.get("name") not in self.databases:
            raise Refusal(400, "the seed names no database")
        elif not MOMENT.fullmatch(seed.get("timestamp", "2024-01-01T00:00:00Z")):
            raise Refusal(400, "the timestamp is none")
        else:
            self.admin("POST", f"/v1/namespaces/{seed['name']}/fork/{name}")
        self.databases[name] = body["group"]
        return {"database": {"Name": name, "DbId": f"id-of-{name}",
                             "Hostname": self.hostname(name)}}

    def make_token(self, name: str, query: dict[str, str]) -> dict:
        if not re.fullmatch(r"(\d+[wdhms])+|never", query.get("expiration", "never")):
            raise Refusal(400, "the expiration is none")
        access = {"full-access": "rw", "read-only": "ro"}[query.get("authorization", "full-access")]
        claims = {"a": access, "id": name, "exp": int(time.time()) + 3600}
        return {"jwt": self.server.token(json.dumps(claims))}


class Handler(http.server.BaseHTTPRequestHandler):
    def reply(self, method: str) -> None:
        platform: Platform = self.server.platform
        url = urllib.parse.urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with platform.log.open("a") as log:
            print(method, self.path, body.decode(), file=log)
        try:
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                raise Refusal(401, "the token is not accepted")
            query = dict(urllib.parse.parse_qsl(url.query))
            status, value = 200, platform.answer(method, url.path, query, json.loads(body or "{}"))
        except Refusal as refusal:
            status, value = refusal.status, {"error": refusal.error}
        except urllib.error.HTTPError as error:
            status, value = 500, {"error": error.read().decode()}
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self) -> None:  # noqa: N802 (the library's names)
        self.reply("GET")

    def do_POST(self) -> None:  # noqa: N802
        self.reply("POST")

    def do_DELETE(self) -> None:  # noqa: N802
        self.reply("DELETE")

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    parent = os.getppid()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the server ends with it
    with Platform() as platform:
        platform.create({"name": "shop", "group": "europe"})
        platform.create({"name": "blog", "group": "asia"})
        print(json.dumps({"pid": os.getpid(), "url": platform.url, "organization": ORGANIZATION,
                          "token": TOKEN, "host": platform.hostname("shop")}), flush=True)
        while os.getppid() == parent:
            time.sleep(0.05)


if __name__ == "__main__":
    main()
