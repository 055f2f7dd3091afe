#!/usr/bin/env python3
"""A migration to a libSQL server behind TLS, whose certificate an authority of our own signed.

Usage: libsql_tls.py --tidemark PROGRAM

The URL's name must be the certificate's, and the authority must be trusted (SSL_CERT_FILE);
else nothing is sent, the token least of all. `libsql://`, `https://` and `wss://` are one server.
"""

import argparse
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "servers"))
from libsql_faults import TOKEN, lay_out  # noqa: E402
from sqld import Sqld  # noqa: E402

MIGRATIONS = {
    "0000_one": "CREATE TABLE one (id integer PRIMARY KEY NOT NULL);",
    "0001_two": "CREATE TABLE two (id integer PRIMARY KEY NOT NULL);",
    "0002_three": "CREATE TABLE three (id integer PRIMARY KEY NOT NULL);",
}


def make_certificate(folder: pathlib.Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-days", "2", "-keyout", "key.pem", "-out", "certificate.pem"],
        cwd=folder, check=True, stderr=subprocess.DEVNULL)


class TlsProxy:
    """Takes TLS off and passes everything on to `port`."""

    def __init__(self, folder: pathlib.Path, port: int):
        self.port, self.taken = port, 0
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = self.listener.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        while True:
            plain, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(plain,), daemon=True).start()

    def serve(self, plain: socket.socket) -> None:
        try:
            client = self.context.wrap_socket(plain, server_side=True)
        except (ssl.SSLError, OSError):
            return
        server = socket.create_connection(("127.0.0.1", self.port))
        threading.Thread(target=self.copy, args=(server, client), daemon=True).start()
        self.copy(client, server)

    def copy(self, source: socket.socket, to: socket.socket) -> None:
        try:
            while data := source.recv(1 << 16):
                self.taken += len(data)
                to.sendall(data)
            to.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def migrate(tidemark: str, folder: pathlib.Path, url: str, authorities: str | None,
            ) -> subprocess.CompletedProcess:
    environment = {k: v for k, v in os.environ.items() if k != "SSL_CERT_FILE"}
    if authorities is not None:
        environment["SSL_CERT_FILE"] = authorities
    done = subprocess.run(
        [tidemark, "migrate", "--dialect", "turso", "--out", ".", "--url", url, "--auth-token",
         TOKEN], cwd=folder, env=environment, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, timeout=120, check=False)
    if TOKEN in done.stdout:
        sys.exit(f"the token was printed:\n{done.stdout}")
    return done


def expect(done: subprocess.CompletedProcess, code: int, words: str) -> None:
    if done.returncode != code or words not in done.stdout:
        sys.exit(f"exit {done.returncode}, not {code} and {words!r}:\n{done.stdout}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tidemark", required=True)
    tidemark = os.path.abspath(parser.parse_args().tidemark)
    with tempfile.TemporaryDirectory(prefix="tidemark-tls-") as text, Sqld() as server:
        folder = pathlib.Path(text)
        make_certificate(folder)
        lay_out(folder, MIGRATIONS)
        proxy = TlsProxy(folder, server.port)
        trusted = str(folder / "certificate.pem")
        for url, authorities, words in (
                (f"libsql://localhost:{proxy.address}", None, "certificate is not trusted"),
                (f"libsql://127.0.0.1:{proxy.address}", trusted, "certificate is not trusted"),
                (f"libsql://localhost:{proxy.address}", "nowhere.pem", "SSL_CERT_FILE")):
            expect(migrate(tidemark, folder, url, authorities), 1, words)
        if proxy.taken:
            sys.exit("something was said to a server that is not trusted")
        for scheme, words in (("libsql", "0002_three"), ("https", "up to date"),
                              ("wss", "up to date")):
            expect(migrate(tidemark, folder, f"{scheme}://localhost:{proxy.address}", trusted),
                   0, words)
    print("TLS: 3 refused before a word was said, 3 schemes migrated")


if __name__ == "__main__":
    main()
