"""The command line."""

import os

from streams_test import kvmdbg
from tap import ok, same
from terminal import host


def run():
    for arguments in (
        ["--nonsense"], ["-Z"], ["--memory"], ["--memory", "lots"], ["--memory=-1"], ["--report", "xml"], ["--color", "blue"],
        ["one.elf", "two.elf"], ["--report", "tap"], ["-x", "/nonexistent"], ["--script", "-"], ["-e", "nonsense"],
        ["-e", "print 1 +"], ["-x", "/"], ["--re"],
    ):
        result = kvmdbg(*arguments)
        first = result.stderr.split("\n")[0]
        ok(result.returncode == 2 and result.stdout == "" and first.endswith((".", "?", '".')),
           f"{' '.join(arguments)}: status 2 and a sentence", result)
        ok("embedded Swift" not in result.stderr, "that is a sentence", result.stderr)
    for arguments, text in ((["--help"], "Usage: kvmdbg"), (["--version"], "kvmdbg "), (["-h"], "Usage"), (["--he"], "Usage")):
        result = kvmdbg(*arguments)
        ok(result.returncode == 0 and result.stdout.startswith(text) and result.stderr == "", " ".join(arguments), result)

    scratch = host()
    first, second = scratch.scratch + "/first.kdbg", scratch.scratch + "/second.kdbg"
    for path, text in ((first, "print 100\n"), (second, "print 200\n")):
        with open(path, "w") as file:
            file.write(text)
    result = kvmdbg("-e", "print 1", "-x", first, "-e", "print 2", "-x", second, "-e", "print 3")
    values = [line.split(" = ")[1] for line in result.stdout.split("\n") if line.startswith("$")]
    same((values, result.returncode), (["1", "100", "2", "200", "3"], 0), "-e and -x: in their order")
    result = kvmdbg("--batch", "-e", "print 1", "-e", "print 1/0", "-e", "print 2")
    same((result.stdout, result.returncode), ("$1 = 1\n", 1), "--batch: the first failure ends it")
    result = kvmdbg("--batch", "-e", "", "-e", "# nothing", "-e", "print 1")
    same((result.stdout, result.returncode), ("$1 = 1\n", 0), "a blank -e is nothing")
    same(kvmdbg("--batch", input="print 1\n").stdout, "", "--batch: standard input is not read")
    result = kvmdbg("-x", "/dev/stdin", input="print 5\n")
    ok("= 5" in result.stdout and result.returncode == 0, "a script on standard input: /dev/stdin", result)
    result = kvmdbg("-e", "print 1", "-x", "/dev/stdin", input="print 1\nnonsense\n")
    same((result.stdout, result.returncode), ("", 2), "nothing is run when a later script cannot be parsed")
    scratch.start("-n -q -e 'print 1/0' -e 'print 2'")
    ok("$1 = 2" in scratch.text, "before a prompt a failure of -e does not end the rest", scratch.text)
    same(scratch.quit(), 0, "nor show in the status")
    scratch.start("-n -q /nonexistent")
    ok("/nonexistent" in scratch.text and "No such file" in scratch.text, "nor does a guest that cannot be read", scratch.text)
    scratch.quit()
    scratch.close()
