#!/usr/bin/env bash
# However a run is ended, nothing of it keeps running.
. "$(dirname -- "${BASH_SOURCE[0]}")/tap.sh"
export TMPDIR=$scratch

# A run in a session of its own, so that its processes can be counted; with an input that stays open.
mkfifo "$scratch/input"
begin() {
    rm -f "$scratch/out"
    setsid env --default-signal=INT,HUP "$run" -- sh -c 'echo up; sleep 300' <"$scratch/input" >"$scratch/out" 2>&1 &
    pid=$!
    exec 8>"$scratch/input"
    for _ in {1..200}; do
        [ -s "$scratch/out" ] && break
        sleep 0.1
    done
}
left() { # how many processes are left, within 3 s
    for _ in {1..30}; do
        [ "$(pgrep -c -s "$pid")" = 0 ] && break
        sleep 0.1
    done
    pgrep -c -s "$pid"
}

for signal in TERM INT HUP KILL; do
    begin
    is "$(cat "$scratch/out")" up "a run is under way"
    processes=$(pgrep -c -s "$pid")
    [ "$processes" -ge 3 ]
    ok "$?" "it has processes ($processes)"
    kill -s "$signal" "$pid"
    wait "$pid" 2>/dev/null
    is "$?" $((128 + $(kill -l "$signal"))) "SIG$signal ends it"
    is "$(left)" 0 "and leaves no process behind"
    exec 8>&-
    [ "$signal" = KILL ] || is "$(find "$scratch" -name 'kvmdbg-lab.*')" "" "and no file"
done
