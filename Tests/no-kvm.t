#!/usr/bin/env bash
# A RISC-V host without /dev/kvm, and one where it may not be opened: a script with a guest is skipped, with the reason.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
exec </dev/null

# In one lab: as it is for a user who is not in the group kvm, then without the driver's node.
# shellcheck disable=SC2016 # for the shell in the lab
"$run" -- sh -c '
    tell() { "$@" >"$results/out" 2>"$results/err"; echo "$? $(tail -n 1 "$results/out") | $(cat "$results/err")"; }
    results=$(mktemp -d)
    # Where any user can reach it.
    mkdir -p /run/try/sessions /run/try/guests
    cp build/riscv64/kvmdbg Tests/Sessions/ebreak.kdbg /run/try/sessions
    cp build/guests/ebreak.elf /run/try/guests
    chmod 755 /
    cd /run/try/sessions
    echo "nobody:x:65534:65534::/:/bin/sh" >/etc/passwd
    chmod 600 /dev/kvm
    tell su nobody -c "./kvmdbg --script ebreak.kdbg"
    tell su nobody -c "./kvmdbg --script ebreak.kdbg --report tap"
    tell su nobody -c "./kvmdbg --batch -e \"info kvm\""
    tell su nobody -c "./kvmdbg --batch -e \"load ../guests/ebreak.elf\" -e \"print &sw_bp_1\" -e run"
    mv /dev/kvm /dev/kvm-away
    tell ./kvmdbg --script ebreak.kdbg
    tell ./kvmdbg --batch -e run ../guests/ebreak.elf
' >"$scratch/said" 2>&1
mapfile -t said <"$scratch/said"
# shellcheck disable=SC2016 # what a user is to type
denied='Cannot open /dev/kvm: Permission denied (EACCES). It belongs to the group `kvm`: `sudo usermod -aG kvm $USER`, then log in again.'
missing='Cannot open /dev/kvm: No such file or directory (ENOENT). This host offers no KVM.'
like "${said[0]}" "4 *require cap SET_GUEST_DEBUG | Skipped: $denied" "without permission a session is skipped, and the remedy told"
like "${said[1]}" "4 1..0 # SKIP $denied | " "in TAP as well"
like "${said[2]}" "0 *$denied*" "info kvm tells it too"
# shellcheck disable=SC2016 # a value of the history
like "${said[3]}" '4 $1 = 0x8000001c <sw_bp_1> | Skipped: '"$denied" "what needs no guest works before it"
like "${said[4]}" "4 *| Skipped: $missing*lab/run*" "without /dev/kvm a session is skipped, and the way to the lab told"
like "${said[5]}" "4 *| Skipped: $missing*" "so is a guest without a script"
