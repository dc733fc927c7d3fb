#!/bin/sh
# As differential.t, from breakpoint to breakpoint: what is under every second one kvmdbg does for the guest.
exec "$(dirname -- "$0")/differential.t" --by continue --sequences 500 --seed 7
