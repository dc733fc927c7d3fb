#!/usr/bin/env bash
# Every command has a session that carries it out on real KVM, and the program names the commands here.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit

listed() { sed -nE 's/^  ([a-z ]+[a-z])  .*/\1/p; s/^  x  .*/x/p'; } # the first of the two columns of help
commands=$(build/kvmdbg --batch -e help | listed)
subcommands=$(for word in info expect require trace; do build/kvmdbg --batch -e "help $word" | grep "^  $word [a-z]*  " | listed; done)
while read -r command; do
    case $command in info | require) continue ;; esac # only their subcommands do something
    grep -qE "^ *${command// / +}\b" Tests/Sessions/*.kdbg Tests/Sessions/include/*.kdbg
    ok "$?" "$command is carried out in a session"
done <<<"$commands
$subcommands"
[ "$points" -ge 25 ]
ok "$?" "the list is not empty"
