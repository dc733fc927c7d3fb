#!/usr/bin/env bash
# Standard input, output and error pass through the lab unchanged, and so do the arguments.
. "$(dirname -- "${BASH_SOURCE[0]}")/tap.sh"

is "$(printf 'a\nb' | "$run" -- wc -c)" 3 "a pipe's content and its end reach the command"
is "$("$run" -- wc -c </dev/null)" 0 "so does an input without content"
is "$("$run" -- wc -c <&-)" 0 "so does a closed input"
printf 'from a file\n' >"$scratch/input"
is "$("$run" -- cat <"$scratch/input")" "from a file" "so does a file"

head -c 3000000 /dev/urandom >"$scratch/bytes"
"$run" -- sh -c 'tee /dev/stderr' <"$scratch/bytes" >"$scratch/out" 2>"$scratch/err"
cmp "$scratch/bytes" "$scratch/out" >&2
ok "$?" "3 MB of any bytes come out of standard output as they went in"
cmp "$scratch/bytes" "$scratch/err" >&2
ok "$?" "and out of standard error"

"$run" -- sh -c 'echo one; echo two >&2; echo three >/dev/stderr; echo four >/dev/stdout' \
    </dev/null >"$scratch/out" 2>"$scratch/err"
is "$(cat "$scratch/out")" $'one\nfour' "standard output holds what was written to it, in order"
is "$(cat "$scratch/err")" $'two\nthree' "standard error is apart from it"

# The answer to a line arrives while the input is still open.
# shellcheck disable=SC2016 # for the shell in the lab
coproc lab { "$run" -- sh -c 'while read -r line; do echo "got $line"; done'; }
pid=$!
echo first >&"${lab[1]}"
read -r -t 20 answer <&"${lab[0]}"
is "$answer" "got first" "output is passed on while the command runs"
eval "exec ${lab[1]}>&-"
wait "$pid"
is "$?" 0 "and the command sees the end of the input"

# shellcheck disable=SC2016 # not to be expanded anywhere
arguments=('two  words' "it's \"quoted\"" '' $'line\nbreak' '$HOME `x` \ * ?' 'é' '-n')
"$run" -- printf '<%s>' "${arguments[@]}" </dev/null >"$scratch/out"
is "$(cat "$scratch/out")" "$(printf '<%s>' "${arguments[@]}")" "every kind of argument arrives"

"$run" -- sh -c 'while echo line; do :; done' </dev/null 2>/dev/null | head -n 1 >"$scratch/out"
is "${PIPESTATUS[0]} $(cat "$scratch/out")" "141 line" "a reader that goes away ends the run"
