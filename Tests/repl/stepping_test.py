"""In the lab: Ctrl-C while the guest is stepped or passes a breakpoint again and again, and the prompt within a block."""

import time

from tap import ok, same
from terminal import PROMPT, lab


def run():
    shell = lab()
    stopping(shell)
    blocks(shell)
    shell.close()


def interrupt(shell, line, what):
    """Types `line`, which takes long, and Ctrl-C a second later."""
    shell.send(line + "\r")
    shell.see(line)
    time.sleep(1)
    begin = time.monotonic()
    shell.send("\x03")
    ok(shell.see("Interrupted at ") and shell.see(PROMPT), f"Ctrl-C stops {what}", shell.text)
    ok(time.monotonic() - begin < 3, "at once", time.monotonic() - begin)


def stopping(shell):
    """Steps and false conditions, on a guest whose timer fires all the time."""
    shell.start("-n -q build/guests/ticks.elf")
    shell.type("tbreak straight")
    shell.type("run")
    shell.type("set $code = {u64}$pc")
    interrupt(shell, "stepi 100000000", "steps")
    ok("= 32" in shell.type("print $sie"), "the guest has its interrupts back", shell.text)
    ok("= 2" in shell.type("print $sstatus & 2"), "which are enabled", shell.text)
    shell.type("tbreak straight")
    shell.type("continue")
    ok("= 1" in shell.type("print {u64}$pc == $code"), "and no ebreak was left behind", shell.text)
    shell.type("set $before = $s2")
    shell.type("break straight if $s0 == -1")
    interrupt(shell, "continue", "a guest that passes a breakpoint again and again")
    ok("= 1" in shell.type("print $s2 > $before"), "it had gone on", shell.text)
    shell.type("delete")
    ok("= 1" in shell.type("print {u64}&straight == $code"), "no ebreak is left of it", shell.text)
    shell.type("set $pc = &straight")
    ok("<_start" in shell.type("stepi"), "and steps work", shell.text)
    interrupt(shell, "nexti 100000000", "nexti")
    same(shell.quit(), 0, "quit")
    # A guest without a timer, made to sleep.
    shell.start("-n -q build/guests/count.elf")
    shell.type("start")
    shell.type("set {u32}&square = 0x10500073")
    shell.type("set $pc = &square")
    shell.send("stepi\r")
    shell.see("stepi")
    time.sleep(0.3)
    shell.send("\x03")
    ok(shell.see("Interrupted at ") and shell.see(PROMPT), "Ctrl-C stops a step of wfi", shell.text)
    same(shell.quit(), 0, "quit")


def blocks(shell):
    """The lines of a breakpoint's commands."""
    shell.start("-n -q build/guests/count.elf")
    shell.type("break square")
    shell.send("commands\r")
    ok(shell.becomes_visible("\n>"), "a block has a prompt of its own", shell.text)
    shell.send("silent\r")
    ok(shell.becomes_visible("\n>"), "for each line", shell.text)
    shell.send("print 100 + $a0\r")
    ok(shell.becomes_visible("\n>") and "= 1" not in shell.text, "which is not carried out yet", shell.text)
    shell.send("end\r")
    ok(shell.see(PROMPT), "up to its end", shell.text)
    ok("= 110" in shell.type("run") and "Breakpoint" not in shell.text, "they are carried out at the stop", shell.text)
    ok("= 109" in shell.type("continue"), "and at the next", shell.text)
    ok("= 108" in shell.type(""), "also when Enter repeats continue", shell.text)
    shell.send("commands\r")
    shell.becomes_visible("\n>")
    shell.send("\x03")
    ok(shell.see(PROMPT), "Ctrl-C leaves a block", shell.text)
    ok("= 107" in shell.type("continue"), "which changes nothing", shell.text)
    shell.send("commands\r")
    shell.becomes_visible("\n>")
    shell.send("nonsense\r")
    shell.becomes_visible("\n>")
    shell.send("end\r")
    ok(shell.see("no command") and shell.see(PROMPT), "a block with a mistake is refused", shell.text)
    ok("= 106" in shell.type("continue"), "which changes nothing either", shell.text)
    same(shell.quit(), 0, "quit")
