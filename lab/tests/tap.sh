# shellcheck shell=bash
# For a test in bash: source it; say what holds by is, like or ok; it numbers them and prints the plan at the end.
# shellcheck disable=SC2034 # for the tests
scratch=$(mktemp -d) run=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/run
points=0
# Of the harness that runs this: a kvmdbg that is tried must not tell it what it sees.
unset HARNESS_ACTIVE TAP_VERSION

ok() { # ok STATUS TEXT
    points=$((points + 1))
    if [ "$1" = 0 ]; then echo "ok $points - $2"; else echo "not ok $points - $2"; fi
}
is() { # is ACTUAL EXPECTED TEXT
    if [ "$1" = "$2" ]; then
        ok 0 "$3"
    else
        ok 1 "$3"
        printf 'expected: %s\nfound:    %s\n' "$2" "$1" | sed 's/^/# /'
    fi
}
like() { # like ACTUAL PATTERN TEXT: a shell pattern
    # shellcheck disable=SC2053 # a pattern
    if [[ $1 == $2 ]]; then ok 0 "$3"; else is "$1" "$2" "$3"; fi
}
finish() {
    rm -rf -- "$scratch"
    echo "1..$points"
}
trap finish EXIT
