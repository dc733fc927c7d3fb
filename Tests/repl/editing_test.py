"""Keys at the prompt."""

import os
import signal
import time

from tap import ok, same
from terminal import PROMPT, host


def run():
    shell = host()
    shell.start("-n -q")
    shell.send("print 1")
    shell.see("print 1")
    shell.send("\x03")
    ok(shell.see("^C\r\n") and shell.see(PROMPT), "Ctrl-C drops the line and gives a new prompt", shell.text)
    ok("$1 = 5" in shell.type("print 5"), "which works", shell.text)
    for _ in range(5):
        shell.send("\x03")
        shell.see(PROMPT)
    ok("$2 = 6" in shell.type("print 6"), "five times in a row", shell.text)
    shell.send("\x12print")
    time.sleep(0.1)
    shell.send("\x03")
    shell.see(PROMPT)
    ok("$3 = 7" in shell.type("print 7"), "Ctrl-C ends a search of the history", shell.text)
    shell.send("print \x1b[200~1 + ")
    time.sleep(0.1)
    shell.send("\x03")
    ok(shell.see(PROMPT, timeout=2), "Ctrl-C ends a paste whose end never comes", shell.text)
    ok("$4 = 8" in shell.type("print 8"), "and the prompt works", shell.text)

    ok("$5 = 0x10" in shell.type("p/x 15+1"), "a format at an abbreviated command", shell.text)
    ok("= 30" in shell.type("print 10\x01\x1bf\x1bf\x05+20"), "Emacs keys move and insert", shell.text)
    ok("blått ✓" in shell.type('echo "blått ✓\\n"').split("\n", 1)[1], "UTF-8 goes through", shell.text)
    ok("<ab>" in shell.type('echo "<aåäöb\x02\x7f\x7f\x7f\x05>\\n"').split("\n", 1)[1], "and is deleted by characters", shell.text)
    shell.type("print 1\x00\x16\x012")
    ok("^A" in shell.text or "\x01" in shell.text, "control characters do no harm", shell.text)
    ok("= 3" in shell.type("print 3"), "and the prompt works", shell.text)

    shell.send("\x1b[200~print 100+1\nprint 100+2\nprint 100+3\n\x1b[201~")
    time.sleep(0.2)
    shell.send("\r")
    seen = shell.see("= 101") and shell.see("= 102") and shell.see("= 103") and shell.see(PROMPT)
    ok(seen, "pasted lines are commands of their own, in order", shell.text)
    shell.send("print 200+1\nprint 200+2\nprint 200+3\n")
    seen = shell.see("= 201") and shell.see("= 202") and shell.see("= 203") and shell.see(PROMPT)
    ok(seen, "and so are lines from a terminal that does not mark a paste", shell.text)

    ok("is expected." in shell.type("if )"), "the line that begins a block is refused at once", shell.text)
    ok("= 204" in shell.type("print 200+4"), "and there is no block", shell.text)
    shell.send("\x1b[200~if )\nprint 300+1\nend\nprint 300+2\n\x1b[201~")
    time.sleep(0.2)
    shell.send("\r")
    ok(shell.see("left out") and shell.see(PROMPT), "with what was pasted behind it", shell.text)
    ok("= 303" in shell.type("print 300+3") and "= 301" not in shell.text and "= 302" not in shell.text, "nothing is done", shell.text)

    shell.send("print 1" + " " * 10000 + "+ 4999\r")
    ok(shell.see("= 5000") and shell.see(PROMPT), "a line of 10,000 characters", shell.text[-200:])
    shell.send("print " + "1+" * 200)
    time.sleep(0.2)
    for columns in (20, 150, 3, 80):
        shell.child.setwinsize(24, columns)
        time.sleep(0.05)
    shell.send("0\r")
    ok(shell.see("= 200") and shell.see(PROMPT), "the window changes size under a long line", shell.text[-200:])

    shell.send("print 5")
    shell.see("print 5")
    shell.send("\x1a")
    ok(shell.see("Stopped"), "Ctrl-Z stops kvmdbg", shell.text)
    shell.see("$ ")
    same(shell.run("stty -a | grep ' icanon'"), 0, "and the shell has its terminal")
    shell.send("fg\n")
    shell.see(PROMPT)
    shell.send("55\r")
    ok(shell.see("= 555"), "fg: what was typed is still there", shell.text)
    shell.see(PROMPT)
    shell.send("\x1a")
    shell.see("Stopped")
    shell.see("$ ")
    stopped = shell.process()
    shell.run("kill %1; kill -CONT %1")
    end = time.monotonic() + 5
    while os.path.exists(f"/proc/{stopped}") and time.monotonic() < end:
        shell.run("sleep 0.1")
    ok(not os.path.exists(f"/proc/{stopped}"), "a stopped kvmdbg can be killed", shell.text)

    shell.start("-n -q", "LC_ALL=C")
    ok(shell.type('echo "blått ✓\\n"').count("blått ✓") == 2, "UTF-8 is shown and goes through in the C locale", shell.text)
    shell.quit()
    shell.start("-n -q", "LC_ALL=xx_XX.UTF-8")
    ok("<ab>" in shell.type('echo "<aåb\x02\x7f\x05>\\n"').split("\n", 1)[1], "a locale that is not there is as good as C.UTF-8", shell.text)
    shell.quit()
    shell.close()
