#!/usr/bin/env bash
# Reports as programs read them: prove, a JUnit schema, the kernel's way to read KTAP, a JSON schema; also of runs that are
# killed, interrupted, skipped, or that cannot write. Records and transcripts of sessions.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
exec </dev/null
repository=$PWD kvmdbg=$PWD/build/kvmdbg
# prove of Debian 12 takes no later version than 13.
export TAP_VERSION=13

# The reports of NAME in a folder, one in each format; whether each is what its readers take.
prove_reads() { prove -e cat "$1" >"$scratch/prove" 2>&1; }
# The schema that Jenkins publishes, and our own, which is stricter.
published=$(lab/junit-schema)
junit_holds() { xmllint --noout --schema "$published" "$1" >/dev/null 2>&1 && xmllint --noout --schema Tests/reports/junit.xsd "$1" >/dev/null 2>&1; }
ktap_holds() { Tests/reports/ktap.py "$1" >"$scratch/ktap"; }
json_holds() { Tests/reports/events.py "$1" >"$scratch/json"; }
all_hold() { # all_hold FOLDER TEXT
    junit_holds "$1/junit"; ok "$?" "$2: junit"
    ktap_holds "$1/ktap"; ok "$?" "$2: ktap"
    json_holds "$1/json"; ok "$?" "$2: json"
}
reports() { # reports FOLDER: the options for a report in each format
    mkdir -p "$1"
    options=(--report tap:"$1/tap" --report ktap:"$1/ktap" --report junit:"$1/junit" --report json:"$1/json" --report human:"$1/human")
}

# What a script does without a guest, on this machine.
script() { cat >"$scratch/$1.kdbg"; }
script nothing <<<'echo hello\n'
script passes <<<$'expect 1\nexpect 1 == 1  # a comment\n'
script fails <<<$'expect 1\nexpect "a # \\"b\\" \\\\ <&>" == "\\x01"\n'
script error <<<$'expect 1\nprint 1/0\n'
script syntax <<<$'expect 1\nnonsense # <&>\n'
script skipped <<<$'require cap SET_GUEST_DEBUG\n'
script later <<<$'expect 1\nrequire cap SET_GUEST_DEBUG\n'
script tests <<'END'
expect 1
test "one # \"x\" \\ <&> ]]>"
  expect 1
  note "a note # <&>"
end
test "two"
  expect 1
  expect 0
end
test "three"
  skip "for \"no\" reason # <&>"
end
test "four"
  todo "bug # 5"
  print 1/0
end
test "control \x01\e[1m"
  pass "it # \x02"
end
test ""
end
END
script allskipped <<'END'
test "one"
  skip "no"
end
test "two"
  require cap SET_GUEST_DEBUG
end
END
for case in nothing:0:0 passes:0:0 fails:1:1 error:1:1 syntax:2:1 skipped:4:0 later:4:0 tests:1:1 allskipped:4:0; do
    IFS=: read -r name status proved <<<"$case"
    reports "$scratch/$name"
    "$kvmdbg" "${options[@]}" --script "$scratch/$name.kdbg" >"$scratch/$name/out" 2>&1
    is "$?" "$status" "$name: exit status $status"
    prove_reads "$scratch/$name/tap"; is "$((! ! $?))" "$proved" "$name: prove's verdict"
    all_hold "$scratch/$name" "$name"
    # What stood on standard output is what the human report in the file says, which was told the same.
    is "$(cat "$scratch/$name/out")" "$(cat "$scratch/$name/human")" "$name: with reports in files, standard output has the human one"
done
is "$(grep -c '<failure' "$scratch/fails/junit") $(grep -c '<error' "$scratch/error/junit") $(grep -c '<error' "$scratch/syntax/junit")" \
    "1 1 1" "an expectation is a failure, what cannot be carried out or understood is an error"

is "$(grep -c '<testcase' "$scratch/tests/junit") $(grep -c '<skipped' "$scratch/tests/junit") $(grep -c '<failure' "$scratch/tests/junit")" \
    "7 2 1" "each test is a case, and so is what is outside"
like "$(tail -n 2 "$scratch/tests/human")" $'6 tests: 3 passed, 1 failed, 1 failed as is known, 1 skipped.\n4 expectations held.' \
    "a person sees a summary"

# One at a time on standard output, in whatever format.
for format in human tap ktap junit json; do
    "$kvmdbg" --report "$format" --script "$scratch/passes.kdbg" >"$scratch/one" 2>&1
    cp "$scratch/one" "$scratch/one.$format"
done
prove_reads "$scratch/one.tap"; ok "$?" "tap on standard output"
junit_holds "$scratch/one.junit"; ok "$?" "junit on standard output"
ktap_holds "$scratch/one.ktap"; ok "$?" "ktap on standard output"
json_holds "$scratch/one.json"; ok "$?" "json on standard output"

