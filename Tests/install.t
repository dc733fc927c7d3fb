#!/usr/bin/env bash
# What `make install` puts in place: every file, where the system looks for it, and a program that finds its scripts.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
exec </dev/null
repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

install_to() { # install_to VARIABLE=VALUE...
    make -C "$repository" --no-print-directory install "$@" >"$scratch/out" 2>&1 || sed 's/^/# /' "$scratch/out"
}
listing() { (cd "$1" && find . ! -type d -printf '%P %m\n' | sort); }

expected=$(
    cd "$repository" || exit
    echo "bin/kvmdbg 755"
    echo "share/bash-completion/completions/kvmdbg.bash 644"
    echo "share/fish/vendor_completions.d/kvmdbg.fish 644"
    for source in Guests/*.S Guests/*.c; do
        name=${source##*/}
        [ ! -e "$source" ] || echo "share/kvmdbg/guests/${name%.*}.elf 644"
    done
    for session in Tests/Sessions/*.kdbg; do echo "share/kvmdbg/sessions/${session##*/} 644"; done
    for session in Tests/Sessions/include/*.kdbg; do echo "share/kvmdbg/sessions/include/${session##*/} 644"; done
    echo "share/man/man1/kvmdbg.1 644"
    echo "share/man/man5/kdbg.5 644"
    echo "share/zsh/site-functions/_kvmdbg 644"
)
expected=$(sort <<<"$expected")

install_to PREFIX="$scratch/pre fix" ARCH=riscv64
is "$(listing "$scratch/pre fix")" "$expected" "every file is in place below PREFIX"
install_to DESTDIR="$scratch/stage" PREFIX=/opt/kvmdbg ARCH=riscv64
is "$(listing "$scratch/stage/opt/kvmdbg")" "$expected" "and below DESTDIR and PREFIX"
is "$(ls "$scratch/stage")" opt "and nowhere else"
install_to PREFIX="$scratch/host"
is "$(listing "$scratch/host")" "$expected" "so it is with the build for this machine"

bin="$scratch/pre fix/bin/kvmdbg" share="$scratch/pre fix/share"
is "$(od -An -tx1 -j18 -N2 "$bin")" " f3 00" "ARCH=riscv64 installs the RISC-V program"
is "$("$scratch/host/bin/kvmdbg" --version)" "$(qemu-riscv64-static "$bin" --version)" "both tell the same version"
for page in man1/kvmdbg.1 man5/kdbg.5; do
    like "$(mandoc -T ascii "$share/man/$page" | col -b)" "*NAME*DESCRIPTION*EXAMPLES*" "$page renders"
done

# From another folder, by name, in the lab; the guest is found from the script.
mkdir "$scratch/elsewhere"
cd "$scratch/elsewhere" || exit
cat >lab.sh <<'LAB'
"$1" --report tap --script ebreak.kdbg >named
echo "$?"
"$1" --script nowhere.kdbg 2>/dev/null
echo "$?"
echo 'quit 7' >ebreak.kdbg
"$1" --script ebreak.kdbg >/dev/null
echo "$?"
LAB
mapfile -t status < <("$run" -- sh lab.sh "$bin")
is "${status[0]-}" 0 "the installed program finds ebreak.kdbg by its name and passes it"
like "$(cat named)" "*ok 1 - expect stop ebreak*1..*" "and that was the session"
is "${status[1]-}" 2 "a name that nothing has is refused"
is "${status[2]-}" 7 "a file of that name in the working directory comes first"
