#!/usr/bin/python3
"""usage: ktap.py FILE
Reads KTAP and prints it as JSON, with everything that is wrong; the exit status is 1 when something is.

It is written from the kernel's Documentation/dev-tools/ktap.rst, with what its reader tools/testing/kunit/kunit_parser.py
(Linux 6.12) does besides: the reader does not look at the indentation, finds the end of a test without a plan by the name in its
heading, has a heading without subtests for an error, takes the last " # SKIP" of a line for its directive, and stops at what a
kernel prints last. Here the indentation is checked, too.
"""

import json
import re
import sys

VERSION = re.compile(r"( *)KTAP version 1$")
PLAN = re.compile(r"( *)1\.\.([0-9]+)$")
RESULT = re.compile(r"( *)(ok|not ok) ([0-9]+)(?: (.*))?$")
HEADING = re.compile(r"( *)# Subtest: (.*)$")
COMMENT = re.compile(r" *#")
DIRECTIVES = {"SKIP", "TODO", "XFAIL", "TIMEOUT", "ERROR"}
LAST_WORDS = ["List of all partitions:", "Kernel panic - not syncing: VFS:", "reboot: System halted"]


class Reader:
    def __init__(self, text):
        self.errors = []
        if text and not text.endswith("\n"):
            self.errors.append("the last line has no end")
        self.lines = text.split("\n")
        if self.lines[-1] == "":
            self.lines.pop()
        for number, line in enumerate(self.lines, 1):
            if not (VERSION.match(line) or PLAN.match(line) or RESULT.match(line) or COMMENT.match(line)):
                self.errors.append(f"line {number} is none of KTAP's: {line!r}")
            if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", line):
                self.errors.append(f"line {number} has a control character: {line!r}")
            if number > 1 and any(word in line for word in LAST_WORDS):
                self.errors.append(f"line {number} ends all for the kernel's reader: {line!r}")
        self.place = 0

    def next(self):
        """The next line that is no comment, which stays."""
        while self.place < len(self.lines):
            line = self.lines[self.place]
            if HEADING.match(line) or not COMMENT.match(line):
                return line
            self.place += 1
        return None

    def take(self, pattern):
        match = self.next() is not None and pattern.match(self.next())
        if match:
            self.place += 1
        return match

    def error(self, sentence):
        self.errors.append(f"line {self.place + 1}: {sentence}")

    def read(self):
        if not self.lines or not VERSION.match(self.lines[0]):
            self.error("there is no version")
        tests = self.tests(0, None)
        if self.next() is not None:
            self.error(f"this belongs to no test: {self.next()!r}")
        return tests

    def tests(self, depth, name):
        """What stands behind a version: the plan, if there is one, and tests up to the parent's result."""
        version = self.take(VERSION)
        if version and len(version.group(1)) != 2 * depth:
            self.error(f"the version stands {len(version.group(1))} deep, not {2 * depth}")
        heading = self.take(HEADING)
        if heading:
            name = heading.group(2)
        elif depth > 0:
            self.error("there is no heading")
        plan = self.take(PLAN)
        if not plan and depth == 0:
            self.error("there is no plan")
        count = int(plan.group(2)) if plan else None
        tests = []
        while count is None or len(tests) < count:
            line = self.next()
            if line is None:
                self.error("the results end before their time")
                break
            if depth > 0 and self.is_result_of(name, line):
                if count is not None:
                    self.error(f"{name!r} ends before all of its tests")
                break
            before = self.place
            tests.append(self.test(depth, len(tests) + 1))
            if self.place == before:
                break
        if not tests:
            self.error("a heading without tests")
        return tests if depth == 0 else (name, tests)

    def test(self, depth, number):
        name, subtests = None, []
        if VERSION.match(self.next()) or HEADING.match(self.next()):
            name, subtests = self.tests(depth + 1, None)
        match = self.take(RESULT)
        if not match:
            self.error(f"a result is missing, of {name!r}")
            return {"name": name, "status": "missing", "subtests": subtests}
        if len(match.group(1)) != 2 * depth:
            self.error(f"the result stands {len(match.group(1))} deep, not {2 * depth}")
        if int(match.group(3)) != number:
            self.error(f"the number is {match.group(3)}, not {number}")
        description, directive, data = parts(match.group(4))
        if name is not None and name != description:
            self.error(f"the result of {name!r} has the name {description!r}")
        if not description:
            self.error("a result without a name")
        if "# SKIP" in data:
            self.error("a directive within the directive")
        test = {"name": description, "status": match.group(2), "subtests": subtests}
        if directive:
            test["directive"], test["data"] = directive, data
            if directive in ("TIMEOUT", "ERROR") and test["status"] == "ok":
                self.error(f"{directive} and ok")
        if test["status"] == "ok" and directive is None and any(sub["status"] != "ok" for sub in subtests):
            self.error(f"{description!r} passed, but one of its subtests did not")
        return test

    @staticmethod
    def is_result_of(name, line):
        match = RESULT.match(line)
        return match and parts(match.group(4))[0] == name


def parts(text):
    """The description, the directive, and what is said to it."""
    description, _, rest = (text or "").partition("#")
    words = rest.strip().split(" ", 1)
    directive = words[0] if words[0] in DIRECTIVES else None
    description = re.sub("^- ", "", description)
    return description.rstrip(), directive, words[1] if directive and len(words) > 1 else ""


if __name__ == "__main__":
    with open(sys.argv[1], newline="\n") as file:
        reader = Reader(file.read())
    print(json.dumps({"tests": reader.read(), "errors": reader.errors}, ensure_ascii=False))
    sys.exit(1 if reader.errors else 0)
