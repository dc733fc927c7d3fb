#!/usr/bin/env bash
# A breakpoint's hit, a false condition, a single step and an exit that is answered cost kvmdbg no system call more than the floors of
# Benchmarks make, which say at their top why they need what they make. Counted by ptrace, for 200 and for 400 of each: the
# difference is what counts.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
results=build/tests/floor
rm -rf "$results"
mkdir -p "$results"

# shellcheck disable=SC2016 # for the shell in the lab
"$run" --timeout 300s -- sh -c '
    built=build/benchmarks
    echo go >/run/go
    # On one hart: between two, each stop for ptrace would wait for the other.
    count() { taskset 1 $built/ioctls "$@" </run/go >>/run/output 2>&1; } # count FILE PROGRAM...
    debug() { # debug FILE COMMAND...: what kvmdbg makes of the commands
        file=$1
        shift
        for command; do set -- "$@" -e "$command"; shift; done
        count "$file" build/riscv64/kvmdbg -n --batch "$@"
    }
    for n in 200 400; do
        debug /run/hits-$n.kvmdbg "load $built/loop.elf" "break loop" "ignore 1 $((n - 1))" run "expect \$a0 == $n - 1"
        debug /run/limited-$n.kvmdbg "set timeout 1h" "load $built/loop.elf" "break loop" "ignore 1 $((n - 1))" run "expect \$a0 == $n - 1"
        count /run/hits-$n.floor $built/floor hits $built/loop.elf $n
        debug /run/condition-$n.kvmdbg "load $built/loop.elf" "break loop if \$a0 == $n" run "expect \$a0 == $n"
        count /run/condition-$n.floor $built/floor hits $built/loop.elf $n if
        debug /run/stepi-$n.kvmdbg "load $built/mixed.elf" "break loop" run delete "stepi $n"
        count /run/stepi-$n.floor $built/floor stepi $built/mixed.elf $n
        for exit in calls loads; do
            debug /run/$exit-$n.kvmdbg "load $built/exits.elf" start "set \$pc = &$exit" "set \$s0 = $n" continue
            count /run/$exit-$n.floor $built/floor run $built/exits.elf $exit $n
        done
    done
    cp /run/*.kvmdbg /run/*.floor /run/output "$1"' floor "$results" </dev/null

for measure in hits condition stepi calls loads; do
    for side in kvmdbg floor; do
        # Of each kind, how many more for 200 more.
        paste "$results/$measure-200.$side" "$results/$measure-400.$side" |
            awk '{ name = $2 } $2 == "other" { name = "others" } { print $(NF / 2 + 1) - $1, name }' >"$results/$measure.$side"
        [ -s "$results/$measure.$side" ] || echo "$side was not counted" >"$results/$measure.$side"
    done
    is "$(<"$results/$measure.kvmdbg")" "$(<"$results/$measure.floor")" "$measure: no more and no fewer than the floor"
done
is "$(paste "$results"/limited-200.kvmdbg "$results"/limited-400.kvmdbg | awk '{ print $(NF / 2 + 1) - $1 }')" \
    "$(paste "$results"/hits-200.kvmdbg "$results"/hits-400.kvmdbg | awk '{ print $(NF / 2 + 1) - $1 }')" "a time limit costs nothing at a hit"
like "$(<"$results/hits.floor")" $'200 KVM_RUN\n600 KVM_GET_ONE_REG\n400 KVM_SET_ONE_REG*0 riscv_flush_icache*' "and they were counted"
like "$(<"$results/loads.floor")" $'200 KVM_RUN\n0 KVM_GET_ONE_REG\n0 KVM_SET_ONE_REG*0 riscv_flush_icache*' "an exit is one of them"
