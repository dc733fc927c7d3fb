"""In the lab: the prompt over a guest that runs."""

import re
import time

import completing_test
import ending_test
import history_test
from tap import ok, same
from terminal import PROMPT, lab


def run():
    shell = lab()
    history_test.across_runs(shell)
    ending_test.end_by_hand(shell)
    completing_test.complete(shell)
    shell.start("-n -q")
    ok(shell.type('echo "blått ✓\\n"').count("blått ✓") == 2, "UTF-8 goes through without a locale for it", shell.text)
    shell.quit()
    stopping(shell)
    flooding(shell)
    typing_ahead(shell)
    scripts(shell)
    ending(shell)
    shell.close()


def stopping(shell):
    """Ctrl-C on a guest."""
    shell.start("-n -q build/guests/loop.elf")
    shell.send("run\r")
    counts = []
    for round in range(3):
        # On a slow host the guest may not have come far, or not have begun.
        for seconds in (1, 2, 4, 8):
            time.sleep(seconds)
            shell.send("\x03")
            stopped = shell.see("Interrupted at ") and shell.see(PROMPT)
            found = re.search(r"= (\d+)", shell.type("print/d $s0"))
            count = int(found.group(1)) if found else 0
            if not stopped or count > (counts or [0])[-1]:
                break
            shell.send("c\r")
        ok(stopped, f"Ctrl-C stops the guest, {round + 1}", shell.text)
        counts.append(count)
        shell.send("continue\r" if round == 0 else "c\r" if round == 1 else "print 9\r")
    ok(0 < counts[0] < counts[1] < counts[2], "which had gone on in between", counts)
    shell.see(PROMPT)
    shell.send("continue\r")
    time.sleep(1)
    shell.send("\x03")
    shell.see(PROMPT)
    shell.send("\r")
    time.sleep(1)
    shell.send("\x03")
    ok(shell.see("Interrupted at ") and shell.see(PROMPT), "Enter repeats continue", shell.text)
    shell.type("x/2i loop")
    ok(shell.type("").count("0x") == 2, "Enter goes on with x", shell.text)
    shell.send("\x03")
    shell.see(PROMPT)
    shell.send("continue\r")
    time.sleep(1)
    ok(not shell.see("Interrupted", timeout=1), "a Ctrl-C at the prompt does not stop the next run", shell.text)
    shell.send("\x03")
    shell.see(PROMPT)
    shell.send("continue\r")
    shell.see("continue")
    time.sleep(1)
    shell.send("\x1a")
    ok(shell.see("Stopped"), "Ctrl-Z stops kvmdbg while the guest runs", shell.text)
    shell.run("true")
    shell.send('fg; echo "stat""us=$?"\n')
    ok(not shell.see("Interrupted", timeout=2), "fg: the guest runs on", shell.text)
    shell.send("\x03")
    ok(shell.see(PROMPT), "until Ctrl-C", shell.text)
    same(shell.quit(), 0, "quit ends a guest that stands")


def flooding(shell):
    """Ctrl-C on a guest that floods; how long it takes until the stop is on the screen."""
    for choice, what in ((0, "prints"), (1, "prints 64 KiB at a time"), (4, "asks a device")):
        shell.start("-n -q build/guests/flood.elf")
        shell.type("start")
        shell.type(f"set $s1 = {choice}")
        shell.send("continue\r")
        shell.watch(2)
        began = time.monotonic()
        shell.send("\x03")
        found = shell.see("Interrupted at ")
        took = time.monotonic() - began
        ok(found and took < 2, f"Ctrl-C stops a guest that {what} without end, in {1000 * took:.0f} ms on an emulated host", took)
        shell.see(PROMPT)
        ok("= 7" in shell.type("print 7"), "and the prompt works", shell.text)
        shell.quit()


