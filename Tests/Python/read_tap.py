"""Reads a TAP report with tap.py: the test points, then those of each subtest with the rules of their YAML blocks.

usage: read_tap.py REPORT

tap.py reads subtests as unknown lines, so each is read as a document of its own.
"""

import itertools
import sys

from tap.parser import Parser


def read(lines, indent):
    unknown = []
    for line in Parser().parse_text("\n".join(["TAP version 13"] + lines) + "\n"):
        if line.category == "test":
            state = "skip" if line.skip else "ok" if line.ok else "not ok"
            block = line.yaml_block
            print(indent + state, line.number, line.description, block["rule"] if block else "")
            assert bool(block) == (state == "not ok" and indent != ""), line
        elif line.category == "unknown" and str(line).strip():
            unknown.append(str(line))
    assert not unknown, unknown


lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
assert lines[0] == "TAP version 14", lines[0]
read([line for line in lines[1:] if not line.startswith("    ")], "")
for is_inner, group in itertools.groupby(lines[1:], lambda line: line.startswith("    ")):
    if is_inner:
        read([line[4:] for line in group], "  ")
