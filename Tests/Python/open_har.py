"""Opens recordings with haralyzer and checks each against HAR 1.2; prints one line a file.

usage: open_har.py FILE.har…
Each line: the number of entries, then the statuses and the lengths of the bodies, as haralyzer reads them.
"""
import base64
import datetime
import json
import sys

from haralyzer import HarParser

NAME_VALUE = {"name": str, "value": str}
# Every member that HAR 1.2 requires, with its type.
REQUEST = {
    "method": str, "url": str, "httpVersion": str, "cookies": [NAME_VALUE], "headers": [NAME_VALUE],
    "queryString": [NAME_VALUE], "headersSize": int, "bodySize": int,
}
RESPONSE = {
    "status": int, "statusText": str, "httpVersion": str, "cookies": [NAME_VALUE], "headers": [NAME_VALUE],
    "content": {"size": int, "mimeType": str}, "redirectURL": str, "headersSize": int, "bodySize": int,
}
LOG = {
    "version": str, "creator": {"name": str, "version": str},
    "entries": [{
        "startedDateTime": str, "time": (int, float), "request": REQUEST, "response": RESPONSE, "cache": {},
        "timings": {"send": (int, float), "wait": (int, float), "receive": (int, float)},
    }],
}


def check(value, shape, place):
    if isinstance(shape, dict):
        assert isinstance(value, dict), f"{place} is not an object"
        for name, inner in shape.items():
            assert name in value, f"{place} has no {name}"
            check(value[name], inner, f"{place}.{name}")
    elif isinstance(shape, list):
        assert isinstance(value, list), f"{place} is not an array"
        for index, element in enumerate(value):
            check(element, shape[0], f"{place}[{index}]")
    else:
        assert isinstance(value, shape) and not isinstance(value, bool), f"{place} is {value!r}"


for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        archive = json.load(file)
    check(archive["log"], LOG, "log")
    assert archive["log"]["version"] == "1.2"
    for index, entry in enumerate(archive["log"]["entries"]):
        datetime.datetime.fromisoformat(entry["startedDateTime"])
        assert entry["time"] >= 0 and all(time >= 0 for time in entry["timings"].values())
        data = entry["request"].get("postData")
        if data is not None:
            check(data, {"mimeType": str, "text": str}, f"log.entries[{index}].request.postData")
        content = entry["response"]["content"]
        body = content.get("text", "")
        body = base64.b64decode(body) if content.get("encoding") == "base64" else body.encode()
        assert len(body) == content["size"], f"log.entries[{index}] has {len(body)} bytes, not {content['size']}"
        # Members of ours begin with an underscore.
        known = {"startedDateTime", "time", "request", "response", "cache", "timings"}
        assert all(name in known or name.startswith("_") for name in entry)
    read = HarParser(archive)
    entries = [entry for page in read.pages for entry in page.entries]
    statuses = [f"{entry.response.status}:{len(entry.response.text or '')}" for entry in entries]
    assert len(entries) == len(archive["log"]["entries"]), "haralyzer reads another number of entries"
    assert [entry.request.method for entry in entries] == [e["request"]["method"] for e in archive["log"]["entries"]]
    assert [entry.request.url for entry in entries] == [e["request"]["url"] for e in archive["log"]["entries"]]
    print(len(entries), *statuses)