def typing_ahead(shell):
    """What is typed while a guest runs."""
    shell.start("-n -q build/guests/delay.elf")
    shell.send("run\r")
    shell.see("run")
    time.sleep(1)
    shell.send("print 6*")
    ok(shell.see(PROMPT, timeout=60), "the guest comes to its end", shell.text)
    ok(shell.text.count("tick\n") >= 5, "with what it printed in the meantime", shell.text)
    ok(shell.becomes_visible("print 6*"), "what was typed then stands at the prompt", shell.text)
    shell.send("7\r")
    ok(shell.see("= 42"), "and can be completed", shell.text)
    shell.see(PROMPT)
    shell.send("run\r")
    shell.see("run")
    time.sleep(1)
    shell.send("print 11*11\nprint 12*12\nprint 13")
    ok(shell.see("= 121", timeout=60) and shell.see("= 144"), "whole lines are carried out then", shell.text)
    shell.see(PROMPT)
    shell.send("*13\r")
    ok(shell.see("= 169"), "and half a line is not lost", shell.text)
    shell.see(PROMPT)
    same(shell.quit(), 0, "the end")


def scripts(shell):
    """Ctrl-C in scripts."""
    path = shell.scratch + "/endless.kdbg"
    with open(path, "w") as file:
        file.write("load ../guests/loop.elf\necho guest is up\\n\nrun\ncontinue\nprint 123456\n")
    shell.send(f'{shell.binary} --script {path}; echo "stat""us=$?"\n')
    shell.see("\nguest is up")
    time.sleep(1)
    shell.send("\x03")
    same(shell.ended(), 130, "Ctrl-C ends a script: status 130")
    ok("endless.kdbg:3:1: Interrupted" in shell.text and "123456" not in shell.text, "with the place and the word", shell.text)
    shell.start("-n -q")
    shell.send(f"source {path}\r")
    shell.see("guest is up")
    time.sleep(1)
    shell.send("\x03")
    ok(shell.see("Interrupted") and shell.see(PROMPT), "Ctrl-C ends a sourced script and gives the prompt", shell.text)
    ok("= 7" in shell.type("print 7"), "which works", shell.text)
    shell.send("\x1b[200~run\ncontinue\nprint 123456\x1b[201~\r")
    time.sleep(1)
    shell.send("\x03")
    ok(shell.see("Interrupted") and shell.see(PROMPT), "Ctrl-C ends pasted lines", shell.text)
    ok("= 8" in shell.type("print 8") and "123456" not in shell.text, "and the prompt works", shell.text)
    shell.quit()
    shell.send(f"{shell.binary} -n -q -e 'echo guest is up\\n' -e run -e continue -e 'print 123456' build/guests/loop.elf; echo \"stat\"\"us=$?\"\n")
    shell.see("\nguest is up")
    time.sleep(1)
    shell.send("\x03")
    ok(shell.see("Interrupted") and shell.see(PROMPT), "Ctrl-C in -e gives the prompt", shell.text)
    ok("= 9" in shell.type("print 9") and "= 123456" not in shell.text, "and drops the other -e", shell.text)
    shell.quit()
    shell.send(f"printf 'echo guest is up\\\\n\\nrun\\ncontinue\\nprint 123456\\n' | {shell.binary} -n build/guests/loop.elf; echo \"stat\"\"us=$?\"\n")
    shell.see("\nguest is up")
    time.sleep(1)
    shell.send("\x03")
    same(shell.ended(), 130, "Ctrl-C ends a run of piped commands: status 130")


def ending(shell):
    """Ways out while the guest runs."""
    modes = shell.terminal_modes()
    for name, status in (("TERM", 143), ("HUP", 129), ("QUIT", 131), ("KILL", 137)):
        go = f"{shell.scratch}/{name}"
        shell.run(f"{{ (until [ -e {go} ]; do sleep 0.1; done; kill -{name} $(pidof kvmdbg)) & }}")
        shell.start("-n -q build/guests/loop.elf")
        shell.send("run\r")
        shell.see("run")
        time.sleep(1)
        with open(go, "w"):
            pass
        same(shell.ended(), status, f"SIG{name} ends kvmdbg while the guest runs")
        ok("\x1b" not in shell.raw.replace("\x1b[?2004l", "", 1), "without a word", shell.raw)
        same(shell.terminal_modes(), modes, "and the terminal is as before")
