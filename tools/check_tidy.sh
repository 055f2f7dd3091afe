#!/usr/bin/env bash
# The checks of .clang-tidy over every source of src/. Usage: check_tidy.sh BUILD_FOLDER
set -euo pipefail
build=$(realpath "${1:-build/release}")
cd "$(dirname "$0")/.."
run-clang-tidy-16 -quiet -p "$build" -j "$(nproc)" "^$PWD/src/.*\.cc$" >"$build/tidy.log" 2>&1 || {
  grep -E 'error:|warning:' "$build/tidy.log" | sort -u
  exit 1
}
