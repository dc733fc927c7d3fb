#!/usr/bin/env bash
# A lab that does not come up is given up; one that is up has no limit but that of the command.
. "$(dirname -- "${BASH_SOURCE[0]}")/tap.sh"
exec </dev/null

"$run" --boot-timeout 45 -- sh -c 'echo up; sleep 45; echo done; exit 3' >"$scratch/up" 2>&1 &
up=$!

# Without compressed instructions the kernel, which has them, goes no further than its first one.
SECONDS=0
"$run" --cpu c=false --boot-timeout 5 true >"$scratch/out" 2>"$scratch/error"
is "$?" 125 "a boot that never ends: status 125"
like "$(cat "$scratch/error")" "lab/run: the lab did not come up in 5; what it said last:*" "with a message"
[ "$SECONDS" -lt 60 ]; ok "$?" "in about that time"
"$run" --cpu c=false --timeout 3 true >"$scratch/out" 2>"$scratch/error"
is "$? $(cat "$scratch/error")" "124 lab/run: timed out after 3" "a shorter limit of the command comes first"

wait "$up"
is "$? $(tr '\n' ' ' <"$scratch/up")" "3 up done " "the limit is for the boot alone"
