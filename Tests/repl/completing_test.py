"""The tab key."""

import os

from tap import ok, same
from terminal import host


def run():
    shell = host()
    complete(shell)
    shell.close()


def complete(shell):
    """What holds on this machine and in the lab."""
    shell.start("-n -q")
    shell.type("load build/guests/ebreak.elf")

    def becomes(typed, expected, what):
        """The line after the tab key, as the caret line of an error tells it, or as it stands on the screen."""
        shell.send(typed + "\t")
        found = shell.becomes_visible(expected)
        ok(found, f"{what}: {typed!r} becomes {expected!r}", shell.text)
        shell.send("\x15")

    def lists(typed, expected, what):
        shell.send(typed + "\t\t")
        shell.becomes_visible(*expected)
        same([word for word in expected if word not in shell.text], [], f"{what}: {typed!r} lists {' '.join(expected)}")
        shell.send("\x15")

    becomes("brea", "break ", "a command")
    becomes("info bre", "info breakpoints ", "a subcommand")
    becomes("i symb", "i symbol ", "behind an abbreviation")
    becomes("help info ki", "help info ki", "nothing of that name")
    becomes("help info kv", "help info kvm ", "a subcommand behind help")
    lists("print", ["print", "printf"], "commands")
    lists("info ", ["breakpoints", "files", "kvm", "registers", "symbol"], "subcommands")
    becomes("print $sep", "print $sepc ", "a register")
    becomes("p/x $sstatu", "p/x $sstatus ", "behind a format")
    becomes("print 1+$sep", "print 1+$sepc ", "in an expression")
    lists("print $s", ["$s0", "$s11", "$satp", "$siselect"], "registers")
    becomes("info registers sscr", "info registers sscratch ", "a register without its sign")
    becomes("break sw_", "break sw_bp_", "symbols, as far as they agree")
    lists("break sw_bp_", ["sw_bp_1", "sw_bp_1c", "sw_bp_2", "sw_bp_2c"], "symbols")
    becomes("print &recorded_", "print &recorded_c ", "a symbol behind &")
    becomes("x/2i *recorded_", "x/2i *recorded_c ", "a symbol behind *")
    becomes("expect stop ebreak at sw_bp_1", "sw_bp_1", "where a stop is expected")

    folder = shell.scratch + "/a-b=c,d"
    os.makedirs(folder + "/deep-er")
    for name in ("one-file.kdbg", "two words.kdbg"):
        with open(f"{folder}/deep-er/{name}", "w") as file:
            file.write('echo "read it\\n"\n')
    becomes(f"source {folder}/de", f"{folder}/deep-er/", "a folder")
    becomes(f"source {folder}/deep-er/on", "one-file.kdbg ", "a file in a folder with dashes and commas")
    shell.send(f"source {folder}/deep-er/tw\t\r")
    ok(shell.see("read it"), "a file with a blank in its name is completed so that it can be read", shell.text)
    shell.see("(kvmdbg) ")
    becomes("load build/guests/ebr", "load build/guests/ebreak.elf ", "a guest")
    os.makedirs(shell.scratch + "/home/below")
    shell.send("load build/guests/ebr\t\r")
    shell.see("(kvmdbg) ")
    ok("Cannot" not in shell.text, "the blank behind a completed name is none of the name", shell.text)
    becomes("load ~/bel", "load ~/below/", "behind the tilde")

    with open(shell.scratch + "/variables.kdbg", "w") as file:
        for number in range(300):
            file.write(f"set $many{number} = 1\n")
    shell.type(f"source {shell.scratch}/variables.kdbg")
    shell.send("print $many\t\t")
    ok(shell.becomes_visible("300 possibilities"), "a list that is too long is counted, not shown", shell.text)
    shell.send("\x03")
    shell.see("^C")
    shell.see("(kvmdbg) ")
    ok("= 77" in shell.type("print 77"), "and the prompt works", shell.text)
    shell.send("br\xe9\t\x15\xff\t\x15")
    ok("= 78" in shell.type("print 78"), "completion of bytes that are not text", shell.text)
    same(shell.quit(), 0, "the end")
