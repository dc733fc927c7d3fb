#!/usr/bin/env bash
# The command runs where its caller is, and what it writes there is there.
. "$(dirname -- "${BASH_SOURCE[0]}")/tap.sh"
exec </dev/null

folder="$scratch/a b,c'd"
mkdir -p "$folder" "$scratch/tree/inner" "$scratch/tree/sibling"
cd "$folder" || exit
is "$("$run" -- sh -c 'pwd; echo written >file')" "$folder" "the folder has the same name in the lab"
is "$(cat file)" written "a file written there stays"

touch "$scratch/tree/.git"
cd "$scratch/tree/inner" || exit
"$run" -- sh -c 'echo beside >../sibling/file'
is "$(cat ../sibling/file)" beside "the Git work tree around it is writable too"

echo readable >"$scratch/elsewhere"
is "$("$run" -- sh -c "cat '$scratch/elsewhere'; echo changed >'$scratch/elsewhere'; cat '$scratch/elsewhere'")" \
    $'readable\nchanged' "other files can be read, and changed for the lab"
is "$(cat "$scratch/elsewhere")" readable "but not for this machine"

"$run" -- sh -c "mount -o remount,rw /run/host; echo changed >'/run/host$scratch/elsewhere'" 2>/dev/null
is "$? $(cat "$scratch/elsewhere")" "1 readable" "not even by way of the mount"

cd / || exit
"$run" true 2>"$scratch/error"
is "$?" 1 "the root folder is not shared"
like "$(cat "$scratch/error")" "*run this from another directory*" "and the message says so"

cd "$scratch" || exit
# shellcheck disable=SC2016 # for the shell in the lab
is "$("$run" --smp 3 --memory 512M -- sh -c 'nproc; hostname; test -c /dev/kvm && echo kvm; echo "$LANG"; touch "$HOME/x" /tmp/x && echo home')" \
    $'3\nlab\nkvm\nC.UTF-8\nhome' "the machine is as asked for"
# shellcheck disable=SC2016 # for awk
like "$("$run" --memory 512M -- awk '/MemTotal/ { print int($2 / 1024) }' /proc/meminfo)" "4[0-9][0-9]" "and so is its memory"
