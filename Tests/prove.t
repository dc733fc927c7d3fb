#!/usr/bin/env bash
# `prove -e 'kvmdbg --script'` on a RISC-V host: Debian's own prove for riscv64, in the lab.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
exec </dev/null
unset TAP_VERSION HARNESS_ACTIVE HARNESS_VERSION
lab/fetch-packages prove || exit
work=build/tests/prove
rm -rf "$work"
mkdir -p "$work"
printf '%s\n' 'load ../../guests/ebreak.elf' run 'expect stop ebreak' 'expect recorded == 1' 'expect 1 == 1' >"$work/fails.kdbg"
echo 'require cap DIRTY_LOG_RING' >"$work/skipped.kdbg"
echo 'load ../../guests/nowhere.elf' >"$work/no-guest.kdbg"
cp Tests/Sessions/ebreak.kdbg "$work/passes.kdbg"
sed -i 's|\.\./guests|../../guests|' "$work/passes.kdbg"

# shellcheck disable=SC2016 # for the shell in the lab
"$run" -- sh -c '
    prove=$1 work=$2 libraries=/usr/lib/riscv64-linux-gnu
    mkdir -p "$libraries"
    cp "$prove/usr/bin/perl" "$prove/usr/bin/prove" build/riscv64/kvmdbg /bin
    cp "$prove$libraries"/*.so* "$libraries"
    ln -s "$libraries/ld-linux-riscv64-lp64d.so.1" /lib
    ln -s "$prove$libraries"/perl* "$libraries"
    ln -s "$prove"/usr/share/perl* /usr/share
    export LC_ALL=C
    prove -e "kvmdbg --script" "$work"/passes.kdbg "$work"/skipped.kdbg >"$work/passing" 2>&1
    echo "status $?" >>"$work/passing"
    prove --norc -v -e "kvmdbg --script" "$work"/*.kdbg >"$work/all" 2>&1
    echo "status $?" >>"$work/all"
' prove "${XDG_CACHE_HOME:-$HOME/.cache}/kvmdbg/trixie/prove" "$work"

like "$(cat "$work/passing")" "*/passes.kdbg ... ok
*/skipped.kdbg .. skipped: *DIRTY_LOG_RING.
All tests successful.
Files=2, Tests=*
Result: PASS
status 0" "scripts pass, and one that is skipped is shown as such"
like "$(cat "$work/all")" "*
not ok 2 - expect recorded == 1
*
Test Summary Report
*/fails.kdbg *
  Failed test:  2
*/no-guest.kdbg *
  Failed test:  1
*
Result: FAIL
status 1" "one that fails is told, with what failed"
