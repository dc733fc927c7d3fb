"""The history across runs."""

import os
import signal
import stat

from tap import ok, same
from terminal import PROMPT, host


def run():
    shell = host()
    across_runs(shell)
    path = shell.scratch + "/state/kvmdbg/history"
    same(oct(stat.S_IMODE(os.stat(path).st_mode)), "0o600", "its file is the user's alone")
    same(oct(stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode)), "0o700", "and so is its folder")

    shell.start("-n -q")
    shell.type("print 333")
    shell.kill(signal.SIGKILL)
    shell.ended()
    shell.run("stty sane")
    shell.start("-n -q")
    shell.send("\x1b[A")
    ok(shell.see("print 333"), "a killed session has left its history", shell.text)
    shell.send("\x15")
    shell.type("print 444")
    shell.type("print 444")
    shell.type("   ")
    shell.quit()
    same(read(path).count("print 444\n"), 1, "the same line twice in a row is kept once")
    ok("   \n" not in read(path), "a blank line is not kept")

    shell.start("-n -q")
    shell.send("\x1b[200~print 1001\nprint 1002\n\x1b[201~\r")
    shell.see("= 1002")
    shell.see(PROMPT)
    shell.quit()
    ok("print 1001\nprint 1002\n" in read(path), "pasted lines are lines of their own", read(path))

    def without(before, what):
        shell.start("-n -q", before)
        told = "The history is not kept" in shell.text or "The history cannot be" in shell.text
        works = "= 4" in shell.type("print 2+2")
        told = told or "The history is not kept" in shell.text
        ok(told and works, f"{what}: told once, and the prompt works", shell.text)
        ok("history is not" not in shell.type("print 5"), "and not again", shell.text)
        same(shell.quit(), 0, "and the end is an ordinary one")

    without("env -u HOME -u XDG_STATE_HOME", "no HOME")
    without("XDG_STATE_HOME=/proc", "a folder that cannot be made")
    os.makedirs(shell.scratch + "/folder/kvmdbg/history")
    without(f"XDG_STATE_HOME={shell.scratch}/folder", "a folder in the file's place")
    if os.getuid() == 0:
        os.makedirs(shell.scratch + "/fixed/kvmdbg")
        os.chmod(shell.scratch, 0o755)
        without(f"XDG_STATE_HOME={shell.scratch}/fixed setpriv --reuid=65534 --clear-groups", "a folder of somebody else's")
    shell.close()


def across_runs(shell):
    """What holds on this machine and in the lab."""
    shell.start("-n -q")
    shell.type("print 111")
    shell.type("print 222")
    shell.quit()
    shell.start("-n -q")
    shell.send("\x1b[A\x1b[A\x1b[A\r")
    ok(shell.see("= 111"), "the up key finds the lines of the run before", shell.text)
    shell.see(PROMPT)
    text = shell.type("history")
    ok("print 111" in text and "print 222" in text, "history lists them", text)
    text = shell.type("history 1").split("\n", 1)[1]
    ok("history 1" in text and "print" not in text, "or the last one", text)
    shell.quit()


def read(path):
    with open(path) as file:
        return file.read()
