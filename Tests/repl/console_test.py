"""In the lab: `console`, the terminal as the guest's."""

import os
import time

from tap import ok, same
from terminal import PROMPT, lab


def run():
    shell = lab()
    keys(shell)
    resizing(shell)
    ending(shell)
    linux(shell)
    shell.close()


def attach(shell):
    shell.send("console\r")
    return shell.see("Ctrl-] comes back.\r\n")


def told(text):
    """What keys.elf makes of the keys."""
    return "".join(f"<{byte:02x}>" for byte in text.encode())


def keys(shell):
    """Which keys go to the guest."""
    modes = shell.terminal_modes()
    shell.start("-n -q build/guests/keys.elf")
    shell.type("start")
    ok(attach(shell) and shell.see("?"), "the guest has the terminal", shell.text)
    for name, key in (("a letter", "a"), ("a letter of two bytes", "å"), ("an arrow", "\x1b[A"), ("Enter", "\r"), ("Ctrl-J", "\n"),
                      ("Backspace", "\x7f"), ("Ctrl-C", "\x03"), ("Ctrl-Z", "\x1a"), ("Ctrl-D", "\x04"), ("Ctrl-\\", "\x1c"),
                      ("Ctrl-S", "\x13"), ("Ctrl-Q", "\x11"), ("Ctrl-V", "\x16"), ("Ctrl-Space", "\0")):
        shell.send(key)
        ok(shell.see(told(key)) and shell.text == "", f"{name} goes to the guest, and nowhere else", shell.text)
    many = "".join(chr(ord("A") + number % 16) for number in range(100))
    shell.send(many)
    ok(shell.see(told(many)), "a hundred keys at once come in order", shell.text)
    shell.send("uv\x1d")
    stopped = shell.see("Interrupted at ")
    said = "".join(shell.text.split())  # some of what it makes of them, where the guest was fast
    ok(stopped and shell.see(PROMPT), "Ctrl-] comes back", shell.text)
    ok("= 7" in shell.type("print 7"), "the prompt has its keys again", shell.text)
    ok(attach(shell), "the guest has the terminal again", shell.text)
    if told("uv") not in said and shell.see("76>"):
        said += shell.text + "76>"
    ok(said.endswith(told("uv")), "the keys that came just before it are the guest's", said)
    shell.send("x\x1dprint 8*8\r")
    ok(shell.see("= 64") and shell.see(PROMPT), "what is typed behind Ctrl-] is the prompt's", shell.text)
    shell.type("break over")
    attach(shell)
    shell.send("q")
    ok(shell.see("Breakpoint 1, ") and shell.see(PROMPT), "a breakpoint comes back, too", shell.text)
    attach(shell)
    ok(shell.see("shut down") and shell.see(PROMPT), "and so does the guest's end", shell.text)
    ok("= 9" in shell.type("print 9"), "and the prompt works", shell.text)
    shell.type("set timeout 500ms")
    shell.type("start")
    attach(shell)
    ok(shell.see("time limit") and shell.see(PROMPT), "and a time limit", shell.text)
    same(shell.quit(), 0, "the end")
    same(shell.terminal_modes(), modes, "the terminal is as before")


def elsewhere(shell, command):
    """Has the lab carry out a command beside kvmdbg, as soon as the function that this gives is called."""
    go = f"{shell.scratch}/go-{len(os.listdir(shell.scratch))}"
    shell.run(f"{{ (until [ -e {go} ]; do sleep 0.1; done; {command}) & }}")
    return lambda: open(go, "w").close()


def resizing(shell):
    """The window changes size while the guest has it."""
    resize = elsewhere(shell, "stty -F /dev/hvc0 columns 40")
    shell.start("-n -q build/guests/keys.elf")
    shell.type("start")
    attach(shell)
    resize()
    time.sleep(1)
    shell.send("a")
    ok(shell.see(told("a")), "a window that changes its size does not disturb", shell.text)
    shell.send("\x1d")
    shell.see(PROMPT)
    shell.send("print 11111+22222+33333+44444+55555")
    ok(shell.see("44444+55\r5555"), "and the line at the prompt has the window's new width", shell.text)
    shell.send("\r")
    ok(shell.see("= 166665") and shell.see(PROMPT), "and is carried out", shell.text)
    shell.quit()
    shell.run("stty columns 100")


def ending(shell):
    """Signals while the guest has the terminal."""
    modes = shell.terminal_modes()
    interrupt = elsewhere(shell, "kill -INT $(pidof kvmdbg)")
    shell.start("-n -q build/guests/keys.elf")
    shell.type("start")
    attach(shell)
    interrupt()
    ok(shell.see("Interrupted at ") and shell.see(PROMPT), "SIGINT, which no key sends, comes back", shell.text)
    ok("= 10" in shell.type("print 5+5"), "and the prompt works", shell.text)
    shell.quit()
    for name, status in (("TERM", 143), ("HUP", 129), ("QUIT", 131)):
        end = elsewhere(shell, f"kill -{name} $(pidof kvmdbg)")
        shell.start("-n -q build/guests/keys.elf")
        shell.type("start")
        attach(shell)
        end()
        same(shell.ended(), status, f"SIG{name} ends kvmdbg while the guest has the terminal")
        same(shell.terminal_modes(), modes, "and the terminal is as before")


def linux(shell):
    """A shell of Linux."""
    modes = shell.terminal_modes()
    shell.start("-n -q --memory 256M --kernel build/guests/linux/Image --initrd build/guests/linux/initrd.cpio --append 'console=ttyS0 quiet'")
    shell.type("start")
    attach(shell)
    ok(shell.see("guest# ", timeout=90), "Linux boots to its shell", shell.text)
    shell.send("echo $((6 * 7)) is the answer\r")
    ok(shell.see("42 is the answer") and shell.see("guest# "), "which carries out what is typed", shell.text)
    shell.send("\x1d")
    ok(shell.see("Interrupted at ") and shell.see(PROMPT), "Ctrl-] stops it", shell.text)
    attach(shell)
    shell.send("echo still $((7 * 7))\r")
    ok(shell.see("still 49"), "and it goes on", shell.text)
    shell.send("poweroff -f\r")
    ok(shell.see(PROMPT), "up to its end", shell.text)
    same(shell.quit(), 0, "the end")
    same(shell.terminal_modes(), modes, "the terminal is as before")
