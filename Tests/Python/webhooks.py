"""Verifies signed deliveries with the libraries of others, and serves receivers that use them.

usage: webhooks.py verify FILE         FILE has one JSON object per line: library, secret, headers, body
       webhooks.py serve LIBRARY SECRET   prints the port, and ends with standard input; LIBRARY may end in -parsed: it verifies json.dumps(json.loads(body))
"""
import json
import sys
import threading
import types
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def verify(library, secret, headers, body):
    """Raises if the library does not accept the delivery; `body` is text."""
    headers = {name.lower(): value for name, value in headers.items()}
    if library == "standardwebhooks":
        from standardwebhooks import Webhook
        Webhook(secret).verify(body, headers)
    elif library == "stripe":
        import stripe
        stripe.WebhookSignature.verify_header(body, headers.get("webhook-signature"), secret, tolerance=300)
    elif library == "cashfree":
        from cashfree_pg.api_client import Cashfree
        # The constructor of the client needs credentials; the method needs only the secret.
        client = types.SimpleNamespace(XClientSecret=secret)
        Cashfree.PGVerifyWebhookSignature(
            client, headers["x-webhook-signature"], body, headers["x-webhook-timestamp"])
    else:
        raise SystemExit(f"unknown library {library}")


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        status = 204
        try:
            body = raw.decode()
            if self.server.parses:
                body = json.dumps(json.loads(body))
            verify(self.server.library, self.server.secret, dict(self.headers.items()), body)
        except Exception:
            status = 401
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def main():
    if sys.argv[1] == "verify":
        with open(sys.argv[2], encoding="utf-8") as lines:
            for line in lines:
                delivery = json.loads(line)
                verify(delivery["library"], delivery["secret"], delivery["headers"], delivery["body"])
                print(delivery["library"], "accepts")
                for part in ("body", "signature"):
                    try:
                        changed = dict(delivery)
                        if part == "body":
                            changed["body"] = delivery["body"] + " "
                        else:
                            changed["secret"] = "whsec_" + "A" * 32
                        verify(delivery["library"], changed["secret"], changed["headers"], changed["body"])
                    except Exception:
                        continue
                    raise SystemExit(f"{delivery['library']} accepts another {part}")
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.library, parsed, _ = (sys.argv[2] + "-").partition("-")
    server.parses = sys.argv[2].endswith("-parsed")
    server.secret = sys.argv[3]
    print(server.server_port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # The receiver ends with the test, whatever happens to it.
    sys.stdin.read()


if __name__ == "__main__":
    main()
