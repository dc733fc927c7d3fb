"""Test points in TAP."""

import os

# What kvmdbg tells here is for people, whoever runs this.
os.environ.pop("HARNESS_ACTIVE", None)

points = 0


def ok(condition, text, *details):
    global points
    points += 1
    print(f"{'ok' if condition else 'not ok'} {points} - {text}", flush=True)
    if not condition:
        for detail in details:
            print("# " + repr(detail)[-500:], flush=True)


def same(found, expected, text):
    ok(found == expected, text, ("expected", expected), ("found", found))


def plan():
    print(f"1..{points}")


def comment(text):
    print("# " + text, flush=True)
