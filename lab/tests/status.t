#!/usr/bin/env bash
# The command's exit status comes back, as do a signal that killed it and a limit that it ran into.
. "$(dirname -- "${BASH_SOURCE[0]}")/tap.sh"
exec </dev/null

status_of() { "$run" "$@" >/dev/null 2>"$scratch/error"; echo "$?"; }

begin=${EPOCHREALTIME/./}
is "$(status_of true)" 0 "true exits with 0"
took=$(((${EPOCHREALTIME/./} - begin) / 1000))
# Told and not judged: a machine that others use can be ten times as slow.
echo "# true took $took ms"

is "$(status_of -- sh -c 'exit 7')" 7 "a status comes back"
# shellcheck disable=SC2016 # for the shell in the lab
is "$(status_of -- sh -c 'kill -SEGV $$')" 139 "a signal comes back as 128 + its number"
is "$(status_of -- no-such-command)" 127 "a command that does not exist gives 127"
like "$(cat "$scratch/error")" "*no-such-command*" "and is named"

begin=${EPOCHREALTIME/./}
is "$(status_of --timeout 3s -- sleep 60)" 124 "a command that outlasts --timeout gives 124"
took=$(((${EPOCHREALTIME/./} - begin) / 1000))
[ "$took" -ge 3000 ] && [ "$took" -lt 5000 ]
ok "$?" "after 3 s, and not much later ($took ms)"
is "$(status_of --timeout 1m true)" 0 "a command that ends in time is not disturbed by --timeout"
is "$(status_of -- sh -c 'sleep 60 & exit 3')" 3 "what the command leaves running keeps nothing waiting"

"$run" -- sh -c 'exit 4' & first=$!
"$run" -- sh -c 'exit 5' & second=$!
wait "$first"
is "$?" 4 "two labs at the same time: the first one's status"
wait "$second"
is "$?" 5 "two labs at the same time: the second one's status"
