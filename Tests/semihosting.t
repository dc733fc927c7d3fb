#!/usr/bin/env bash
# A guest's files by semihosting: those in the folder of --semihosting-files, and none outside, whatever they are called.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
exec </dev/null
results=build/tests/semihosting
rm -rf "$results"
mkdir -p "$results"

# shellcheck disable=SC2016 # for the shell in the lab
"$run" -- sh -c '
    kvmdbg=$PWD/build/riscv64/kvmdbg guest=$PWD/build/guests/semihosting.elf results=$PWD/$1
    mkdir -p /run/try/inside/sub /run/try/beside
    cd /run/try
    echo secret >outside
    echo kept >inside/kept
    ln -s ../outside inside/link
    ln -s .. inside/up
    cp -a inside beside/
    "$kvmdbg" -n --batch --semihosting-files inside -e start -e "set scenario = 2" -e continue "$guest" >"$results/option" 2>&1
    echo "status $?" >>"$results/option"
    find . | sort >"$results/tree"
    cat outside >>"$results/tree"
    printf "%s\n" "load $guest" "machine semihosting inside" start "set scenario = 2" continue "expect stop exit 0" >beside/script.kdbg
    "$kvmdbg" --script beside/script.kdbg >"$results/command" 2>&1
    echo "status $?" >>"$results/command"
    "$kvmdbg" -n --batch --semihosting-files outside -e "echo not carried out" "$guest" >"$results/no-folder" 2>&1
    echo "status $?" >>"$results/no-folder"
' semihosting "$results" >"$scratch/said" 2>&1
is "$(<"$scratch/said")" "" "the lab has nothing to say"
said() { sed 's/\r$//' "$results/$1"; }
used='make note: ok
left 3 of 7, read cdef, length 6
rename note: ok
read sub/renamed: ok
remove sub/renamed: ok
write kept: ok
read ../outside: errno 18
write ../outside: errno 18
read sub/../../outside: errno 18
read link: errno 18
write up/outside: errno 18
read /etc/passwd: errno 18
read sub: errno 21
remove ../outside: errno 18
remove up/outside: errno 18
rename ../outside: errno 18
rename kept: errno 18
The guest exited with code 0.'
like "$(said option)" "*
$used
status 0" "files in the folder are used, none outside"
is "$(<"$results/tree")" ".
./beside
./beside/inside
./beside/inside/kept
./beside/inside/link
./beside/inside/sub
./beside/inside/up
./inside
./inside/kept
./inside/link
./inside/sub
./inside/up
./outside
secret" "and all is in its place"
like "$(said command)" "*make note: ok
*rename kept: errno 18
*status 0" "a script's folder is relative to the script"
like "$(said no-folder)" '*Cannot open the folder "outside": Not a directory (ENOTDIR).*status 1' "what is no folder is refused"
