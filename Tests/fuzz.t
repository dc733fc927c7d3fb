#!/usr/bin/env bash
# usage: Tests/fuzz.t [SECONDS]
# The parser of scripts on inputs that libFuzzer makes up, from all scripts that there are: no crash, no hang, no memory without
# end. 40 seconds by default. An input that fails is kept in build/tests/fuzz; what was found worth keeping, in build/fuzz-corpus.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
exec </dev/null
seconds=${1:-40}
results=$PWD/build/tests/fuzz
rm -rf "$results"
mkdir -p "$results/seeds" build/fuzz-corpus

# Each module is built with coverage, and with AddressSanitizer for the C modules.
KVMDBG_FUZZ=1 swift build -c release --product fuzz --scratch-path build/swift-fuzz -Xswiftc -sanitize=fuzzer,address \
    -Xswiftc -parse-as-library -Xswiftc -use-ld=lld >"$results/build.log" 2>&1
is "$?" 0 "the fuzz target is built" || tail -n 20 "$results/build.log" | sed 's/^/# /'

number=0
for script in Tests/Sessions/*.kdbg Tests/Transcripts/*.kdbg Tests/Fuzz/seeds/*; do
    number=$((number + 1))
    cp "$script" "$results/seeds/$number"
done
# Where no script that an input may name is found. A command that calls itself holds on to itself: that is no leak.
mkdir -p "$results/empty"
export ASAN_OPTIONS=detect_leaks=0
(cd "$results/empty" && timeout "$((seconds + 120))" ../../../swift-fuzz/release/fuzz -max_total_time="$seconds" -timeout=10 \
    -rss_limit_mb=2048 -max_len=4096 -detect_leaks=0 -artifact_prefix="$results/" ../../../fuzz-corpus ../seeds >../run.log 2>&1)
is "$?" 0 "$seconds seconds of made-up scripts" || tail -n 30 "$results/run.log" | sed 's/^/# /'
runs=$(sed -nE 's/^Done ([0-9]+) runs.*/\1/p' "$results/run.log")
is "$([ "${runs:-0}" -gt 1000 ] && echo many)" many "they were many: ${runs:-none}"
