#!/usr/bin/python3
"""On a terminal the command has a terminal, and the caller's is as it was afterwards."""

import os
import subprocess
import tempfile
from signal import Signals

import pexpect

RUN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "run")
SCRATCH = tempfile.TemporaryDirectory()
points = 0


def ok(condition, text, detail=""):
    global points
    points += 1
    print(f"{'ok' if condition else 'not ok'} {points} - {text}")
    if not condition:
        print("# " + repr(detail))


def spawn(command):
    """A shell on a terminal of 31 lines and 97 columns that runs the command and says its status."""
    return pexpect.spawn(
        "bash", ["-c", f'before=$(stty -g); {command}; echo "status=$?"; sleep 0.5; [ "$before" = "$(stty -g)" ] && echo sane'],
        env={**os.environ, "TERM": "xterm-256color", "LAB": RUN, "TMPDIR": SCRATCH.name}, dimensions=(31, 97), timeout=20)


def seen(terminal, text):
    return terminal.expect_exact([text, pexpect.TIMEOUT, pexpect.EOF]) == 0


terminal = spawn('"$LAB" -- sh -c \'tty; stty size; echo "$TERM"; test -t 0 && test -t 1 && test -t 2 && echo all; sleep 60\'')
ok(seen(terminal, "/dev/"), "the command has a terminal", terminal.before)
ok(seen(terminal, "31 97\r\n"), "of the caller's size", terminal.before)
ok(seen(terminal, "xterm-256color\r\n"), "and kind", terminal.before)
ok(seen(terminal, "all\r\n"), "for all three streams, and lines end as on any terminal", terminal.before)
terminal.sendintr()
ok(seen(terminal, "status=130\r\n"), "Ctrl-C reaches the command", terminal.before)
ok(b"Power down" not in terminal.before, "the kernel's farewell is not shown", terminal.before)
ok(seen(terminal, "sane"), "the terminal is as before", terminal.before)

terminal = spawn('"$LAB" -- sh -c \'read -r line; echo "<$line>"; cat; exit 9\'')
terminal.expect(["xyzzy", pexpect.TIMEOUT], timeout=4)
terminal.sendline("typed é")
ok(seen(terminal, "<typed é>\r\n".encode()), "what is typed reaches the command", terminal.before)
terminal.sendeof()
ok(seen(terminal, "status=9\r\n"), "Ctrl-D ends its input", terminal.before)
ok(seen(terminal, "sane"), "the terminal is as before", terminal.before)

terminal = spawn('"$LAB" -- sh -c \'echo out; echo err >&2\' 2>/dev/null')
ok(seen(terminal, "out\r\n"), "the output of a run whose errors go elsewhere is shown", terminal.before)
ok(seen(terminal, "status=0"), "it ends", terminal.before)
ok(b"err" not in terminal.before, "its errors are not shown", terminal.before)

for signal in (Signals.SIGTERM, Signals.SIGHUP, Signals.SIGKILL):
    terminal = spawn('"$LAB" -- sh -c "echo up; sleep 60"')
    ok(seen(terminal, "up\r\n"), "a run is under way", terminal.before)
    children = subprocess.run(["pgrep", "-P", str(terminal.pid)], capture_output=True, text=True).stdout.split()
    os.kill(int(children[0]), signal)
    ok(seen(terminal, "status="), f"{signal.name} ends it", terminal.before)
    ok(seen(terminal, "sane"), "the terminal is as before", terminal.before)

terminal = spawn('echo piped | "$LAB" -- sh -c "cat; sleep 60"')
ok(seen(terminal, "piped\r\n"), "a run with a piped input is under way", terminal.before)
terminal.sendintr()
terminal.expect([pexpect.EOF, pexpect.TIMEOUT])
terminal.wait()
left = subprocess.run(["pgrep", "-c", "-s", str(terminal.pid)], capture_output=True, text=True).stdout.strip()
ok(left == "0", "Ctrl-C ends it and leaves no process behind", left)

print(f"1..{points}")
