"""Reads a JUnit report with junitparser and prints its figures, and the properties of every failing test case.

usage: read_junit.py REPORT
"""

import sys

from junitparser import Error, Failure, JUnitXml, Skipped

report = JUnitXml.fromfile(sys.argv[1])
print(report.tests, report.failures, report.errors, report.skipped)
tests = failures = errors = skipped = 0
for suite in report:
    for case in suite:
        tests += 1
        failures += any(isinstance(result, Failure) for result in case.result)
        errors += any(isinstance(result, Error) for result in case.result)
        skipped += any(isinstance(result, Skipped) for result in case.result)
        if any(isinstance(result, (Failure, Error)) for result in case.result):
            pairs = [(item.get("name"), item.get("value")) for item in case._elem.iter("property")]
            print(case.classname, case.name, dict(pairs), bool(case.system_out))
assert (tests, failures, errors, skipped) == (report.tests, report.failures, report.errors, report.skipped)
