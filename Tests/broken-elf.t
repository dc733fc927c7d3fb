#!/usr/bin/python3
"""Whatever an ELF file is broken in, `load` refuses it with a sentence; nothing crashes or hangs."""

import os
import random
import shutil
import struct
import subprocess
import tempfile

os.environ.pop("HARNESS_ACTIVE", None)  # Its reports are for people here, whoever runs this.
os.chdir(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HOST = ["build/kvmdbg"]
PRODUCT = ["qemu-riscv64-static", "build/riscv64/kvmdbg"]
GOOD = open("build/guests/count.elf", "rb").read()
E_PHOFF, = struct.unpack_from("<Q", GOOD, 32)
E_SHOFF, = struct.unpack_from("<Q", GOOD, 40)
PHDR = 56  # bytes of a program header


def patched(*changes):
    """The good guest with values put in: (offset, struct format, value)."""
    content = bytearray(GOOD)
    for offset, layout, value in changes:
        struct.pack_into("<" + layout, content, offset, value)
    return bytes(content)


def segment(number, field, value):
    """A change of a program header; number counts all of them."""
    offset = {"type": 0, "offset": 8, "vaddr": 16, "paddr": 24, "filesz": 32, "memsz": 40}[field]
    return E_PHOFF + number * PHDR + offset, "I" if field == "type" else "Q", value


loads = [n for n in range(struct.unpack_from("<H", GOOD, 56)[0])
         if struct.unpack_from("<I", GOOD, E_PHOFF + n * PHDR)[0] == 1]
TEXT, DATA = loads[:2]
HUGE = 0xFFFFFFFFFFFFFFFF

# What is broken, the content, and a word that the sentence must have.
broken = [
    ("an empty file", b"", "not an ELF file"),
    ("a text", b"#!/bin/sh\necho no\n", "not an ELF file"),
    ("zeros", bytes(4096), "not an ELF file"),
    ("three bytes of the magic number", GOOD[:3], "not an ELF file"),
    ("the magic number alone", GOOD[:4], "cut short"),
    ("a 32-bit file", patched((4, "B", 1)), "32-bit"),
    ("a class that is none", patched((4, "B", 9)), "class 9"),
    ("a big-endian file", patched((5, "B", 2)), "big-endian"),
    ("a byte order that is none", patched((5, "B", 0)), "byte order"),
    ("a file for x86-64", patched((18, "H", 62)), "not for RISC-V"),
    ("a file for a machine without a name", patched((18, "H", 0xFEED)), "not for RISC-V"),
    ("an object file", patched((16, "H", 1)), "relocatable"),
    ("a shared library", patched((16, "H", 3)), "position-independent"),
    ("a core dump", patched((16, "H", 4)), "core dump"),
    ("a type that is none", patched((16, "H", 0)), "unknown ELF type"),
    ("a header without its end", GOOD[:40], "cut short"),
    ("program headers without their end", GOOD[:E_PHOFF + PHDR + 8], "cut short"),
    ("no content of the segments", GOOD[:E_PHOFF + 8 * PHDR], "cut short"),
    ("program headers behind the end", patched((32, "Q", len(GOOD) + 1)), "cut short"),
    ("program headers at the last address", patched((32, "Q", HUGE)), "cut short"),
    ("program headers of another size", patched((54, "H", 32)), "program headers"),
    ("no program headers", patched((56, "H", 0)), "PT_LOAD"),
    ("more program headers than there are", patched((56, "H", 0xFFFE)), "cut short"),
    ("the mark of an extended count of them", patched((56, "H", 0xFFFF)), "program headers"),
    ("no loadable segment", patched(*(segment(n, "type", 6) for n in loads)), "PT_LOAD"),
    ("loadable segments without a byte", patched(*(segment(n, f, 0) for n in loads for f in ("filesz", "memsz"))), "PT_LOAD"),
    ("a segment below RAM", patched(segment(TEXT, "paddr", 0x1000)), "does not lie in the guest's RAM"),
    ("a segment behind RAM", patched(segment(DATA, "paddr", 0x88000000)), "--memory"),
    ("a segment that leaves RAM", patched(segment(DATA, "memsz", 1 << 28)), "--memory"),
    ("a segment beyond any RAM", patched(segment(DATA, "paddr", 1 << 60)), "does not lie in the guest's RAM"),
    ("a segment that wraps around", patched(segment(DATA, "paddr", HUGE - 0xFFF)), "behind the last address"),
    ("a segment as long as can be", patched(segment(DATA, "memsz", HUGE)), "behind the last address"),
    ("segments that overlap", patched(segment(DATA, "paddr", 0x80000010)), "overlap"),
    ("segments at one place", patched(segment(DATA, "paddr", 0x80000000)), "overlap"),
    ("an entry outside RAM", patched((24, "Q", 0x1000)), "entry"),
    ("an entry in none of the segments", patched((24, "Q", 0x80100000)), "entry"),
    ("an entry at the last address", patched((24, "Q", HUGE)), "entry"),
    ("more bytes in the file than in memory", patched(segment(TEXT, "memsz", 1)), "p_filesz"),
    ("content behind the end of the file", patched(segment(TEXT, "offset", len(GOOD))), "cut short"),
    ("content at the last address", patched(segment(TEXT, "offset", HUGE)), "cut short"),
    ("content that is as long as can be", patched(segment(TEXT, "filesz", HUGE), segment(TEXT, "memsz", HUGE)), "cut short"),
]
points = failures = 0


def ok(condition, text, detail=""):
    global points
    points += 1
    print(f"{'ok' if condition else 'not ok'} {points} - {text}", flush=True)
    if not condition:
        print("".join(f"# {line}\n" for line in detail.splitlines()), end="", flush=True)


def load(program, path):
    """Status, output and errors of a load; a hang is a status as well."""
    try:
        done = subprocess.run(program + ["--batch", "-n", "-e", f"load {path}"], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=20, errors="replace")
    except subprocess.TimeoutExpired:
        return "hangs", "", ""
    return done.returncode, done.stdout, done.stderr


def refused(program, path, name, word):
    """One sentence on standard error, the file's name in it, and nothing else."""
    status, output, errors = load(program, path)
    detail = f"status {status}\nstdout {output!r}\nstderr {errors!r}"
    told = errors.count("\n") == 1 and errors.endswith(".\n") and word in errors
    ok(status in (1, 2) and output == "" and told, f"{name} is refused", detail)


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "broken.elf")

    def put(content):
        with open(path, "wb") as file:
            file.write(content)

    put(GOOD)
    for program in HOST, PRODUCT:
        status, output, errors = load(program, path)
        ok((status, output, errors) == (0, "", ""), f"{program[0]}: the good guest is taken", f"{status} {output} {errors}")

    for index, (name, content, word) in enumerate(broken):
        put(content)
        refused(HOST, path, name, word)
        if index % 4 == 0:
            refused(PRODUCT, path, f"in the product: {name}", word)

    # Cut anywhere up to the end of what is loaded, a guest is refused.
    chance = random.Random(20240607)
    end = max(struct.unpack_from("<Q", GOOD, E_PHOFF + n * PHDR + 8)[0] + struct.unpack_from("<Q", GOOD, E_PHOFF + n * PHDR + 32)[0]
              for n in loads)
    for size in sorted(chance.sample(range(4, end), 20)):
        put(GOOD[:size])
        refused(HOST, path, f"the guest cut to {size} bytes", "cut short")

    # Behind that are symbols and debug information. They can be broken, too, and then the guest is taken, perhaps with a
    # warning, or refused; never more than that.
    def survives(name):
        status, output, errors = load(HOST, path)
        lines = (output + errors).splitlines()
        ok(status in (0, 1) and len(lines) <= 3 and all(line.endswith(".") for line in lines),
           f"{name}: taken or refused", f"status {status}\nstdout {output!r}\nstderr {errors!r}")

    for size in sorted(chance.sample(range(end, len(GOOD)), 10)):
        put(GOOD[:size])
        survives(f"cut to {size} bytes")
    for _ in range(10):
        content = bytearray(GOOD)
        for _ in range(8):
            content[chance.randrange(E_SHOFF, len(GOOD))] = chance.randrange(256)
        put(content)
        survives("section headers with 8 wrong bytes")
    for _ in range(10):
        content = bytearray(GOOD)
        for _ in range(4):
            content[chance.randrange(6, E_PHOFF + 4 * PHDR)] = chance.randrange(256)
        put(content)
        survives("headers with 4 wrong bytes")

    refused(HOST, os.path.join(folder, "missing.elf"), "a file that is not there", "No such file")
    refused(HOST, folder, "a folder", "directory")
    # Root can read anything, so another user tries, who may not reach the build.
    program = [shutil.copy("build/kvmdbg", folder)]
    os.chmod(folder, 0o755)
    os.chmod(path, 0)
    if os.geteuid() == 0:
        program = ["setpriv", "--reuid", "65534", "--clear-groups"] + program
    refused(program, path, "a file that may not be read", "Permission denied")

print(f"1..{points}")
