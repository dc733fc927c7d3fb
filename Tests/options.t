#!/usr/bin/env bash
# --timeout limits a whole run, whatever it does; --define sets variables.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
exec </dev/null

mkdir -p build/tests
cat >build/tests/limited.kdbg <<KDBG
load ../guests/hang.elf
expect 1
defer echo cleaned up\\n
set timeout 1h
run
expect stop timeout
KDBG
# In one lab: real guests.
# shellcheck disable=SC2016 # for the shell in the lab, and kvmdbg's variables
"$run" -- sh -c '
    tell() { "$@" >/tmp/out 2>/tmp/err; echo "$? $(tr "\n" "~" </tmp/out)| $(tr "\n" "~" </tmp/err)"; }
    kvmdbg=build/riscv64/kvmdbg guest=build/guests/hang.elf
    tell $kvmdbg --timeout 3s --batch -e run -e "echo not carried out" $guest
    tell $kvmdbg --timeout 3s --report tap --script "$1"
    tell $kvmdbg --timeout 3s --batch -e start -e "expect error /x/ expect console \"x\" within 1h" $guest
    tell $kvmdbg --timeout 1h --batch -e "set timeout 500ms" -e run $guest
    tell $kvmdbg --timeout 3s --batch -e "break *&hang if 0" -e run $guest
' limits build/tests/limited.kdbg >"$scratch/said" 2>&1
mapfile -t said <"$scratch/said"
over='The 3s of the whole run (--timeout) are over.'
like "${said[0]}" "124 The time limit was over at 0x80000002 *| $over~*" "a guest that hangs is stopped, and the run ends"
like "${said[1]}" "124 TAP version 1?~*ok 1 - expect 1~*not ok 2 - run~*message: \"$over\"~*cleaned up~*1..2~| " "what was deferred is carried out, and the report is complete"
like "${said[2]}" "124 *| $over~*" "what is expected to fail is over, too"
like "${said[3]}" '124 *| The guest ran for 500ms, the time limit of a command (set timeout).~*' "the shorter limit counts"
like "${said[4]}" "124 *| $over~*" "a condition that never holds does not hold it up"

tell() { "$@" >"$scratch/out" 2>"$scratch/err"; echo "$? $(tr '\n' '~' <"$scratch/out")| $(tr '\n' '~' <"$scratch/err")"; }
host=build/kvmdbg
like "$(tell $host --timeout 0 --batch -e 'echo one')" '124 | The 0ms of the whole run (--timeout) are over.~*' "no time at all"
like "$(tell $host --timeout 1h --batch -e 'echo one')" '0 one~| ' "time enough"
like "$(tell $host --timeout soon --batch)" '2 | kvmdbg: "soon" is no time: *' "no time"
like "$(tell $host --timeout 1s)" '2 | kvmdbg: --timeout is for a run without a prompt: *' "not for a prompt"
# shellcheck disable=SC2016 # kvmdbg's variables
{
    like "$(tell $host --define n=0x10 --define s=a=b --define f=-1.5 --batch -e 'print $n' -e 'print $s' -e 'print $f')" \
        '0 $1 = 16~$2 = "a=b"~$3 = -1.5~| ' "numbers and strings"
    like "$(tell $host --define pc=1 --batch)" '2 | kvmdbg: $pc is a register: *' "no register"
    like "$(tell $host --define 1n=1 --batch)" '2 | kvmdbg: "1n" is no name of a variable: *' "no name"
    like "$(tell $host --define n --batch)" '2 | kvmdbg: "n" has no equals sign: *' "no value"
    like "$(tell $host --define random=1 --batch)" '1 | `$random` is another number each time; *' "not what is set by itself"
    like "$(A=b tell $host --batch -e 'print $env("A")')" '0 $1 = "b"~| ' "the environment"
}
