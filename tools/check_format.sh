#!/usr/bin/env bash
# Every source is as clang-format 16 lays it out. `--fix` lays it out.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=(--dry-run --Werror)
[ "${1:-}" = --fix ] && mode=(-i)
find include src tests bench -name node_modules -prune -o \( -name '*.h' -o -name '*.cc' \) -print0 |
  xargs -0 clang-format-16 "${mode[@]}"
