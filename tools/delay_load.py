#!/usr/bin/env python3
"""Writes the assembler file that loads a shared library on its first use.

Every function of the library that the objects call becomes a jump through a
slot. A slot first leads to the resolver, which loads the library and fills all
slots; from then on a call costs one indirect jump, as with the linker's own
tables. src/base/delay_load.h is the other half.
"""

import argparse
import pathlib
import re
import subprocess
import sys


def symbols(nm: str, *arguments: str) -> list[list[str]]:
    out = subprocess.run([nm, *arguments], check=True, capture_output=True, text=True).stdout
    return [line.split() for line in out.splitlines() if line.strip()]


def exported(nm: str, library: str) -> dict[str, tuple[str, int]]:
    """Name -> (kind, size) of what the library defines."""
    found = {}
    for parts in symbols(nm, "-D", "-S", "--defined-only", library):
        name = parts[-1].split("@")[0]
        kind = parts[-2]
        size = int(parts[1], 16) if len(parts) == 4 else 0
        found[name] = (kind, size)
    return found


def undefined(nm: str, objects: list[str]) -> list[str]:
    names = {parts[1] for path in objects for parts in symbols(nm, "-u", path)
             if len(parts) == 2 and parts[0] == "U"}
    return sorted(names)


def of_the_system(nm: str, compiler: str) -> set[str]:
    """What every program has anyway, even where the library has a version of its own."""
    names = set()
    for library in ("libc.so.6", "libm.so.6", "libstdc++.so.6"):
        path = subprocess.run([compiler, f"-print-file-name={library}"], check=True,
                              capture_output=True, text=True).stdout.strip()
        names.update(exported(nm, path))
    return names


def soname(readelf: str, library: str) -> str:
    out = subprocess.run([readelf, "-d", library], check=True, capture_output=True, text=True).stdout
    match = re.search(r"SONAME.*\[(.*)\]", out)
    return match.group(1) if match else pathlib.Path(library).name


X86_64 = {
    "jump": """
{name}:
\tjmp *slot_{index}(%rip)
lazy_{index}:
\tpushq ${index}
\tjmp resolve
""",
    "resolve": """
resolve:
\tpushq %rax
\tpushq %rcx
\tpushq %rdx
\tpushq %rsi
\tpushq %rdi
\tpushq %r8
\tpushq %r9
\tpushq %r10
\tsubq $128, %rsp
\tmovups %xmm0, (%rsp)
\tmovups %xmm1, 16(%rsp)
\tmovups %xmm2, 32(%rsp)
\tmovups %xmm3, 48(%rsp)
\tmovups %xmm4, 64(%rsp)
\tmovups %xmm5, 80(%rsp)
\tmovups %xmm6, 96(%rsp)
\tmovups %xmm7, 112(%rsp)
\tleaq {table}(%rip), %rdi
\tmovq 192(%rsp), %rsi
\tcall tidemark_delay_resolve
\tmovq %rax, %r11
\tmovups (%rsp), %xmm0
\tmovups 16(%rsp), %xmm1
\tmovups 32(%rsp), %xmm2
\tmovups 48(%rsp), %xmm3
\tmovups 64(%rsp), %xmm4
\tmovups 80(%rsp), %xmm5
\tmovups 96(%rsp), %xmm6
\tmovups 112(%rsp), %xmm7
\taddq $128, %rsp
\tpopq %r10
\tpopq %r9
\tpopq %r8
\tpopq %rdi
\tpopq %rsi
\tpopq %rdx
\tpopq %rcx
\tpopq %rax
\taddq $8, %rsp
\tjmp *%r11
""",
}

