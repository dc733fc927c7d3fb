#!/usr/bin/python3
"""The prompt, on terminals of this machine and of the lab. `Tests/repl.t NAME…` runs just those of Tests/repl."""

import importlib
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "repl"))
sys.dont_write_bytecode = True
import tap  # noqa: E402

NAMES = ["greeting", "editing", "completing", "history", "ending", "streams", "options", "guest", "stepping", "console"]
for name in sys.argv[1:] or NAMES:
    importlib.import_module(name + "_test").run()
tap.plan()
