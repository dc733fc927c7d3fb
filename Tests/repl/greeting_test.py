"""What is said before the first prompt; the init file; colour."""

import os

from tap import ok, same
from terminal import PROMPT, host


def run():
    shell = host()
    ok(shell.start(), "the prompt comes", shell.text)
    ok('kvmdbg 0.' in shell.text and '"help" lists the commands' in shell.text, "a greeting is shown", shell.text)
    same(shell.quit(), 0, "quit ends with 0")
    shell.start("-q")
    ok("help" not in shell.text.split("\n", 1)[1], "-q: none", shell.text)
    shell.quit()

    init = shell.scratch + "/home/.config/kvmdbg/init.kdbg"
    os.makedirs(os.path.dirname(init))
    write(init, "set $mine = 41\nprint $mine + 1\n")
    shell.start("-e 'print $mine + 2'")
    ok(in_order(shell.text.split("\n", 1)[1], ["kvmdbg 0.", "$1 = 42", "$2 = 43"]), "greeting, init file, -e: in this order", shell.text)
    shell.quit()
    shell.start("-n")
    ok("= 42" not in shell.text, "-n: the init file is not read", shell.text)
    shell.quit()
    write(init, "print 6\nprint 1/0\nprint 7\n")
    shell.start()
    ok(f"{init}:2:" in shell.text and "= 7" not in shell.text, "an init file that fails is reported with its place", shell.text)
    ok("= 3" in shell.type("print 1+2"), "and the prompt comes all the same", shell.text)
    shell.quit()
    write(init, "nonsense\n")
    shell.start()
    ok(f"{init}:1:1: " in shell.text, "an init file that cannot be parsed is reported too", shell.text)
    shell.quit()
    write(init, "quit 9\n")
    shell.send(shell.binary + '; echo "stat""us=$?"\n')
    same(shell.ended(), 9, "an init file can quit")
    os.remove(init)

    def coloured(arguments, before=""):
        shell.start(arguments, before)
        shell.send("help\r")
        shell.see("Running")
        colour = "\x1b[1m" in shell.raw
        shell.see(PROMPT)
        shell.quit()
        return colour

    ok(coloured(""), "colour on a terminal")
    ok(not coloured("", "NO_COLOR=1"), "none with NO_COLOR")
    ok(coloured("", "NO_COLOR="), "but an empty NO_COLOR means nothing")
    ok(not coloured("", "TERM=dumb"), "none with TERM=dumb")
    ok(not coloured("--color never"), "none with --color never")
    ok(coloured("--color always", "NO_COLOR=1"), "--color always counts more than NO_COLOR")
    shell.start("-q", "TERM=dumb")
    ok("\x1b" not in shell.raw, "a dumb terminal gets no escape codes", shell.raw)
    shell.quit()
    shell.close()


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def in_order(text, pieces):
    places = [text.find(piece) for piece in pieces]
    return -1 not in places and places == sorted(places)