AARCH64 = {
    "jump": """
{name}:
\tadrp x16, slot_{index}
\tldr x16, [x16, :lo12:slot_{index}]
\tbr x16
lazy_{index}:
\tmov x17, #{index}
\tb resolve
""",
    "resolve": """
resolve:
\tstp x29, x30, [sp, #-224]!
\tmov x29, sp
\tstp x0, x1, [sp, #16]
\tstp x2, x3, [sp, #32]
\tstp x4, x5, [sp, #48]
\tstp x6, x7, [sp, #64]
\tstr x8, [sp, #80]
\tstp q0, q1, [sp, #96]
\tstp q2, q3, [sp, #128]
\tstp q4, q5, [sp, #160]
\tstp q6, q7, [sp, #192]
\tadrp x0, {table}
\tadd x0, x0, :lo12:{table}
\tmov x1, x17
\tbl tidemark_delay_resolve
\tmov x16, x0
\tldp q0, q1, [sp, #96]
\tldp q2, q3, [sp, #128]
\tldp q4, q5, [sp, #160]
\tldp q6, q7, [sp, #192]
\tldp x0, x1, [sp, #16]
\tldp x2, x3, [sp, #32]
\tldp x4, x5, [sp, #48]
\tldp x6, x7, [sp, #64]
\tldr x8, [sp, #80]
\tldp x29, x30, [sp], #224
\tbr x16
""",
}


def assembly(machine: dict[str, str], table: str, file: str, names: list[str],
             storage: list[tuple[str, int]]) -> str:
    out = ["# Made by tools/delay_load.py.", "\t.text"]
    for index, name in enumerate(names):
        out.append(f"\t.globl {name}\n\t.hidden {name}\n\t.type {name}, %function")
        out.append(machine["jump"].format(name=name, index=index).strip("\n"))
    out.append(machine["resolve"].format(table=table).strip("\n"))
    out.append("\t.section .rodata")
    out.append(f'file:\n\t.asciz "{file}"')
    out += [f'name_{index}:\n\t.asciz "{name}"' for index, name in enumerate(names)]
    # The order of struct DelayedLibrary.
    out.append(f"\t.data\n\t.balign 16\n\t.globl {table}\n{table}:")
    out.append(f"\t.quad file, names, slots, {len(names)}, 0")
    out.append("names:\n" + "".join(f"\t.quad name_{i}\n" for i in range(len(names))))
    out.append("slots:\n" + "".join(f"slot_{i}:\n\t.quad lazy_{i}\n" for i in range(len(names))))
    for name, size in storage:
        out.append(f"\t.bss\n\t.balign 16\n\t.globl {name}\n\t.hidden {name}\n{name}:\n\t.zero {size}")
    out.append('\t.section .note.GNU-stack,"",%progbits')
    return "\n".join(out) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--machine", required=True)
    parser.add_argument("--nm", default="nm")
    parser.add_argument("--readelf", default="readelf")
    parser.add_argument("--compiler", default="c++")
    parser.add_argument("--library", required=True)
    parser.add_argument("--table", required=True, help="name of the table for src/base/delay_load.h")
    parser.add_argument("--zero", nargs="*", default=[], help="variables for which zero will do")
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("objects", nargs="+")
    arguments = parser.parse_args()

    machine = {"x86_64": X86_64, "aarch64": AARCH64}.get(arguments.machine)
    if not machine:
        print(f"delay_load: no jumps for {arguments.machine} yet", file=sys.stderr)
        return 1
    library = exported(arguments.nm, arguments.library)
    system = of_the_system(arguments.nm, arguments.compiler)
    needed = [name for name in undefined(arguments.nm, arguments.objects)
              if name in library and name not in system]
    functions = [name for name in needed if library[name][0] in "TWi"]
    variables = [name for name in needed if name not in functions]
    refused = [name for name in variables if name not in arguments.zero]
    if refused:
        print(f"delay_load: variables of {arguments.library} cannot be loaded later: {refused}",
              file=sys.stderr)
        return 1
    storage = [(name, library[name][1]) for name in variables]
    text = assembly(machine, arguments.table, soname(arguments.readelf, arguments.library),
                    functions, storage)
    arguments.output.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
