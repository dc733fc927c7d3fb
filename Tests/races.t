#!/usr/bin/env bash
# Sessions with several virtual CPUs, each of whose threads is held up at random, by a few seeds: at its system calls, behind them,
# and before the signals that bring it out of the guest. No hit is lost, none is told twice. `Tests/races.t 7 8 9`: other seeds.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
seeds=("$@")
[ $# -gt 0 ] || seeds=(1 2 3)

work=build/tests/races
rm -rf "$work"
mkdir -p "$work"
lab/cc -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -o "$work/delays" Tests/races/delays.c || exit
# shellcheck disable=SC2016 # for the shell in the lab
"$run" --timeout 400s -- sh -c '
    work=$1
    shift
    cp build/riscv64/kvmdbg "$work/delays" /run
    for seed; do
        before=$(cut -d . -f 1 /proc/uptime)
        timeout 200 /run/delays "$seed" /run/kvmdbg --batch --script Tests/races/races.kdbg >"$work/$seed.out" 2>"$work/$seed.err"
        echo "$? $(sed -n "s/^delays: //p" "$work/$seed.err") $(($(cut -d . -f 1 /proc/uptime) - before))"
    done' races "$work" "${seeds[@]}" >"$scratch/said" 2>&1 </dev/null
mapfile -t said <"$scratch/said"
index=0
for seed in "${seeds[@]}"; do
    read -r status delays seconds <<<"${said[index++]}"
    is "$status" 0 "seed $seed: each hit is told, and none twice"
    ok $((${delays:-0} < 100)) "with $delays delays, in $seconds s"
    [ "$status" = 0 ] || tail -n 30 "$work/$seed".{out,err} | sed 's/^/# /'
done
