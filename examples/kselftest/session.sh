#!/bin/sh
# A script of kvmdbg as a selftest: the one in "sessions" that has the name of this file. kvmdbg's exit statuses are kselftest's.
if ! command -v kvmdbg >/dev/null; then
    printf '%s\n' 'KTAP version 1' '1..0 # SKIP there is no kvmdbg in PATH'
    exit 4
fi
exec kvmdbg --report ktap --script "$(dirname -- "$0")/sessions/$(basename -- "$0").kdbg"
