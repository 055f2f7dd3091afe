#!/usr/bin/env python3
"""Turns files into a C++ source that holds their bytes.

Strings are written in pieces because compilers limit the length of one literal.
"""

import argparse
import pathlib

PIECE = 8000


def literal(data: bytes) -> str:
    pieces = []
    for start in range(0, max(len(data), 1), PIECE):
        text = "".join(escape(byte) for byte in data[start : start + PIECE])
        pieces.append(f'"{text}"')
    return "\n    ".join(pieces)


def escape(byte: int) -> str:
    char = chr(byte)
    if char in '"\\?':
        return "\\" + char
    if 32 <= byte < 127:
        return char
    return f"\\{byte:03o}"


HEADER = """#pragma once
#include <string_view>
namespace tidemark::embedded {{
/// The bytes of an embedded file; empty when there is none of that path.
std::string_view {namespace}(std::string_view path);
}}
"""

SOURCE = """// Made by tools/embed.py.
#include "embedded/{namespace}.h"

#include <array>
#include <utility>

namespace tidemark::embedded {{
namespace {{
using File = std::pair<std::string_view, std::string_view>;
const std::array<File, {count}> files = {{{{
{entries}
}}}};
}}  // namespace

std::string_view {namespace}(std::string_view path) {{
  for (const File& file : files)
    if (file.first == path) return file.second;
  return {{}};
}}
}}  // namespace tidemark::embedded
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--namespace", required=True)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()

    entries = []
    for name in arguments.files:
        data = (arguments.root / name).read_bytes()
        entries.append(f'    File{{"{name}", {{{literal(data)}, {len(data)}}}}},')
    arguments.output.mkdir(parents=True, exist_ok=True)
    namespace = arguments.namespace
    (arguments.output / f"{namespace}.h").write_text(HEADER.format(namespace=namespace))
    (arguments.output / f"{namespace}.cc").write_text(
        SOURCE.format(namespace=namespace, count=len(entries), entries="\n".join(entries))
    )


if __name__ == "__main__":
    main()
