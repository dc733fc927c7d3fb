#!/usr/bin/env bash
# The examples for CI services are valid by the services' published schemas.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
exec </dev/null
PATH=$(lab/make-venv)/bin:$PATH

for kind in github-workflows:github gitlab-ci:gitlab; do
    example=examples/ci/${kind#*:}.yml
    like "$(check-jsonschema --builtin-schema "vendor.${kind%:*}" "$example" 2>&1)" "ok *" "$example is valid"
    # Broken at its first list, it is not.
    sed 's/^\( *\)- .*/\1- [[]]/' "$example" >"$scratch/broken.yml"
    check-jsonschema --builtin-schema "vendor.${kind%:*}" "$scratch/broken.yml" >/dev/null 2>&1
    is "$?" 1 "and would be refused if it were not"
done
# Each program of kvmdbg's that they name is there, with the options that they give it.
like "$(lab/suite --help)" "*--logs DIR*" "lab/suite has the option that they give it"
for target in deps riscv64; do grep -q "^$target:" Makefile; ok "$?" "so has make the target $target"; done
