"""Shells on pseudo-terminals, in which kvmdbg is started as a user starts it: on this machine, or in the lab."""

import atexit
import os
import re
import shutil
import tempfile
import time

import pexpect

from tap import ok

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROMPT = "(kvmdbg) "
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|[\x07\r]")


class Shell:
    """A shell that waits for commands at the prompt `$$> `; `text` is what a person has seen since the last wait,
    `raw` the same with the terminal's control codes."""

    def __init__(self, command, binary, settings, timeout):
        self.scratch = tempfile.mkdtemp(prefix=".repl.", dir=os.path.join(ROOT, "build"))
        atexit.register(shutil.rmtree, self.scratch, ignore_errors=True)
        self.binary = binary
        env = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "TERM": "xterm", "LANG": "C.UTF-8", "PS1": "$ "}
        self.child = pexpect.spawn(
            command[0], command[1:], cwd=ROOT, env=env, dimensions=(30, 100), timeout=timeout, encoding="utf-8",
            codec_errors="replace")
        self.child.delaybeforesend = None
        self.text = self.raw = ""
        settings = {"HOME": self.scratch + "/home", "XDG_STATE_HOME": self.scratch + "/state", **settings}
        os.mkdir(self.scratch + "/home")
        self.run("; ".join(f"export {name}='{value}'" for name, value in settings.items()))

    def send(self, text):
        self.child.send(text)

    def see(self, text, timeout=-1):
        """Waits for a text; False if it does not come."""
        found = self.child.expect_exact([text, pexpect.TIMEOUT, pexpect.EOF], timeout=timeout) == 0
        self.raw = self.child.before or ""
        self.text = ESCAPES.sub("", self.raw)
        return found

    def becomes_visible(self, *texts, timeout=3):
        """Waits until all the texts stand on the screen, however the terminal was told to put them there."""
        seen, end = "", time.monotonic() + timeout
        while not all(text in ESCAPES.sub("", seen) for text in texts):
            left = end - time.monotonic()
            if left <= 0 or self.child.expect([r"(?s).+", pexpect.TIMEOUT, pexpect.EOF], timeout=left) != 0:
                break
            seen += self.child.after
        self.text = ESCAPES.sub("", seen)
        return all(text in self.text for text in texts)

    def watch(self, seconds):
        """Looks at the screen for so long, as a person does while much goes by."""
        self.child.expect([pexpect.TIMEOUT, pexpect.EOF], timeout=seconds, searchwindowsize=1)

    def run(self, command):
        """Runs a shell command to its end: its status; `text` is what it showed."""
        self.send(command + '; echo "stat""us=$?"\n')
        if not self.see("status="):
            return None
        self.child.expect(r"(\d+)\r?\n")
        return int(self.child.match.group(1))

    def start(self, arguments="", before="", after=""):
        """Starts kvmdbg; `text` is what it says before its first prompt."""
        self.send(f'{before} {self.binary} {arguments} {after}; echo "stat""us=$?"\n')
        return self.see(PROMPT)

    def type(self, line):
        """A line at kvmdbg's prompt, up to the next prompt: what is seen in between, the line's echo included."""
        self.send(line + "\r")
        self.see(PROMPT)
        return self.text

    def ended(self):
        """Waits for the end of what was started: its status; `text` is what it still said."""
        if not self.see("status="):
            return None
        self.child.expect(r"(\d+)\r?\n")
        return int(self.child.match.group(1))

    def quit(self):
        self.send("quit\r")
        return self.ended()

    def terminal_modes(self):
        self.run("stty -g")
        return re.search(r"[0-9a-f]+(:[0-9a-f]+)+", self.text).group()

    def process(self):
        """The id of the kvmdbg that runs here; on this machine only."""
        children = open(f"/proc/{self.child.pid}/task/{self.child.pid}/children").read().split()
        return int(children[-1])

    def kill(self, number):
        os.kill(self.process(), number)

    def close(self):
        self.send("exit\n")
        self.child.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=10)
        ok(not self.child.isalive() or self.child.terminate(force=True), "the shell ends")


def host(**settings):
    return Shell(["dash", "-i"], "build/kvmdbg", settings, 10)


def lab():
    """A shell in the lab, whose terminfo is this machine's."""
    settings = {"TERMINFO": "/run/host/lib/terminfo", "TERM": "xterm", "XDG_STATE_HOME": "/run/state"}
    return Shell(["lab/run", "--", "sh"], "build/riscv64/kvmdbg", settings, 30)
