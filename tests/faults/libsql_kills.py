#!/usr/bin/env python3
"""Migrations on a libSQL server, killed at random moments.

Usage: libsql_kills.py --tidemark PROGRAM [--kills 12] [--seed N]

The server goes on, with whatever session and transaction the killed run left open. The next run
waits for it, and ends with the tables, the rows, the history and the log of an undisturbed run.
"""

import argparse
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "servers"))
from libsql_faults import MIGRATIONS, lay_out, rows  # noqa: E402
from sqld import Sqld  # noqa: E402

# After those of the faults: rows that are kept, another rebuild, plain statements.
MORE = {
    "0003_fill": "INSERT INTO a SELECT value, 'row ' || value FROM (WITH RECURSIVE c(value) AS "
                 "(SELECT 2 UNION ALL SELECT value + 1 FROM c LIMIT 3000) SELECT value FROM c);",
    "0004_keep": "ALTER TABLE a ADD COLUMN m integer;--> statement-breakpoint\n"
                 "UPDATE a SET m = id * 2;--> statement-breakpoint\n"
                 "ALTER TABLE a DROP COLUMN n;",
    "0005_rebuild": MIGRATIONS["0002_rebuild"].replace("n text", "m integer")
                                              .replace("'x' FROM", "m FROM"),
    "0006_index": "CREATE INDEX of_m ON a (m);--> statement-breakpoint\nDROP TABLE b;",
}
# And such as go in one request.
for number in range(7, 17):
    MORE[f"{number:04}_plain"] = (f"CREATE TABLE p{number} AS SELECT * FROM a;--> statement-breakpoint\n"
                                  f"UPDATE a SET m = m + {number};")


def start(tidemark: str, folder: pathlib.Path, url: str) -> subprocess.Popen:
    return subprocess.Popen(
        [tidemark, "migrate", "--dialect", "turso", "--out", ".", "--wait", "60", "--url", url],
        cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def finish(run: subprocess.Popen, what: str) -> None:
    said, _ = run.communicate(timeout=120)
    if run.returncode != 0:
        sys.exit(f"{what}: exit {run.returncode}\n{said}")


def all_of(url: str) -> list:
    return rows(url, "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'libsql_%' ORDER BY 1",
                "SELECT count(*), sum(id), sum(m) FROM a",
                "SELECT hash, created_at FROM __drizzle_migrations ORDER BY 2",
                "SELECT tag, state FROM libsql_tidemark_log WHERE statement = 0 ORDER BY 1")


def undisturbed(tidemark: str, folder: pathlib.Path) -> tuple[float, list]:
    with Sqld() as server:
        begun = time.monotonic()
        finish(start(tidemark, folder, server.url), "without a kill")
        return time.monotonic() - begun, all_of(server.url)


def killed(tidemark: str, folder: pathlib.Path, after: float, wanted: list) -> bool:
    """Whether the kill came before the end."""
    with Sqld() as server:
        run = start(tidemark, folder, server.url)
        time.sleep(after)
        run.kill()
        run.communicate()
        finish(start(tidemark, folder, server.url), f"after a kill at {after:.3f} s")
        if (found := all_of(server.url)) != wanted:
            sys.exit(f"after a kill at {after:.3f} s there is\n{found}\nnot\n{wanted}")
        return run.returncode != 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tidemark", required=True)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    tidemark, dice = os.path.abspath(arguments.tidemark), random.Random(arguments.seed)
    with tempfile.TemporaryDirectory(prefix="tidemark-kills-") as parent:
        folder = pathlib.Path(parent)
        lay_out(folder, MIGRATIONS | MORE)
        took, wanted = undisturbed(tidemark, folder)
        died = sum(killed(tidemark, folder, dice.uniform(0, took), wanted)
                   for _ in range(arguments.kills))
    if died == 0:
        sys.exit("no kill came in time")
    print(f"{died} of {arguments.kills} runs were killed within {took:.2f} s; the next run ended "
          "each time as an undisturbed one does")


if __name__ == "__main__":
    main()
