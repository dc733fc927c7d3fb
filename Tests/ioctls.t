#!/usr/bin/env bash
# What `info exits` counts is what the kernel saw: its own trace of the system calls (tracefs) counts as well. And the files
# that `trace` writes.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
exec </dev/null

# A folder that is shared with the lab.
work=build/tests/ioctls
rm -rf "$work"
mkdir -p "$work"

# In one lab. Twenty rounds of a breakpoint, steps off it, SBI calls, registers and memory in between.
cat >"$work/count.kdbg" <<SCRIPT
load ../../guests/count.elf
break round
break two_bytes
start
$(for _ in {1..20}; do printf '%s\n' continue 'info registers' 'x/4i square'; done)
info exits
SCRIPT
cat >"$work/console.kdbg" <<'SCRIPT'
load ../../guests/console.elf
trace exits on exits.txt
trace sbi on shared.txt
trace mmio on shared.txt
break written
run
trace sbi off
trace sbi on later.txt
continue
info exits
SCRIPT
# shellcheck disable=SC2016 # for the shell in the lab
"$run" -- sh -c '
    mount -t tracefs tracefs /sys/kernel/tracing
    cd /sys/kernel/tracing
    echo 16384 >buffer_size_kb
    echo "comm == \"kvmdbg\"" >events/syscalls/sys_enter_ioctl/filter
    echo 1 >events/syscalls/sys_enter_ioctl/enable
    cd - >/dev/null
    for name in count console; do
        echo >/sys/kernel/tracing/trace
        build/riscv64/kvmdbg --script "$1/$name.kdbg" >"$1/$name.out" 2>&1
        echo "status $?"
        sed -nE "s/.*cmd: ([0-9a-f]+),.*/\1/p" /sys/kernel/tracing/trace | sort | uniq -c >"$1/$name.kernel"
    done
' ioctls "$work" >"$scratch/said" 2>&1
is "$(cat "$scratch/said")" $'status 0\nstatus 0' "the scripts run"

kernel() { awk -v cmd="$2" '$2 == cmd { count = $1 } END { print count + 0 }' "$work/$1.kernel"; }
told() { awk -v name="$2" '$2 == name { count = $1 } END { print count + 0 }' "$work/$1.out"; }
for name in count console; do
    while read -r ioctl cmd; do
        is "$(told "$name" "$ioctl")" "$(kernel "$name" "$cmd")" "$name: as many $ioctl as the kernel saw"
    done <<'IOCTLS'
KVM_RUN ae80
KVM_GET_ONE_REG 4010aeab
KVM_SET_ONE_REG 4010aeac
KVM_SET_USER_MEMORY_REGION 4020ae46
KVM_SET_GUEST_DEBUG 4008ae9b
IOCTLS
done
[ "$(told count KVM_RUN)" -ge 20 ] && [ "$(told count KVM_GET_ONE_REG)" -ge 600 ]
ok "$?" "there was something to count"
exits=$(sed -n '/^exits:/,/^[a-z]*:/p' "$work/count.out" | awk '/^ /{ sum += $1 } END { print sum + 0 }')
is "$exits" "$(told count KVM_RUN)" "each KVM_RUN is one of the exits"

# The files of traces.
untimed() { sed -E 's/^\[ *[0-9]+\.[0-9]{6}\] /[TIME] /' "$work/$1.txt"; }
first='[TIME] 0x80000018 <_start+24>  sbi DBCN console_write(0x25, 0x8000005c, 0x0) = success, 0x25'
later='[TIME] 0x8000002e <_start+46>  sbi DBCN console_write_byte(0x3f) = success, 0x0'
refused='[TIME] 0x80000042 <_start+66>  sbi DBCN console_write(0x5, 0x1000, 0x0) = invalid parameter, 0x0'
is "$(untimed shared)" "$first" "trace sbi writes to a file until it is off"
is "$(untimed later | sed 1q)" "$later" "then to another"
is "$(untimed later | sed 1d)" "$refused" "with what the guest is refused"
is "$(untimed exits | grep -v KVM_EXIT)" "$first"$'\n'"$later"$'\n'"$refused" "trace exits has the same lines"
like "$(untimed exits | grep KVM_EXIT | tail -n 1)" '* exit KVM_EXIT_SYSTEM_EVENT, type 1, reason 0' "and the other exits"
