"""A PostgreSQL with pgvector and PostGIS.

Debian has no pgvector; the npm packages of tests/servers/pglite bring both. It takes some
seconds to start, and ends with this process.
"""

import pathlib
import subprocess
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent / "pglite"


class PgLite:
    """One database, in the server's memory."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="tidemark-pglite-")
        self.url = f"postgresql://postgres@localhost/postgres?host={self.folder.name}"
        self.process: subprocess.Popen | None = None

    def runs(self) -> bool:
        return self.process is not None

    def start(self) -> None:
        self.process = subprocess.Popen(["node", FOLDER / "server.js", self.folder.name],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            raise RuntimeError("PGlite does not start")
