"""Every way out, and the terminal afterwards."""

import signal

from tap import ok, same
from terminal import PROMPT, host


def run():
    shell = host()
    end_by_hand(shell)
    modes = shell.terminal_modes()
    for number, status in ((signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGQUIT, 131), (signal.SIGSEGV, 139)):
        shell.start("-n -q")
        shell.send("print 1")
        shell.see("print 1")
        shell.kill(number)
        same(shell.ended(), status, f"{number.name} ends it as such")
        ok("\x1b[?2004l" in shell.raw, "and takes back what readline told the terminal", shell.raw)
        same(shell.terminal_modes(), modes, "the terminal is as before")
    shell.start("-n -q", "TERM=dumb")
    shell.kill(signal.SIGTERM)
    same(shell.ended(), 143, "SIGTERM on a dumb terminal")
    ok("\x1b" not in shell.raw, "writes no escape codes", shell.raw)
    shell.start("-n -q", """sh -c 'trap "" HUP; exec "$@"' sh""")
    shell.kill(signal.SIGHUP)
    ok("= 3" in shell.type("print 1+2"), "under nohup it lives on", shell.text)
    shell.quit()

    shell.start("-n -q")
    shell.child.close(force=False)
    ok(not shell.child.isalive() or shell.child.wait() is not None, "a terminal that goes away ends it")


def end_by_hand(shell):
    """What holds on this machine and in the lab."""
    modes = shell.terminal_modes()
    shell.start("-n -q")
    same(shell.quit(), 0, "quit: status 0")
    same(shell.terminal_modes(), modes, "the terminal is as before")
    shell.start("-n -q")
    shell.send("quit 3\r")
    same(shell.ended(), 3, "quit 3: status 3")
    shell.start("-n -q")
    shell.send("print 1")
    shell.see("print 1")
    shell.send("\x04")
    ok("= 1" in shell.type(""), "Ctrl-D in a line is no end", shell.text)
    shell.send("\x04")
    status = shell.ended()
    same(status, 0, "Ctrl-D at the prompt: status 0")
    ok("quit\n" in shell.text, "and quit is shown", shell.text)
    same(shell.terminal_modes(), modes, "the terminal is as before")
    shell.start("-n -q")
    shell.send("\x1c")
    same(shell.ended(), 131, "Ctrl-\\ ends it by SIGQUIT")
    same(shell.terminal_modes(), modes, "the terminal is as before")
