"""Standard input and output that are no terminals."""

import os
import signal
import subprocess
import time

from tap import ok, same
from terminal import ROOT, host

BINARY = os.path.join(ROOT, "build/kvmdbg")


def kvmdbg(*arguments, input="", **settings):
    return subprocess.run(
        [BINARY, *arguments], input=input, capture_output=True, text=True, timeout=20, cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **settings})


def shell(command):
    return subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, timeout=20, cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "K": BINARY})


def run():
    piped()
    lost_output()
    interrupted()
    half_a_terminal()


def piped():
    result = kvmdbg(input="print 1\nprint 2\n")
    same((result.stdout, result.stderr, result.returncode), ("$1 = 1\n$2 = 2\n", "", 0), "piped commands: their output alone")
    result = kvmdbg(input="print 1\nprint 2")
    same((result.stdout, result.returncode), ("$1 = 1\n$2 = 2\n", 0), "the last line needs no end")
    same(kvmdbg(input="").returncode, 0, "no commands at all")
    result = kvmdbg(input="print 1\nprint 1/0\nprint 2\n")
    same((result.stdout, result.returncode), ("$1 = 1\n$2 = 2\n", 1), "a command that failed shows in the status, and the next one is read")
    same(kvmdbg(input="print 1/0\nquit\n").returncode, 1, "also with quit at the end")
    same(kvmdbg(input="print 1/0\nquit 7\n").returncode, 7, "quit's own status counts more")
    same(kvmdbg("/nonexistent", input="print 1\n").returncode, 1, "a guest that cannot be read shows in the status")
    same(kvmdbg("-e", "print 1/0", input="print 1\n").returncode, 1, "and so does -e that failed")
    ok("\x1b" not in kvmdbg(input="help\n").stdout, "no colour in a pipe")
    ok("\x1b" in kvmdbg("--color", "always", input="help\n").stdout, "but with --color always")
    result = kvmdbg(input="print 1\x00\nprint 2\r\nprint \xff\xfe\n\x1b[A\nprint 3\n")
    ok("= 3\n" in result.stdout and result.returncode != 0, "NUL, carriage returns and escapes do no harm", result)


def lost_output():
    for what in ("--help", "--version", "-e 'print 1' --batch", "-x /dev/stdin <<<'print 1'", "<<<'print 1'"):
        result = shell(f"$K {what} >/dev/full")
        ok(result.returncode == 1 and "No space left" in result.stderr, f"kvmdbg {what} >/dev/full: told, status 1", result)
    result = shell("$K -e 'help' --batch | head -1; echo ${PIPESTATUS[0]}")
    ok(result.stdout.startswith("Running") and result.stderr == "", "kvmdbg | head -1 is quiet", result)
    result = shell("for i in {1..30000}; do echo print $i; done | $K | head -1; echo ${PIPESTATUS[1]}")
    same((result.stdout, result.stderr), ("$1 = 1\n141\n", ""), "and ends by SIGPIPE")
    same(shell("$K --batch -e 'print 1' >&-").returncode, 1, "no standard output at all")
    same(shell("$K <&-").returncode, 0, "no standard input at all")


def interrupted():
    process = subprocess.Popen([BINARY, "-n"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdin.write("print 1\n")
    process.stdin.flush()
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    same((process.wait(5), process.stdout.read()), (130, "$1 = 1\n"), "SIGINT while commands are awaited: status 130")
    process = subprocess.Popen(
        [BINARY, "--script", "/dev/stdin"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    process.stdin.write("print 1\n" * 3_000_000)
    process.stdin.close()
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    status = process.wait(10)
    same((status, "Interrupted" in process.stderr.read()), (130, True), "SIGINT in a script: status 130 and a word")


def half_a_terminal():
    terminal = host()
    terminal.send(terminal.binary + ' -n | cat; echo "stat""us=$?"\n')
    ok(terminal.see("(kvmdbg) "), "with the output in a pipe the prompt is still for the person", terminal.text)
    terminal.send("print 6*7\n")
    ok(terminal.see("= 42"), "and each answer comes at once", terminal.text)
    terminal.see("(kvmdbg) ")
    terminal.send("\x04")
    same(terminal.ended(), 0, "Ctrl-D ends it")
    terminal.send(terminal.binary + f' -n >{terminal.scratch}/out; echo "stat""us=$?"\n')
    terminal.see("(kvmdbg) ")
    terminal.send("print 6*7\n")
    terminal.see("(kvmdbg) ")
    terminal.send("print")
    terminal.send("\x03")
    ok(terminal.see("(kvmdbg) "), "with the output in a file Ctrl-C gives a new prompt", terminal.text)
    terminal.send("\x04")
    same(terminal.ended(), 0, "Ctrl-D ends it")
    with open(terminal.scratch + "/out") as file:
        same(file.read(), "$1 = 42\n", "the file has the output alone")
    terminal.close()
