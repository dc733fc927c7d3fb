#!/usr/bin/env bash
# The threads of vCPUs under ThreadSanitizer, with random delays by several seeds; and that ThreadSanitizer would see a race.
set -uo pipefail
cd "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
. lab/tests/tap.sh

toolchain=$(lab/toolchain)
place=build/threads
mkdir -p "$place"
build() { # build NAME CREW.c
    # The toolchain's ThreadSanitizer expects its libdispatch.
    "$toolchain/bin/clang" -std=gnu17 -g -O1 -fsanitize=thread -D_GNU_SOURCE -ISources/CKVM/include -o "$place/$1" \
        Tests/threads/threads.c "$2" Sources/CKVM/CKVM.c -pthread "-L$toolchain/lib/swift/linux" \
        "-Wl,-rpath,$toolchain/lib/swift/linux" -ldispatch -lBlocksRuntime
}
# ThreadSanitizer knows no address space that is laid out at random in so many ways as that of some kernels.
run() { TSAN_OPTIONS=halt_on_error=1:exitcode=66 timeout 120 setarch -R "$place/$1" "${@:2}" 2>&1; }

build threads Sources/CKVM/crew.c
is "$?" 0 'it is built'
for seed in 1 2 3; do
    said=$(run threads "$seed" 300)
    is "$?" 0 "seed $seed: no race, none lost: ${said:0:200}"
done
# A crew whose members are started without the lock.
sed '/^void ckvm_crew_start/,/^}/ s/pthread_mutex_\(un\)\{0,1\}lock(&crew->lock);/;/' Sources/CKVM/crew.c >"$place/broken.c"
build broken "$place/broken.c"
said=$(run broken 1 300)
is "$?" 66 'a race is seen'
