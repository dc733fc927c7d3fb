#!/usr/bin/env bash
# Scripts as selftests of the kernel, as examples/kselftest has them: installed from a folder of the kernel's tree, then run by what
# the kernel's runner does, on a RISC-V host. The kernel's own lib.mk and runner.sh are in no package of a bearable size; what stands
# here in their place keeps to what they document: which variables name what, and what an exit status means.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
exec </dev/null
unset TAP_VERSION HARNESS_ACTIVE HARNESS_VERSION
work=$PWD/build/tests/kselftest
rm -rf "$work"
mkdir -p "$work/selftests" "$work/bin"
tests=$work/selftests/kvmdbg
cp -r examples/kselftest "$tests"
mkdir "$tests/sessions" "$tests/guests"
cp build/guests/ebreak.elf "$tests/guests"
cp Tests/Sessions/ebreak.kdbg "$tests/sessions/passes.kdbg"
printf '%s\n' 'load ../guests/ebreak.elf' run 'expect stop ebreak' 'expect recorded == 1' >"$tests/sessions/fails.kdbg"
echo 'require cap DIRTY_LOG_RING' >"$tests/sessions/skipped.kdbg"
cp build/riscv64/kvmdbg "$work/bin"

cat >"$work/selftests/lib.mk" <<'MAKE'
OUTPUT := $(CURDIR)
TEST_GEN_PROGS := $(patsubst %,$(OUTPUT)/%,$(TEST_GEN_PROGS))
all: $(TEST_GEN_PROGS)
install: all
	mkdir -p $(INSTALL_PATH)
	cp -a $(TEST_FILES) $(TEST_GEN_PROGS) settings $(INSTALL_PATH)
MAKE
cat >"$work/runner" <<'RUNNER'
# usage: runner FOLDER PROGRAM...: from another folder, each with its output as comments; 4 is a skip.
cd "$1" || exit
shift
number=0
for program; do
    number=$((number + 1))
    timeout "$(sed -n 's/^timeout=//p' settings)" "./$program" >/run/output 2>&1
    status=$?
    sed 's/^/# /' /run/output
    case $status in
        0) echo "ok $number selftests: kvmdbg: $program" ;;
        4) echo "ok $number selftests: kvmdbg: $program # SKIP" ;;
        *) echo "not ok $number selftests: kvmdbg: $program # exit=$status" ;;
    esac
done
RUNNER

make -s -C "$tests" install INSTALL_PATH="$work/installed" >"$work/make" 2>&1
is "$? $(cat "$work/make") $(cd "$work/installed" && find . -type f | sort | tr '\n' ' ')" \
    "0  ./fails ./guests/ebreak.elf ./passes ./sessions/fails.kdbg ./sessions/passes.kdbg ./sessions/skipped.kdbg ./settings ./skipped " \
    "each script becomes a program, and is installed with what it needs"

# shellcheck disable=SC2016 # for the shell in the lab
"$run" -- sh -c 'sh "$1/runner" "$1/installed" passes >"$1/without"
    cp "$1/bin/kvmdbg" /bin
    sh "$1/runner" "$1/installed" passes fails skipped >"$1/with"' kselftest "$work"
is "$(cat "$work/without")" "# KTAP version 1
# 1..0 # SKIP there is no kvmdbg in PATH
ok 1 selftests: kvmdbg: passes # SKIP" "without kvmdbg they are skipped"
is "$(grep -v '^#' "$work/with")" "ok 1 selftests: kvmdbg: passes
not ok 2 selftests: kvmdbg: fails # exit=1
ok 3 selftests: kvmdbg: skipped # SKIP" "with it, each has its outcome"
like "$(sed -n '1,/^ok/p' "$work/with")" "# KTAP version 1"$'\n'"# 1..1"$'\n'"*#   ok 16 *# ok 1 passes.kdbg"$'\n'"ok 1 *" "and speaks KTAP"
like "$(sed '1,/^ok/d; /^not ok/q' "$work/with")" "# KTAP version 1*#   not ok 2 *# not ok 1 fails.kdbg"$'\n'"*" "when it fails, too"
like "$(sed '1,/^not ok/d' "$work/with")" "# KTAP version 1*# ok 1 skipped.kdbg # SKIP *DIRTY_LOG_RING*" "and when it is skipped"
