#!/usr/bin/env python3
"""Runs a program on a terminal and answers its rename questions.

answer.py DOWNS COMMAND…   DOWNS is a JSON list: for each question, how many times
to press the arrow down before Enter. Ends with the program's exit code.
"""

import json
import os
import pty
import re
import select
import sys
import time

ANSI = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
DECIDED = re.compile(rb"will be (created|renamed)")


def main() -> int:
    downs = json.loads(sys.argv[1])
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(sys.argv[2], sys.argv[2:])
    output = b""
    answered = 0
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        ready, _, _ = select.select([terminal], [], [], 0.05)
        if ready:
            try:
                chunk = os.read(terminal, 65536)
            except OSError:
                break
            if not chunk:
                break
            output += chunk
            continue
        # Quiet: either it computes, or it waits for the next answer.
        text = ANSI.sub(b"", output)
        decided = len(DECIDED.findall(text))
        asked = text.rfind(b"created or renamed") > text.rfind(b"will be")
        if answered < len(downs) and decided >= answered and asked:
            for _ in range(downs[answered]):
                os.write(terminal, b"\x1b[B")
                time.sleep(0.05)
            os.write(terminal, b"\r")
            answered += 1
            time.sleep(0.05)
    _, status = os.waitpid(pid, 0)
    sys.stdout.buffer.write(ANSI.sub(b"", output))
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
