#!/usr/bin/env bash
# The symbols of a Linux guest: out of its memory, out of its Image, out of what it prints itself. It is the lab's own kernel, which
# tells in /proc/kallsyms what there is to find.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
exec </dev/null
results=build/tests/symbols
rm -rf "$results"
mkdir -p "$results"
kernel=$(. lab/common.sh && echo "$cache"/trixie/lab/boot/vmlinux-*)

# shellcheck disable=SC2016 # for the shell in the lab
"$run" --timeout 300s -- sh -c '
    kernel=$1 results=$2
    cp "$kernel" /run/Image
    grep -v "\[" /proc/kallsyms >/run/System.map
    wc -l </run/System.map >"$results/printed"
    debug() { # debug NAME ARGUMENT...: what kvmdbg says, and how long it takes
        name=$1
        shift
        read -r before _ </proc/uptime
        timeout 120 build/riscv64/kvmdbg -n -m 256M --kernel /run/Image --batch "$@" >"$results/$name" 2>&1
        echo "status $?" >>"$results/$name"
        read -r after _ </proc/uptime
        echo "$before $after" | awk "{ print \$2 - \$1 }" >>"$results/$name.time"
    }
    for time in 1 2 3; do
        debug start -e start
        debug memory -e start -e "symbols kallsyms"
    done
    debug image -e "symbols kallsyms /run/Image" -e "print &start_kernel"
    debug start_kernel -e start -e "symbols kallsyms" -e "break start_kernel" -e continue -e "expect stop breakpoint 1" \
        -e "info symbol \$pc" -e symbols
    debug map --symbols=/run/System.map -e "break start_kernel" -e run -e "expect stop breakpoint 1" -e "info symbol \$pc" -e symbols
    awk "\$3 == \"start_kernel\" { print \"0x\" \$1 }" /run/System.map >"$results/address"
' symbols "$kernel" "$results"

said() { tr '\n' '~' <"$results/$1"; }
printed=$(<"$results/printed") address=$(<"$results/address")
found=$(sed -nE 's/^Read ([0-9]+) symbols of the guest.s memory\.$/\1/p' "$results/memory")
ok "$((${found:-0} * 100 < printed * 99 || ${found:-0} > printed))" "of $printed symbols ${found:-0} are found in the guest's memory"
# Whatever else this machine does: the best of three, by the clock.
time=$(paste "$results/memory.time" "$results/start.time" | awk 'NR == 1 || $1 - $2 < best { best = $1 - $2 } END { print best }')
ok "$(awk "BEGIN { print !($time < 2) }")" "in $time s"
like "$(said image)" "Read $found symbols of \"/run/Image\".~\$1 = $address <start_kernel>~status 0~" "the Image has the same"
like "$(said start_kernel)" "*Breakpoint 1 at $address <start_kernel>~*~start_kernel~*$found symbols of \"kallsyms\", not moved, as the guest has them~status 0~" \
    "a breakpoint that is set before paging is on is hit"
like "$(said map)" "Read $printed symbols of \"/run/System.map\".~*~start_kernel~*$printed symbols of \"/run/System.map\", not moved, as the guest has them~status 0~" \
    "by what the kernel prints, too"
