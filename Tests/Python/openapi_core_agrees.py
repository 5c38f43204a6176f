"""Judges the mock's answers by openapi-core; prints one line an answer, `ok` or what is wrong.

usage: openapi_core_agrees.py SPEC BASE_URL EXCHANGES.ndjson
Each line of EXCHANGES: {"method", "path", "status", "contentType", "headers", "body"}.
"""
import json
import sys

import yaml
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

SPEC, BASE_URL, EXCHANGES = sys.argv[1:4]
with open(SPEC) as file:
    document = yaml.safe_load(file)
document = json.loads(json.dumps(document, default=str))
document["servers"] = [{"url": BASE_URL}]
document.pop("security", None)
for item in document["paths"].values():
    for operation in item.values():
        if isinstance(operation, dict):
            operation.pop("security", None)
api = OpenAPI.from_dict(document)
host, base = BASE_URL.split("://", 1)[1].split("/", 1)
for line in open(EXCHANGES):
    exchange = json.loads(line)
    request = MockRequest("http://" + host, exchange["method"].lower(), "/" + base + exchange["path"])
    response = MockResponse(
        exchange["body"].encode(), status_code=exchange["status"], headers=exchange["headers"],
        content_type=exchange["contentType"])
    try:
        api.validate_response(request, response)
        print("ok")
    except Exception as error:
        cause = error.__cause__ or error
        reasons = "; ".join(str(reason)[:200] for reason in getattr(cause, "schema_errors", [cause]))
        print(type(error).__name__, "|", " ".join(reasons.split()))
