#!/usr/bin/python3
"""kvmdbg's single steps beside QEMU's own: random programs, the same pc and the same registers before each instruction.

usage: Tests/differential.t [--seed N] [--sequences N] [--parts N] [--by stepi|continue]

The program is run twice: by QEMU's own hart in S-mode, which logs the state before each instruction, and under KVM in the lab,
where kvmdbg steps through it (`--by stepi`) or goes from breakpoint to breakpoint, one at each instruction (`--by continue`).
LR and SC with what is between them are one step. Each test point is a part of the program; --parts run at a time. Another seed
makes another program; the one of a failure is in its output.
"""

import argparse
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [os.path.join(ROOT, "Tests", folder) for folder in ("differential", "repl")]
sys.dont_write_bytecode = True
import debugger  # noqa: E402
import elf  # noqa: E402
import oracle  # noqa: E402
import tap  # noqa: E402
from program import Program  # noqa: E402

MOST_OF_A_UNIT = 18  # instructions: LR, 16, SC


def build(folder, seed, sequences):
    """The program and the monitor, by the toolchain that builds the guests."""
    with open(f"{folder}/program.S", "w") as file:
        file.write(str(Program(seed, sequences)))
    clang = subprocess.check_output(["lab/toolchain"], text=True).strip() + "/bin/clang"
    flags = ["--target=riscv64-unknown-elf", "-march=rv64gc", "-mabi=lp64d", "-mcmodel=medany", "-nostdlib", "-static",
             "-fuse-ld=lld", "-Wl,--build-id=none"]
    for name, source, place in (("program", f"{folder}/program.S", "-T,Guests/guest.ld"),
                                ("monitor", "Tests/differential/monitor.S", "-Ttext=0x87ff0000")):
        subprocess.run([clang, *flags, f"-Wl,{place}", "-o", f"{folder}/{name}.elf", source], check=True)


def difference(expected, found):
    """Of two states: what differs."""
    if expected[0] != found[0]:
        return "pc: 0x%x expected, 0x%x found" % (expected[0], found[0])
    return ", ".join("x%d: 0x%x expected, 0x%x found" % (n, expected[n], found[n])
                     for n in range(1, 32) if expected[n] != found[n])


def compare(code, expected, found, by_step):
    """Follows `found` through `expected`. Whether all of it is there, and what was seen where it parts.

    A single step from an LR on leads to the end of its unit. The SC there may fail for the host's reasons, as when it takes an
    interrupt; the program then branches back to the LR, and that step is looked at instead."""
    at, failures, failed = 0, 0, False
    for number, state in enumerate(found):
        if failed:
            # The branch back from the SC that failed.
            if not elf.is_lr(code.instruction(state[0])):
                return False, "after step %d: a failed SC is not tried again, pc is 0x%x" % (number, state[0])
            failed = False
            continue
        if number > 0:
            before = expected[at]
            at += 1
            if by_step and elf.is_lr(code.instruction(before[0])):
                unit = range(at, min(at + MOST_OF_A_UNIT, len(expected)))
                at = next((n for n in unit if expected[n] == state), at)
                if expected[at] != state and any(is_failure(code, expected[n - 1], expected[n], state) for n in unit):
                    at -= 1
                    failures += 1
                    failed = True
                    continue
        if at >= len(expected):
            return False, "step %d goes on behind the end, to 0x%x" % (number, state[0])
        if expected[at] != state:
            before = expected[at - 1] if at else state
            bits = code.instruction(before[0])
            return False, "after step %d, from 0x%x, %x: %s" % (number, before[0], bits, difference(expected[at], state))
    # Each failure took two steps more.
    if len(in_units(code, expected[at:])) - 1 > 2 * failures:
        return False, "%d states, and the last of them is the oracle's %d of %d" % (len(found), at + 1, len(expected))
    return True, ""


def is_failure(code, before, after, found):
    """Whether `found` is `after`, where an SC led from `before`, but for the SC having failed."""
    bits = code.instruction(before[0])
    result = bits >> 7 & 31
    return elf.is_sc(bits) and after[result] == 0 and found == (*after[:result], 1, *after[result + 1:])


def in_units(code, states):
    """The states without those inside of an LR/SC unit; how many steps there are."""
    steps, at = [], 0
    while at < len(states):
        steps.append(states[at])
        pc = states[at][0]
        at += 1
        if not elf.is_lr(code.instruction(pc)):
            continue
        end = unit_end(code, pc)
        while end and at < len(states) and pc < states[at][0] < end:
            at += 1
    return steps


def unit_end(code, pc):
    """Behind the SC that belongs to the LR at pc; None if there is none."""
    address = pc
    for _ in range(MOST_OF_A_UNIT):
        bits = code.instruction(address)
        address += 4 if bits & 3 == 3 else 2
        if elf.is_sc(bits):
            return address
        if address > pc + 4 and (bits & 0x7F in (0x6F, 0x67, 0x73) or elf.is_lr(bits)):
            return None
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=20241124)
    parser.add_argument("--sequences", type=int, default=2000)
    parser.add_argument("--parts", type=int, default=2)
    parser.add_argument("--by", choices=["stepi", "continue"], default="stepi")
    options = parser.parse_args()
    os.chdir(ROOT)
    folder = f"build/tests/differential-{options.by}"
    os.makedirs(folder, exist_ok=True)

    build(folder, options.seed, options.sequences)
    code = elf.Code(f"{folder}/program.elf")
    symbols = code.symbols()
    states = oracle.trace(f"{folder}/monitor.elf", f"{folder}/program.elf")
    ends = [n for n, state in enumerate(states) if state[0] == symbols["done"]]
    if len(ends) != 1:
        sys.exit(f"differential: the oracle comes to the end {len(ends)} times; seed {options.seed}")
    states = states[:ends[0] + 1]
    tap.comment(f"seed {options.seed}: {options.sequences} sequences, {len(states)} instructions")

    # Each part begins at a sequence, and ends where the next begins.
    firsts = [0] + [next(n for n, state in enumerate(states) if state[0] == symbols[f"s{options.sequences * part // options.parts}"])
                    for part in range(1, options.parts)] + [len(states) - 1]
    ranges = [states[first:last + 1] for first, last in zip(firsts, firsts[1:])]
    parts = []
    for number, part in enumerate(ranges):
        # The oracle's guest has no device tree.
        begin = [f"load {folder}/program.elf", "start", "set $a1 = 0",
                 *([] if number == 0 else [f"break *{part[0][0]:#x}", "continue", "delete"])]
        if options.by == "continue":
            part = ranges[number] = stops(code, part)
            begin += [f"break *{address:#x}" for address in sorted({state[0] for state in part[1:]})]
            each = ["continue"]
        else:
            part = in_units(code, part)
            each = ["stepi"]
        parts.append((f"part{number}", begin + [debugger.SHOW], each, len(part) - 1))
    for number, (found, errors) in enumerate(debugger.traces(folder, parts)):
        same, detail = compare(code, ranges[number], found, by_step=options.by == "stepi")
        tap.ok(same, f"{len(found)} states of part {number} are the oracle's", f"seed {options.seed}", detail, errors)
    tap.plan()


def stops(code, states):
    """The states at which a breakpoint can stand: not in an LR/SC unit, whose reservation it would take away."""
    inside = set()
    for state in states:
        if elf.is_lr(code.instruction(state[0])):
            end = unit_end(code, state[0]) or state[0] + 4
            inside |= set(range(state[0], end, 2))
    return [states[0]] + [state for state in states[1:] if state[0] not in inside]


main()
