#!/usr/bin/env python3
"""Types the commands of a README, in a copy of its folder, and compares what they print.

In a ```console block, `$ ` starts a command; the lines below it, if there are any, are
what it must print, where `…` stands for any text and a line of `…` alone for any lines;
`? 3` is the exit code expected instead of 0. Commands share one shell, so `export` and
`cd` last. `createdb` and `postgres:///name` find the server of TIDEMARK_TEST_PG.

Usage: type_readme.py README.md --tidemark build/release/tidemark
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

MARK = "\x1e"


class Step:
    def __init__(self, command: str):
        self.command = command
        self.expected: list[str] = []
        self.code = 0


def steps_of(readme: str) -> list[Step]:
    steps: list[Step] = []
    for block in re.findall(r"^```console\n(.*?)^```", readme, re.M | re.S):
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append(Step(line[2:]))
            elif line.startswith("? "):
                steps[-1].code = int(line[2:])
            else:
                steps[-1].expected.append(line)
    return steps


def matches(expected: list[str], output: str) -> bool:
    pattern = ""
    for line in expected:
        if line.strip() == "…":
            pattern += "(?:[^\n]*\n)*?"
        else:
            pattern += "[^\n]*".join(re.escape(part) for part in line.split("…")) + "\n"
    return re.fullmatch(pattern, output.strip("\n") + "\n") is not None


def run(steps: list[Step], folder: pathlib.Path, environment: dict) -> int:
    shell = subprocess.Popen(["bash"], cwd=folder, env=environment, text=True,
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT)
    failures = 0
    for step in steps:
        # Nobody is there to answer a question.
        shell.stdin.write(f"{{ {step.command}\n}} </dev/null; printf '\\n{MARK}%d\\n' $?\n")
        shell.stdin.flush()
        output = []
        while not (line := shell.stdout.readline()).startswith(MARK):
            if not line:
                sys.exit(f"the shell ended at: {step.command}")
            output.append(line)
        printed, code = "".join(output)[:-1], int(line[1:])
        wrong = code != step.code or (step.expected and not matches(step.expected, printed))
        print(f"{'FAILED' if wrong else 'ok'}  $ {step.command.splitlines()[0]}")
        if wrong:
            failures += 1
            print(f"  exit code {code}, expected {step.code}; printed:\n{printed}")
            if step.expected:
                print("  expected:\n" + "\n".join(step.expected))
    shell.stdin.close()
    shell.wait()
    return failures


def libpq_variables(url: str) -> dict:
    parts = urllib.parse.urlsplit(url)
    query = dict(urllib.parse.parse_qsl(parts.query))
    return {"PGHOST": query.get("host", parts.hostname), "PGUSER": parts.username}


def create_databases_anew(steps: list[Step], environment: dict) -> None:
    for step in steps:
        if step.command.startswith("createdb "):
            subprocess.run(["dropdb", "--if-exists", *step.command.split()[1:]], env=environment,
                           check=True, stderr=subprocess.DEVNULL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readme", type=pathlib.Path)
    parser.add_argument("--tidemark", type=pathlib.Path, required=True)
    arguments = parser.parse_args()

    steps = steps_of(arguments.readme.read_text())
    if not steps:
        sys.exit(f"{arguments.readme} has no commands")
    environment = dict(os.environ)
    environment["PATH"] = f"{arguments.tidemark.resolve().parent}:{environment['PATH']}"
    environment.pop("DATABASE_URL", None)
    if "TIDEMARK_TEST_PG" in environment:
        environment |= libpq_variables(environment["TIDEMARK_TEST_PG"])
    create_databases_anew(steps, environment)
    with tempfile.TemporaryDirectory(prefix="tidemark-example-") as parent:
        folder = pathlib.Path(parent) / "project"
        environment["TIDEMARK_CACHE"] = str(pathlib.Path(parent) / "cache")
        if arguments.readme.resolve().parent.parent.name == "examples":
            shutil.copytree(arguments.readme.parent, folder)
        else:
            folder.mkdir()
        failures = run(steps, folder, environment)
    print(f"{len(steps) - failures} of {len(steps)} commands did what {arguments.readme} says")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
