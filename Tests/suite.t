#!/usr/bin/env bash
# lab/suite: one boot for all scripts, whatever becomes of each; and what it tells of them, to prove and to people.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
exec </dev/null
unset TAP_VERSION
work=build/tests/suite
rm -rf "$work"
mkdir -p "$work/logs"

suite() { lab/suite --logs "$work/logs" "$@" >"$scratch/out" 2>"$scratch/err"; echo "$?"; }
top() { grep -E '^(not )?ok|^1\.\.' "$scratch/out" | sed -E 's/^((not )?ok) [0-9]+/\1 N/' | sort; }
summary() { tail -n 1 "$scratch/out"; }

# A program that takes the script for the shell's, and what it says for TAP. So a script can do what no script of kvmdbg can do to it.
cat >"$work/fake" <<'FAKE'
#!/bin/sh
for argument; do
    case $argument in tap:*) exec >"${argument#tap:}" ;; esac
done
. "$argument"
FAKE
chmod +x "$work/fake"
session() { cat >"$work/$1.kdbg"; } # session NAME: its text from standard input
session boot-1 <<'SCRIPT'
echo "ok 1 - $(cat /proc/sys/kernel/random/boot_id) $(nproc)"
echo 1..1
SCRIPT
cp "$work/boot-1.kdbg" "$work/boot-2.kdbg"
(echo '# In the lab: lab/run --smp 3'; cat "$work/boot-1.kdbg") >"$work/boot-other.kdbg"
session crashes <<'SCRIPT'
echo 'ok 1 - until here'
kill -SEGV $$
SCRIPT
session deep <<'SCRIPT'
printf '%s\n' 'TAP version 13' '# Subtest: one' '    not ok 1 - within' '      ---' '      message: "Here."' '      ...' '    1..1' \
    'not ok 1 - one' 'not ok 2 - known # TODO later' '  ---' '  message: "There."' '  ...' 1..2
exit 1
SCRIPT
session fails <<'SCRIPT'
printf '%s\n' 'TAP version 13' '# said: ä €' 'not ok 1 - expect 1 == 2' '  ---' '  message: "This does not hold."' '  ...' 'ok 2' 1..2
echo 'on standard error' >&2
exit 1
SCRIPT
session hangs <<'SCRIPT'
trap '' TERM
echo 'ok 1 - until here'
while :; do sleep 1; done
SCRIPT
session no-plan <<'SCRIPT'
echo 'ok 1'
SCRIPT
session nothing <<'SCRIPT'
SCRIPT
session skipped <<'SCRIPT'
echo '1..0 # SKIP no such register: ä'
exit 4
SCRIPT
session status <<'SCRIPT'
printf '%s\n' 'ok 1' 1..1
exit 2
SCRIPT
session subtests <<'SCRIPT'
printf '%s\n' '# Subtest: one' '    ok 1' '    ok 2' '    1..2' 'ok 1 - one' 'ok 2 - two # SKIP not here' 'not ok 3 # TODO known' 1..3
SCRIPT
session 'with a #, an ä and \ ' <<'SCRIPT'
[ "$9" = 'two  words' ] && printf '%s\n' 'ok 1' 1..1
SCRIPT

is "$(suite -j 2 --timeout 4 --kvmdbg "$work/fake" "$work" -- 'two  words')" 1 "a suite in which something failed exits with 1"
is "$(top)" "$(LC_ALL=C.UTF-8 sort <<'TOP'
1..13
not ok N - crashes
not ok N - deep
not ok N - fails
not ok N - hangs
not ok N - no-plan
not ok N - nothing
not ok N - status
ok N - boot-1
ok N - boot-2
ok N - boot-other
ok N - skipped # SKIP no such register: ä
ok N - subtests
ok N - with a \#, an ä and \\ 
TOP
)" "each script is a point, whatever became of the others"
is "$(summary)" "# 13 scripts with 16 test points: 5 passed, 7 failed, 1 skipped; logs in $PWD/$work/logs" "and the summary counts them"
is "$(cat "$scratch/err")" "" "with nothing besides"
boots=$(sed -nE 's/^    ok 1 - ([-0-9a-f]{36}) [0-9]$/\1/p' "$scratch/out" | sort | uniq -c | awk '{ print $1 }' | sort)
is "$boots" $'1\n2' "one boot serves all scripts but that which wants another lab"
like "$(grep -h '' "$work/logs/boot-other.tap")" "ok 1 - * 3"$'\n'"1..1" "which has what it wants"

point() { sed -n "/^# Subtest: $1\$/,/^# Subtest:/p" "$scratch/out" | sed -E 's/^((not )?ok) [0-9]+/\1 N/; 1!{/^# Subtest/d}' | grep -v '^1\.\.\|^# 13 '; }
is "$(point fails)" "# Subtest: fails
    # said: ä €
    not ok 1 - expect 1 == 2
      ---
      message: \"This does not hold.\"
      ...
    ok 2
    1..2
