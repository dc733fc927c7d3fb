#!/usr/bin/env bash
# A command line that makes no sense is refused before anything is started.
. "$(dirname -- "${BASH_SOURCE[0]}")/tap.sh"
exec </dev/null

refused() { # refused TEXT ARG...
    local text=$1
    shift
    "$run" "$@" >"$scratch/out" 2>"$scratch/error"
    is "$?" 2 "refused with status 2: $*"
    like "$(cat "$scratch/error")" "*$text*usage: lab/run*" "it says why: $text"
}
refused "no command"
refused "no command" --
refused "no such option: --nonsense" --nonsense true
refused "no such option: -s" -s 2 true
refused "--smp needs a value" --smp
for bad in 0 -1 two 33 1.5 ''; do refused "--smp $bad" --smp "$bad" true; done
for bad in 0 12 lots 1GB -1G ''; do refused "--memory $bad" --memory "$bad" true; done
for bad in v v= 'v=true;'; do refused "--cpu $bad" --cpu "$bad" true; done
for bad in 0 -1 soon 1x 1.s; do refused "--timeout $bad" --timeout "$bad" true; done
for bad in 0 -1 soon 1x 1.s ''; do refused "--boot-timeout $bad" --boot-timeout "$bad" true; done

like "$("$run" --help)" "usage: lab/run*--smp*--memory*--cpu*--timeout*--boot-timeout*" "--help shows the usage"

XDG_CACHE_HOME=$scratch "$run" true 2>"$scratch/error"
is "$?" 1 "without the lab's files there is no run"
like "$(cat "$scratch/error")" "*To fetch it: make lab" "and the message says how to get them"
