"""What kvmdbg shows of the same program in the lab: the state at each stop."""

import os
import re
import subprocess

LINE = re.compile(rb"^T ([0-9a-f ]+)$", re.MULTILINE)
REGISTERS = ["$pc"] + [f"$x{n}" for n in range(1, 32)]
SHOW = 'printf "T' + " %lx" * len(REGISTERS) + r'\n", ' + ", ".join(REGISTERS)

# Standard input and output stay in the lab, where they cost least. $1 is the folder, and for each part there are in it NAME.begin,
# the commands that lead to its first stop, and NAME.count, how often the commands in NAME.each are to be carried out then. All
# parts run at a time.
IN_LAB = r"""
    folder=$1; shift
    for part in "$@"; do
        {
            cat "$folder/$part.begin"
            awk -v count="$(cat "$folder/$part.count")" '{ text = text $0 "\n" } END { while (count-- > 0) printf "%s", text }' \
                "$folder/$part.each"
        } | build/riscv64/kvmdbg -n -q >"/run/$part.out" 2>"/run/$part.errors" &
    done
    wait
    cp /run/*.out /run/*.errors "$folder"
"""


def traces(folder, parts, timeout=1500):
    """For each of `parts` (name, commands to begin with, commands for each state, number of states) the states, and what was
    written to standard error."""
    for name, begin, each, count in parts:
        for suffix, lines in ("begin", begin), ("each", [*each, SHOW]), ("count", [str(count)]):
            with open(f"{folder}/{name}.{suffix}", "w") as file:
                file.writelines(line + "\n" for line in lines)
    names = [part[0] for part in parts]
    subprocess.run(["lab/run", "--timeout", f"{timeout}s", "--", "sh", "-c", IN_LAB, "differential", folder, *names],
                   stdin=subprocess.DEVNULL, check=True)
    result = []
    for name in names:
        with open(f"{folder}/{name}.out", "rb") as file:
            states = [tuple(int(word, 16) for word in line.split()) for line in LINE.findall(file.read())]
        with open(f"{folder}/{name}.errors", errors="replace") as file:
            errors = file.read()
        result.append((states, errors))
    return result
