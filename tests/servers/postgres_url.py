"""Where the tests' PostgreSQL is."""

import os
import pathlib
import sys


def postgres_url(file: str | None) -> str:
    """The server that the surroundings name, else the one that ctest started and noted in
    `file`."""
    url = os.environ.get("TIDEMARK_TEST_PG")
    if not url and file and pathlib.Path(file).exists():
        url = pathlib.Path(file).read_text().strip()
    return url or sys.exit("no PostgreSQL: use ctest, or tests/servers/with_postgres COMMAND")
