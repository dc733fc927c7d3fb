#!/usr/bin/env bash
# How a run ends that stands for its guest; the device tree that guests get; guests that flood.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
exec </dev/null

mkdir -p build/tests
rm -f build/tests/tree-*.dtb
# shellcheck disable=SC2016 # a variable of kvmdbg's
printf 'load ../guests/finisher.elf\nstart\nset $s1 = 0x33333\ncontinue\n' >build/tests/ends.kdbg
# shellcheck disable=SC2016 # as above
printf '%s\n' 'load ../guests/flood.elf' 'echo ready\n' 'while 1' '  start' '  set $s1 = 5' '  continue' '  expect stop reset' end >build/tests/resets.kdbg
# In one lab: real guests.
# shellcheck disable=SC2016 # for the shell in the lab, and kvmdbg's variables
"$run" --timeout 300s -- sh -c '
    kvmdbg=build/riscv64/kvmdbg guests=build/guests
    # ends VALUE COMMAND...: how the guest ends that stores VALUE to the finisher.
    ends() {
        value=$1
        shift
        $kvmdbg --batch -e start -e "set \$s1 = $value" -e continue "$@" $guests/finisher.elf >/dev/null 2>&1
        echo $?
    }
    ends 0x5555
    ends 0x33333
    ends 0xff3333
    ends 0x1003333
    ends 0x7777
    ends 0x33333 -e "info exits"
    ends 0x33333 -e "expect stop exit 3"
    ends 0x33333 -e "expect stop exit 4"
    ends 0x33333 -e "quit 7"
    ends 0x33333 -e "quit \$_exitcode"
    $kvmdbg --batch -e start -e "set \$s1 = 7" -e continue $guests/traps.elf >/dev/null 2>&1
    echo $?
    $kvmdbg --script build/tests/ends.kdbg >/dev/null 2>&1
    echo $?
    $kvmdbg --batch -e run $guests/count.elf >/dev/null 2>&1
    echo $?

    $kvmdbg --batch --append "console=ttyS0 quiet" -e start -e "dump dtb build/tests/tree-1.dtb" $guests/count.elf >/dev/null
    $kvmdbg --batch --dtb build/tests/tree-1.dtb -e start -e "dump dtb build/tests/tree-2.dtb" $guests/count.elf >/dev/null

    # flood CHOICE: how it ends with Ctrl-C while it floods; how long that took in units of 10 ms, and the most memory that
    # kvmdbg had, in KiB.
    now() { cut -d " " -f 1 /proc/uptime | tr -d .; }
    flood() {
        $kvmdbg --memory 1M --batch -e start -e "set \$s1 = $1" -e continue $guests/flood.elf >/dev/null 2>&1 &
        sleep 4
        most=$(sed -n "s/VmHWM:[[:space:]]*\([0-9]*\) kB/\1/p" /proc/$!/status)
        before=$(now)
        kill -INT $!
        wait $!
        echo "$? $(($(now) - before)) $most"
    }
    for choice in 0 1 2 3 4; do flood $choice; done

    # interrupt ARG...: how kvmdbg ends with Ctrl-C, a while after it has said that it is ready, and how long that took.
    interrupt() {
        $kvmdbg "$@" >/run/output 2>&1 &
        until grep -q ready /run/output; do sleep 0.1; done
        sleep 2
        before=$(now)
        kill -INT $!
        wait $!
        echo "$? $(($(now) - before))"
    }
    interrupt --smp 4 --batch -e start -e "set rounds = 1000000000" -e "echo ready\n" -e continue $guests/smp.elf
    interrupt --smp 4 --batch -e start -e "set rounds = 1000000000" -e "break work if \$s0 == 9" -e "echo ready\n" -e continue $guests/smp.elf
    interrupt --script build/tests/resets.kdbg
    interrupt --smp 4 --batch -e "break all_done" -e run -e delete -e "set \$pc = &parked" -e "echo ready\n" -e continue $guests/smp.elf
    grep stopped /run/output

    $kvmdbg --batch -e "set console log /run/console" -e start -e "set go = 1" -e continue $guests/talk.elf >/dev/null 2>&1
    tail -n 1 /run/console
    echo
    $kvmdbg --batch -e "set console log /dev/full" -e start -e "set go = 1" -e continue $guests/talk.elf | grep Warning
' >"$scratch/said" 2>&1
mapfile -t said <"$scratch/said"
is "${said[0]}" 0 "pass: 0"
is "${said[1]}" 3 "fail with 3: 3"
is "${said[2]}" 255 "fail with 255: 255"
is "${said[3]}" 255 "fail with 256, which is no status: 255"
is "${said[4]}" 0 "a reset: 0"
is "${said[5]}" 3 "what is looked at later does not matter"
is "${said[6]}" 0 "what is expected tells the status: it holds"
is "${said[7]}" 1 "what is expected tells the status: it does not hold"
is "${said[8]}" 7 "so does quit"
is "${said[9]}" 3 "the exit code is a variable"
is "${said[10]}" 1 "a shutdown for a failure of the system: 1"
is "${said[11]}" 0 "a script has expectations for that"
is "${said[12]}" 0 "a shutdown: 0"

for number in 1 2; do
    is "$(dtc -I dtb -O dts build/tests/tree-$number.dtb 2>&1 >"$scratch/$number.dts")" "" "dtc takes the tree without a word ($number)"
done
like "$(<"$scratch/1.dts")" '*bootargs = "console=ttyS0 quiet";*riscv,isa-extensions = "i*0m*0a*mmu-type = "riscv,sv*serial@10000000*' "it tells of the machine"
is "$(diff "$scratch"/[12].dts)" "" "a guest that is given it has the same"

names=("bytes by the SBI" "64 KiB at a time by the SBI" "bytes by the serial port" "bytes in the port's loop" "loads from a device")
for choice in 0 1 2 3 4; do
    read -r status time most <<<"${said[13 + choice]}"
    is "$status" 130 "Ctrl-C ends a flood: ${names[choice]}"
    ok $((${time:-999} > 100)) "in less than a second, on an emulated host: ${time}0 ms"
    ok $((${most:-999999} > 32768)) "and kvmdbg's memory stays small: $most KiB"
done

busy=("four virtual CPUs" "four virtual CPUs at a condition that does not hold" "a guest that resets in a loop" "four virtual CPUs that have all stopped")
for index in 0 1 2 3; do
    read -r status time <<<"${said[18 + index]}"
    is "$status" 130 "Ctrl-C ends ${busy[index]}"
    ok $((${time:-999} > 200)) "in less than two seconds: ${time}0 ms"
done
like "${said[22]}" 'All 4 virtual CPUs are stopped, by *' "and that they have is told"
is "${said[23]}" bye "the file that the console goes to has a last line without an end"
like "${said[24]}" "Warning: Cannot write */dev/full*The console is not written there any more." "and that it cannot be written is told"
