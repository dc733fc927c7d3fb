#!/usr/bin/env bash
# The recipe for labgrid, examples/labgrid: the scripts as test cases of pytest, in the lab and on a place of a coordinator. The
# coordinator and its exporter run here; what the exporter has for a board is the lab, with its console on a TCP port.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
exec </dev/null
work=build/tests/labgrid
rm -rf "$work"
mkdir -p "$work/sessions"
venv=$(lab/make-venv) || exit
PATH=$venv/bin:$PATH

# Scripts with every end: one of the project's own, one that fails, one that is skipped.
cp Tests/Sessions/ebreak.kdbg "$work/sessions/passes.kdbg"
sed -i 's|\.\./guests|../../../guests|' "$work/sessions/passes.kdbg"
printf '%s\n' 'load ../../../guests/ebreak.elf' run 'expect recorded == 1' >"$work/sessions/fails.kdbg"
echo 'require cap DIRTY_LOG_RING' >"$work/sessions/skipped.kdbg"
printf 'require cap SET_GUEST_DEBUG\nload ../../../guests/nowhere.elf\n' >"$work/sessions/no-guest.kdbg"
for environment in lab board; do
    sed "s|\$BASE/\.\./\.\.|$PWD|; s|^  sessions: .*|  sessions: $PWD/$work/sessions|; s|^  scripts: .*|  scripts: $PWD/$work/sessions|
        s|^  kvmdbg: kvmdbg|  kvmdbg: $PWD/build/riscv64/kvmdbg|" "examples/labgrid/$environment.yaml" >"$work/$environment.yaml"
done

cases() { # cases ENVIRONMENT: runs them; each case and its outcome
    pytest -p no:cacheprovider -rA --lg-env "$work/$1.yaml" examples/labgrid >"$work/$1.out" 2>&1
    sed -nE 's/^(PASSED|FAILED) [^[]*\[([^]]*)\].*/\1 \2/p; s/^SKIPPED .*(Skipped: .*)/SKIPPED \1/p' "$work/$1.out" | sort
}
outcome='FAILED fails.kdbg
FAILED no-guest.kdbg
PASSED passes.kdbg
SKIPPED Skipped: *DIRTY_LOG_RING*'
like "$(cases lab)" "$outcome" "in the lab each script is a test case"
like "$(cat "$work/lab.out")" $'*This does not hold.\n*  recorded: 0x0 *\nexit status 1\n*' "with what it said when it fails"

# A pool on this machine.
processes=()
stop() { kill "${processes[@]}"; wait; finish; }
trap stop EXIT
start() { # start NAME COMMAND...
    "${@:2}" >"$work/$1.log" 2>&1 &
    processes+=("$!")
}
wait_for() { # wait_for COMMAND...: at most a minute
    for _ in {1..120}; do "$@" >/dev/null 2>&1 && return; sleep 0.5; done
    sed 's/^/# /' "$work"/*.log
    return 1
}
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
console=$(free_port) coordinator=$(free_port)
export LG_COORDINATOR=127.0.0.1:$coordinator
cat >"$work/board" <<'BOARD'
exec lab/run -- env 'PS1=root@board:~# ' sh
BOARD
start console socat "TCP-LISTEN:$console,bind=127.0.0.1,reuseaddr,fork" "EXEC:bash $work/board,pty,setsid,ctty,stderr,raw,echo=0"
(cd "$work" && exec labgrid-coordinator --listen "$LG_COORDINATOR" >coordinator.log 2>&1) &
processes+=("$!")
cat >"$work/exporter.yaml" <<YAML
riscv-board:
  NetworkSerialPort: {host: 127.0.0.1, port: $console, speed: 115200, protocol: raw}
YAML
wait_for labgrid-client resources
start exporter labgrid-exporter --name bench "$work/exporter.yaml"
wait_for sh -c 'labgrid-client resources | grep riscv-board'
ok "$?" "the board is exported to the coordinator"

# As the README says it.
labgrid-client --place riscv-1 create >/dev/null && labgrid-client --place riscv-1 add-match 'bench/riscv-board/*' &&
    labgrid-client --place riscv-1 set-tags board=riscv kvm=yes
ok "$?" "and is a place"
eval "$(labgrid-client reserve --wait --shell kvm=yes 2>>"$work/client.log")"
export LG_PLACE=+
labgrid-client lock >"$work/client.log" 2>&1
ok "$?" "which is reserved by what is wanted of it"
like "$(cases board)" "$outcome" "the same cases have the same outcome there"
labgrid-client unlock >>"$work/client.log" 2>&1
ok "$?" "and the place is free again"