# What cannot be.
refused() { # refused TEXT OPTION...
    local text=$1
    shift
    "$kvmdbg" "$@" --batch -e 'echo ran\n' >"$scratch/out" 2>"$scratch/err"
    is "$? $(cat "$scratch/out")" "2 " "$text: status 2, and nothing is run"
    [ "$(wc -l <"$scratch/err")" = 1 ]; ok "$?" "and a sentence: $(cat "$scratch/err")"
}
refused "two reports on standard output" --report tap --report json
refused "two reports in one file" --report tap:"$scratch/same" --report json:"$scratch/same"
refused "no file behind the colon" --report tap:
refused "an unknown format" --report xml:"$scratch/x"
refused "a file that cannot be made" --report tap:/nonexistent/x
refused "a document that cannot be made" --report junit:/nonexistent/x
refused "no status" --skip-status 256
refused "a record of no prompt" --record "$scratch/record"
[ ! -e "$scratch/x" ]; ok "$?" "and no file is left"
"$kvmdbg" --report json </dev/null >"$scratch/out" 2>&1
is "$?" 2 "a report on standard output beside a prompt is refused"
"$kvmdbg" --report json:/dev/full --batch -e 'print 1' >"$scratch/out" 2>&1
like "$? $(cat "$scratch/out")" '1 *"/dev/full"*No space left*' "a report that is lost is told: status 1"
"$kvmdbg" --report junit:/dev/full --batch -e 'print 1' >"$scratch/out" 2>&1
like "$? $(cat "$scratch/out")" '1 *"/dev/full"*No space left*' "so is a document"
echo old >"$scratch/old"
ln -s old "$scratch/link"
"$kvmdbg" --report junit:"$scratch/link" --batch -e 'expect 1' >/dev/null
[ "$(head -c 5 "$scratch/link")" = "<?xml" ]; ok "$?" "a document takes the place of an older one"

# Exit status.
"$kvmdbg" --skip-status 77 --script "$scratch/skipped.kdbg" >/dev/null 2>&1; is "$?" 77 "--skip-status 77"
"$kvmdbg" --skip-status 0 --script "$scratch/fails.kdbg" >/dev/null 2>&1; is "$?" 1 "--skip-status is for what is skipped alone"
"$kvmdbg" --require-kvm --report tap --script "$scratch/skipped.kdbg" >"$scratch/out" 2>&1
like "$? $(cat "$scratch/out")" $'1 TAP*\nnot ok 1 - require cap SET_GUEST_DEBUG\n*message: "*KVM*"*' "--require-kvm: no KVM is a failure, with the reason"
"$kvmdbg" --require-kvm --script "$scratch/passes.kdbg" >/dev/null 2>&1; is "$?" 0 "but not of what needs none"
HARNESS_ACTIVE=1 "$kvmdbg" --script "$scratch/skipped.kdbg" >"$scratch/out" 2>&1
like "$? $(cat "$scratch/out")" '0 TAP version 13*1..0 # SKIP*' "under a harness: TAP, and what is skipped has the status 0"
HARNESS_ACTIVE=1 "$kvmdbg" --script "$scratch/fails.kdbg" >/dev/null 2>&1; is "$?" 1 "what failed has not"
HARNESS_ACTIVE=1 "$kvmdbg" --report human --script "$scratch/skipped.kdbg" >"$scratch/out" 2>&1
like "$? $(cat "$scratch/out")" '4 *Skipped: *' "with --report all is as it is asked for"
HARNESS_ACTIVE=1 "$kvmdbg" --skip-status 9 --script "$scratch/skipped.kdbg" >/dev/null 2>&1; is "$?" 9 "and so it is with --skip-status"
prove -e "$kvmdbg --script" "$scratch/passes.kdbg" "$scratch/nothing.kdbg" "$scratch/skipped.kdbg" >"$scratch/out" 2>&1
like "$? $(cat "$scratch/out")" $'0 *skipped: *Result: PASS' "prove -e 'kvmdbg --script' works as it is"

# A record replays, wherever it lies and from wherever.
mkdir -p "$scratch/a folder" "$scratch/elsewhere"
printf 'echo sourced\\n\n' >"$scratch/a folder/inner.kdbg"
(
    cd "$scratch/a folder" || exit
    # shellcheck disable=SC2016 # a variable of kvmdbg
    "$kvmdbg" -n --memory 64M --record "$scratch/elsewhere/record.kdbg" --transcript "$scratch/transcript" \
        -e 'set $x = 1' "$repository/build/guests/ebreak.elf" >"$scratch/out" 2>"$scratch/err" <<'END'
print $x + 1
nonsense
print 1/0
source inner.kdbg

dump value "out file" $x + 2
break sw_bp_1
commands
  silent
  source inner.kdbg
end
print $x   # with a comment
END
)
is "$?" 2 "a session with mistakes"
expected="# Recorded by $("$kvmdbg" --version). To replay: kvmdbg --memory=67108864 --script FILE
load $repository/build/guests/ebreak.elf
set \$x = 1
print \$x + 1
# failed: print 1/0
source \"$scratch/a folder/inner.kdbg\"
dump value \"$scratch/a folder/out file\" \$x + 2
break sw_bp_1
commands
  silent
  source \"$scratch/a folder/inner.kdbg\"
