# shellcheck shell=bash
# What the lab's scripts share. Source it; it prints nothing and changes nothing but these names.

lab=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname -- "$lab")
cache=${XDG_CACHE_HOME:-${HOME:?HOME is not set}/.cache}/kvmdbg
export lab repository cache

say() { printf 'lab/%s: %s\n' "${0##*/}" "$*" >&2; }
die() { say "$@"; exit 1; }

# packages_in SET: the packages of one set of lab/packages, one per line.
packages_in() { awk -v set="$1" '$1 == set { print $2 }' "$lab/packages"; }

# fingerprint FILE...: one word that changes when a file's content changes.
fingerprint() { cat -- "$@" | sha256sum | cut -c 1-16; }

# stamped DIR STAMP: true when DIR was completed from the inputs that STAMP stands for.
stamped() { [ "$(cat -- "$1/.stamp" 2>/dev/null)" = "$2" ]; }

# stamp_into TEMPORARY DIR STAMP: put a finished directory in its place; an interrupted run leaves no stamp behind.
stamp_into() {
    printf '%s\n' "$3" >"$1/.stamp"
    rm -rf -- "$2"
    mv -T -- "$1" "$2"
}

# work_tree DIR: the Git work tree around a folder, or else the folder: what the lab can write.
work_tree() {
    local tree=$1
    while [ "$tree" != / ] && [ ! -e "$tree/.git" ]; do tree=$(dirname -- "$tree"); done
    if [ "$tree" = / ]; then printf '%s\n' "$1"; else printf '%s\n' "$tree"; fi
}

# retry CMD [ARG...]: for what needs a network: three tries.
retry() {
    local pause
    for pause in 3 10 0; do
        "$@" && return
        [ "$pause" = 0 ] || { say "failed; trying again in $pause s"; sleep "$pause"; }
    done
    return 1
}
