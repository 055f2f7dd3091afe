#!/usr/bin/env bash
# The checks of .clang-tidy over every source of src/ but the unit tests, whose own headers
# would take a third of the time. Sources that a unity build reads together are checked
# together: each for itself, clang would read the same headers four hundred times.
# Usage: check_tidy.sh BUILD_FOLDER
set -euo pipefail
build=$(realpath "${1:-build/release}")
cd "$(dirname "$0")/.."
# SpiderMonkey's headers ask for builtins that clang-tidy does not own up to; what
# includes them stands APART.
wrappers='source/script/(interpreter|make_script_cache|caller_natives|natives|script_cache|text_of|thrown|units)'
run-clang-tidy-16 -quiet -p "$build" -j "$(nproc)" \
  "^$PWD/src/(?!$wrappers\.cc)(?!.*_test\.cc).*\.cc$" \
  "^$build/src/.*/tidemark[a-z_]*\.dir/Unity/.*\.cxx$" >"$build/tidy.log" 2>&1 || {
  grep -E 'error:|warning:' "$build/tidy.log" | sort -u
  exit 1
}
