"""Loads a SARIF report with sarif-tools and prints its counts by level, and one line for each result.

usage: read_sarif.py REPORT
"""

import sys

from sarif import loader

data = loader.load_sarif_file(sys.argv[1])
print(data.get_distinct_tool_names(), [data.get_report().get_issue_count_for_severity(level)
                                       for level in ("error", "warning", "note")])
for record in data.get_records():
    print(record["Severity"], record["Location"], record["Line"], record["Code"])