not ok N - fails
# not ok 1 - expect 1 == 2
#   ---
#   message: \"This does not hold.\"
#   ...
# See $PWD/$work/logs/fails.tap and $PWD/$work/logs/fails.log" "what a script told is its subtest; what failed is told again for those who read no subtests"
is "$(point deep | grep '^#')" "# Subtest: deep
#     not ok 1 - within
#       ---
#       message: \"Here.\"
#       ...
# not ok 1 - one
# See $PWD/$work/logs/deep.tap and $PWD/$work/logs/deep.log" "in subtests as well, but not what is known to fail"
like "$(point crashes)" $'*\n# It was ended by signal SEGV.\n*' "a crash is told"
like "$(point hangs)" $'*\n    ok 1 - until here\nnot ok N - hangs\n# It took longer than it may.\n*' "so is a time limit"
like "$(point status)" $'*\n# It ended with exit status 2.\n*' "and an exit status"
like "$(point no-plan)" $'*\n# No plan found in TAP output\n*' "and TAP that is not complete"
is "$(cd "$work/logs" && cat fails.tap fails.log fails.status hangs.status crashes.status skipped.status)" "TAP version 13
# said: ä €
not ok 1 - expect 1 == 2
  ---
  message: \"This does not hold.\"
  ...
ok 2
1..2
on standard error
1
124
139
4" "each has its files"

prove --norc --failures --comments lab/suite :: --logs "$work/logs" --kvmdbg "$work/fake" "$work"/{boot-1,fails,skipped}.kdbg >"$scratch/out" 2>&1
is "$?" 1 "prove reads it"
like "$(cat "$scratch/out")" "*Failed test:  [123]"$'\n'*"Files=1, Tests=3, *Result: FAIL" "point by point"
like "$(cat "$scratch/out")" '*#   message: "This does not hold."*# 3 scripts with 3 test points: 1 passed, 1 failed, 1 skipped*' "with what failed, and the summary"
prove --norc lab/suite :: --logs "$work/logs" --kvmdbg "$work/fake" "$work"/{boot-1,skipped,subtests}.kdbg >"$scratch/out" 2>&1
is "$?" 0 "and a suite that passes"

# A script that ends the lab, with another beside it.
mkdir "$work/panic"
echo 'sleep 1; echo o >/proc/sysrq-trigger; sleep 60' >"$work/panic/1.kdbg"
cp "$work/boot-1.kdbg" "$work/panic/2.kdbg"
cp "$work/boot-1.kdbg" "$work/panic/3.kdbg"
is "$(suite -j 1 --kvmdbg "$work/fake" "$work/panic")" 1 "a script that ends the lab fails"
is "$(top)" $'1..3\nnot ok N - 1\nok N - 2\nok N - 3' "and the others go on in a new one"
like "$(cat "$scratch/out")" $'*\n# The lab did not come up, or ended while it ran.\n*' "which is told"

# A lab that does not come up.
sed 's/ --smp 3/ --cpu nonsense=true/' "$work/boot-other.kdbg" >"$work/panic/4.kdbg"
is "$(suite --kvmdbg "$work/fake" "$work"/{panic/4,boot-1}.kdbg) $(top)" $'1 1..2\nnot ok N - panic/4\nok N - boot-1' "so do those whose lab comes up"
like "$(cat "$work/logs/panic/4.log")" "*nonsense*" "the log has what the other said"

# Names are paths from what the scripts have in common.
mkdir -p "$work/names/a/inner" "$work/names/b"
for name in a/one a/inner/one b/one; do echo 'echo ok 1; echo 1..1' >"$work/names/$name.kdbg"; done
is "$(suite --kvmdbg "$work/fake" "$work/names/a" "./$work/names/b" "$PWD/$work/names/a/inner/one.kdbg")" 0 "scripts of several folders"
is "$(top)" $'1..3\nok N - a/inner/one\nok N - a/one\nok N - b/one' "are told apart by folders"

for wrong in '' '-j 0 x' '--timeout 1m x' '--nonsense x' "$work/logs" "$work/none.kdbg" "--kvmdbg $work/none $work" "$work/boot-1.kdbg $work/boot-1.kdbg" "--logs $scratch $work"; do
    # shellcheck disable=SC2086 # words
    suite $wrong >"$scratch/status"
    like "$(<"$scratch/status") $(head -n 1 "$scratch/err")" '[12] lab/suite: *' "refused: $(sed "s|$work|WORK|g; s|$scratch|ELSEWHERE|" <<<"$wrong")"
done

# With kvmdbg itself. A hundred trivial scripts, and the time that they take.
mkdir "$work/hundred"
for number in {1..100}; do printf 'load ../../../guests/ebreak.elf\nrun\nexpect stop ebreak at sw_bp_1\n' >"$work/hundred/$number.kdbg"; done
begin=${EPOCHREALTIME/./}
is "$(suite "$work/hundred") $(summary)" "0 # 100 scripts with 100 test points: 100 passed, 0 failed, 0 skipped; logs in $PWD/$work/logs" "a hundred scripts"
echo "# they took $(((${EPOCHREALTIME/./} - begin) / 1000)) ms"
like "$(cat "$work/logs/42.log")" "(kvmdbg) load *"$'\n'"=> 0x8000001c <sw_bp_1>:  ebreak"$'\n'"*" "the log is what is seen of one"
like "$(cat "$work/logs/42.xml")" "<?xml *<testcase *" "and there is JUnit for CI services"

mkdir "$work/endless"
printf '%s\n' 'load ../../../guests/loop.elf' run >"$work/endless/endless.kdbg"
is "$(suite --timeout 2 "$work/endless") $(top) $(cat "$work/logs/endless.status")" $'1 1..1\nnot ok N - endless 124' "a guest that does not end is stopped"
like "$(cat "$scratch/out")" $'*    not ok 1 - run\n*\n    1..1\nnot ok *\n# It took longer than it may.\n*' "with a report that is complete"
