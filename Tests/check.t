#!/usr/bin/env bash
# --check: all that is wrong in a script and what it sources, without carrying anything out and without KVM.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
exec </dev/null
kvmdbg=$PWD/build/kvmdbg

cat >"$scratch/wrong.kdbg" <<'END'
prnt 3
expect $foo == 1
print 1 +
if 1
  steppi
else if
  print $a9
end
else
stepi 1 2
require cap
while $a0
  loop_break
end
loop_continue
set $once = 3
print $once + $onec
expect $scuase == 3
source inner.kdbg
source inner.kdbg
source missing.kdbg
end
echo carried out\n
commands
echo x
END
# shellcheck disable=SC2016 # registers
printf 'foo\nnexti $q\nreg 12' >"$scratch/inner.kdbg"
cd "$scratch" || exit
"$kvmdbg" --check --script wrong.kdbg >out 2>err
is "$?" 2 "a script in which much is wrong has the status of a syntax error"
is "$(cat out)" '' "nothing of it is carried out"
# shellcheck disable=SC2016 # what is said of registers
is "$(grep -E '^[^ ]+kdbg:' err)" \
'inner.kdbg:1:1: There is no command "foo". "help" lists them.
inner.kdbg:2:7: $q is no register, and is not set anywhere here.
wrong.kdbg:1:1: There is no command "prnt". Did you mean print, printf?
wrong.kdbg:2:8: $foo is no register, and is not set anywhere here.
wrong.kdbg:3:10: The expression ends too early: a number, `$name`, symbol or `(` is missing here.
wrong.kdbg:5:3: There is no command "steppi". Did you mean stepi?
wrong.kdbg:6:8: An expression is missing.
wrong.kdbg:7:9: $a9 is no register, and is not set anywhere here. Did you mean $a0, $a1, $a2?
wrong.kdbg:9:1: "else" stands only between "if" and its "end".
wrong.kdbg:10:9: Here an operator or the end is expected.
wrong.kdbg:11:12: The name of a capability is missing.
wrong.kdbg:15:1: This stands in no loop.
wrong.kdbg:17:15: $onec is no register, and is not set anywhere here. Did you mean $once?
wrong.kdbg:18:8: $scuase is no register, and is not set anywhere here. Did you mean $scause?
wrong.kdbg:21:8: Cannot open "missing.kdbg": No such file or directory (ENOENT).
wrong.kdbg:22:1: There is no block here that this could end.
wrong.kdbg:24:1: A line "end" is missing behind this.' "each error is told once, with its place"
# shellcheck disable=SC2016 # as above
is "$(grep -A2 ':17:15' err | tail -n 2)" '  print $once + $onec
                ^~~~~' "with the line and a caret"

# Each line of an "if", whichever of them is wrong.
# shellcheck disable=SC2016 # a register
printf '%s\n' 'if )' '  foo' 'else if (' 'else' '  bar' 'else maybe' 'else if )' '  print $a9' 'end' >if.kdbg
"$kvmdbg" --check --script if.kdbg >out 2>err
is "$? $(grep -E '^[^ ]+kdbg:' err | cut -d : -f 2,3 | tr '\n' ' ')" '2 1:4 2:3 3:10 5:3 6:1 7:9 8:9 ' \
    "each line of an if is looked at, whichever of them is wrong"

"$kvmdbg" --script wrong.kdbg >out 2>err
is "$? $(grep -c '^[^ ]*kdbg:' err) $(cat out)" '2 1 ' "without --check the first of them ends it"

cd - >/dev/null || exit
for script in Tests/Sessions/*.kdbg; do said=$said$("$kvmdbg" --check --script "$script" 2>&1) || said="$said $script"; done
is "$said" '' "nothing is wrong in the sessions"

is "$("$kvmdbg" --check 2>&1; echo "$?")" \
    'kvmdbg: --check looks at scripts, without a guest: it needs --script, and takes no GUEST.elf. Try "kvmdbg --help".
2' "without a script it is a mistake"
is "$("$kvmdbg" --check -e 'print 1' -e 'prnt 1' 2>&1 | head -n 1)" 'There is no command "prnt". Did you mean print, printf?' \
    "commands that are given as options are looked at as well"
