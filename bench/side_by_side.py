"""Runs commands in turn and compares them: A B A B …, medians and ratios.

Whole processes are measured, with the operating system's own accounting. Times on
a shared machine wander; the ratio of runs made side by side does not.
"""

import dataclasses
import os
import statistics
import subprocess
import sys
import time
from typing import Callable, Sequence


@dataclasses.dataclass
class Run:
    seconds: float
    peak_kib: int


@dataclasses.dataclass
class Command:
    name: str
    words: Sequence[str]
    cwd: str
    before: Callable[[], None] = lambda: None  # not measured
    environment: dict | None = None
    stdin: str | None = None  # path of a file

    def run(self) -> Run:
        self.before()
        stdin = open(self.stdin, "rb") if self.stdin else subprocess.DEVNULL
        with subprocess.Popen(self.words, cwd=self.cwd, stdin=stdin, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, env=self.environment) as process:
            start = time.perf_counter()
            output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        if self.stdin:
            stdin.close()
        if process.returncode != 0:
            sys.exit(f"{self.name} failed ({process.returncode}):\n{output.decode(errors='replace')}")
        return Run(seconds, usage.ru_maxrss)


def compare(title: str, ours: Command, peer: Command, runs: int = 7, warm: int = 1) -> float:
    """Prints one row and returns how many times faster ours is."""
    for _ in range(warm):
        ours.run(), peer.run()
    pairs = [(ours.run(), peer.run()) for _ in range(runs)]
    ratio = statistics.median(b.seconds / a.seconds for a, b in pairs)
    mine, other = (statistics.median(run[i].seconds for run in pairs) for i in (0, 1))
    my_peak, other_peak = (statistics.median(run[i].peak_kib for run in pairs) for i in (0, 1))
    print(f"{title:<44} {mine * 1e3:9.1f} ms {other * 1e3:10.1f} ms  {ratio:7.2f}x"
          f"   {my_peak / 1024:6.1f} MB {other_peak / 1024:6.1f} MB  1/{other_peak / my_peak:.1f}",
          flush=True)
    return ratio


def header(ours: str, peer: str) -> None:
    print(f"{'':<44} {ours:>12} {peer:>13}  {'faster':>8}   {'peak memory, both':>19}  share")
