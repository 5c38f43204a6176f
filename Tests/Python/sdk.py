"""Calls the mock through one release of the provider's own SDK; every answer has to be deserialised.

usage: sdk.py BASE_URL API_VERSION LINK_JSON [ORDER_JSON]
"""
import importlib
import json
import sys
import uuid

import cashfree_pg
from cashfree_pg import api_client, rest

BASE_URL, VERSION = sys.argv[1:3]
CREDENTIALS = ("mock-cashfree-client-id", "mock-cashfree-client-secret")


def redirect():
    """The SDK's host is fixed in its client class; its requests go to the mock instead."""
    send = rest.RESTClientObject.request

    def request(self, method, url, *arguments, **named):
        path = url.split("/pg/", 1)[1]
        return send(self, method, f"{BASE_URL}/{path}", *arguments, **named)

    rest.RESTClientObject.request = request


def client():
    cashfree = api_client.Cashfree
    try:
        api = cashfree(cashfree.SANDBOX if hasattr(cashfree, "SANDBOX") else 0)
    except TypeError:
        api = cashfree()
    for holder in (cashfree, api):
        holder.XClientId, holder.XClientSecret = CREDENTIALS
        holder.XApiVersion = VERSION
        if hasattr(holder, "XEnableErrorAnalytics"):
            holder.XEnableErrorAnalytics = False
    return api


def model(name, value):
    module = importlib.import_module("cashfree_pg.models." + "".join(
        "_" + letter.lower() if letter.isupper() else letter for letter in name).lstrip("_"))
    made = getattr(module, name).from_dict(value)
    return made


def call(api, name, *arguments):
    method = getattr(api, name, None)
    if method is None:
        return None
    if "x_api_version" in method.__code__.co_varnames[:3] or "x_api_version" in str(method.__annotations__):
        arguments = (VERSION, *arguments)
    answer = method(*arguments)
    if answer.data is None:
        raise AssertionError(f"{name}: the answer was not deserialised")
    print(f"{name} {answer.status_code} {type(answer.data).__name__}")
    return answer.data


def links(api, body):
    body["link_id"] = "sdk-" + uuid.uuid4().hex[:12]
    made = call(api, "PGCreateLink", model("CreateLinkRequest", body))
    assert made.link_id == body["link_id"], made
    fetched = call(api, "PGFetchLink", body["link_id"])
    assert fetched.link_status == "ACTIVE", fetched
    call(api, "PGLinkFetchOrders", body["link_id"])
    assert call(api, "PGCancelLink", body["link_id"]).link_status == "CANCELLED"


def orders(api, body):
    if not hasattr(api, "PGCreateOrder"):
        return
    body["order_id"] = "sdk-" + uuid.uuid4().hex[:12]
    made = call(api, "PGCreateOrder", model("CreateOrderRequest", body))
    assert made.order_id == body["order_id"], made
    call(api, "PGFetchOrder", body["order_id"])
    pay = {"payment_session_id": made.payment_session_id, "payment_method": {"upi": {"channel": "link"}}}
    call(api, "PGPayOrder", model("PayOrderRequest", pay))
    call(api, "PGOrderFetchPayments", body["order_id"])


redirect()
api = client()
print(f"cashfree_pg {getattr(cashfree_pg, '__version__', '?')}, API {VERSION}")
with open(sys.argv[3]) as file:
    links(api, json.load(file))
if len(sys.argv) > 4:
    with open(sys.argv[4]) as file:
        orders(api, json.load(file))
