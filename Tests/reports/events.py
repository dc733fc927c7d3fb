#!/usr/bin/python3
"""usage: events.py FILE
Checks what `kvmdbg --report json` wrote: each line by events.schema.json, and that start comes first, end last, and tests in
pairs. What is wrong is printed; the exit status is 1 when something is.
"""

import json
import os
import sys

import jsonschema

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "events.schema.json")) as file:
    SCHEMA = json.load(file)


def problems(lines):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    events = []
    for number, line in enumerate(lines, 1):
        if not line.endswith("\n"):
            yield f"line {number} has no end"
        try:
            event = json.loads(line)
        except ValueError as error:
            yield f"line {number} is no JSON: {error}"
            continue
        events.append(event)
        for error in validator.iter_errors(event):
            yield f"line {number}: {error.message}"
    names = [event["event"] for event in events]
    if names[:1] != ["start"] or names.count("start") != 1:
        yield "start is to be the first event, and no other"
    if names[-1:] != ["end"] or names.count("end") != 1:
        yield "end is to be the last event, and no other"
    tests = [name for name in names if name.startswith("test-")]
    if tests != ["test-began", "test-ended"] * (len(tests) // 2):
        yield f"tests are not in pairs: {tests}"
    times = [event["time"] for event in events]
    if times != sorted(times):
        yield "the times are not in order"


if __name__ == "__main__":
    with open(sys.argv[1], newline="\n") as stream:
        found = list(problems(stream))
    print("\n".join(found))
    sys.exit(1 if found else 0)