end
print \$x"
is "$(cat "$scratch/elsewhere/record.kdbg")" "$expected" "is recorded without them, with absolute names"
rm "$scratch/a folder/out file"
"$kvmdbg" --script "$scratch/elsewhere/record.kdbg" >"$scratch/replayed" 2>&1
is "$?" 0 "the record is a script that replays"
[ -e "$scratch/a folder/out file" ]; ok "$?" "in the files that were meant"
expected="(kvmdbg) print \$x + 1
\$1 = 2
(kvmdbg) nonsense
There is no command \"nonsense\". \"help\" lists them.
  nonsense
  ^~~~~~~~
(kvmdbg) print 1/0
Division by zero.
  print 1/0
          ^
(kvmdbg) source inner.kdbg
sourced
(kvmdbg)
(kvmdbg) dump value \"out file\" \$x + 2
(kvmdbg) break sw_bp_1
Breakpoint 1 at 0x8000001c <sw_bp_1>
(kvmdbg) commands
>  silent
>  source inner.kdbg
>end
(kvmdbg) print \$x   # with a comment
\$2 = 1"
is "$(sed 's/ *$//' "$scratch/transcript")" "$expected" "a transcript has what was typed, what was said, and the errors"

# In the lab: a guest that does not end, a run that is killed in mid-test, one that is interrupted.
results=build/tests/reports
rm -rf "$results"
mkdir -p "$results"
# shellcheck disable=SC2016 # for the shell in the lab
"$run" -- sh -c '
    results=$1
    export TAP_VERSION=13
    all() { # all NAME: the options
        mkdir -p "$results/$1"
        echo "--report tap:$results/$1/tap --report ktap:$results/$1/ktap --report junit:$results/$1/junit --report json:$results/$1/json"
    }
    session=/run/endless.kdbg
    printf "load %s/build/guests/loop.elf\nstart\nexpect 1\nrun\n" "$PWD" >$session
    for name in killed interrupted; do
        timeout 60 build/riscv64/kvmdbg $(all $name) --script $session >"$results/$name/out" 2>&1 &
        # Until it runs, and a moment more.
        for second in 1 2 3 4 5 6 7 8 9; do
            sleep 1
            ! grep -q "\"command\":\"run\"" "$results/$name/json" || break
        done
        kvmdbg=$(pidof kvmdbg)
        if [ $name = killed ]; then kill -9 $kvmdbg; else kill -INT $kvmdbg; fi
        wait $!
        echo $? >"$results/$name/status"
    done
    printf "load %s/build/guests/loop.elf\nstart\nrequire register v0\n" "$PWD" >/run/register.kdbg
    build/riscv64/kvmdbg --require-kvm --script /run/register.kdbg >/dev/null 2>&1
    echo $? >"$results/require"
    mv /dev/kvm /dev/kvm-away
    build/riscv64/kvmdbg --require-kvm --script /run/register.kdbg >/dev/null 2>"$results/without"
    echo $? >>"$results/without"
' reports "$results" >"$scratch/lab" 2>&1 || sed 's/^/# /' "$scratch/lab"
is "$(cat "$results/killed/status")" 137 "kill -9 in mid-run"
! prove_reads "$results/killed/tap"; ok "$?" "what is in the file is no success for prove"
like "$(cat "$results/killed/tap")" $'TAP version 13\n*\nok 1 - expect 1\n*\(kvmdbg\) run*' "though all that was told is there"
! ktap_holds "$results/killed/ktap"; ok "$?" "nor for the kernel's reader"
[ ! -e "$results/killed/junit" ]; ok "$?" "there is no document"
like "$(tail -n 1 "$results/killed/json")" '{"event":"command",*"command":"run"}' "the last event is whole"
is "$(cat "$results/interrupted/status")" 130 "Ctrl-C in mid-run"
prove_reads "$results/interrupted/tap"; is "$?" 1 "is a failure for prove"
all_hold "$results/interrupted" "interrupted"
like "$(cat "$results/interrupted/junit")" '*<error message="Interrupted." type="interrupted">*registers:*pc *code:*=&gt; *exits:*' "with the guest's state"
is "$(cat "$results/require")" 4 "--require-kvm: what else is missing is skipped"
like "$(cat "$results/without")" $'*/dev/kvm*\n1' "--require-kvm: no /dev/kvm is a failure"
