/// Explanations of the rules about receivers of webhooks.
extension RuleText {
    private static let authentic = "A receiver accepts a delivery only if a signature matches its raw body and time."
    private static let delivered = "A sender repeats a delivery until the response has a 2xx status."

    static let receivers: [String: RuleText] = [
        "receiver.rejected": RuleText(
            "The receiver does not respond with 2xx to a correct delivery. As long as it does not, the other cases prove "
                + "nothing and are not judged.",
            basis: delivered, example: "delivery  right body, signature and time\nresponse  HTTP/1.1 401",
            "give the receiver the secret and the scheme that assay.yaml has",
            "if the receiver rejects the body, pass one that it accepts: --body FILE"),
        "receiver.signature-list": RuleText(
            "The delivery has several signatures, one of which is right. Senders do that while a secret is replaced.",
            basis: "A list of signatures is valid if one of them is.",
            example: "delivery  webhook-signature: v1,AAAA… v1,g0hM…\nresponse  HTTP/1.1 401",
            "compare each signature of the list, and accept the delivery if one matches"),
        "receiver.raw-body": RuleText(
            "The delivery is right, but its JSON is not spelled as most libraries spell it. The receiver rejects it, so it "
                + "verifies a body that it parsed and wrote again, and will reject real deliveries.",
            basis: "The signature covers the bytes as sent.",
            example: "delivery  {\"weight\" : 2.50}, signed as it is\nresponse  HTTP/1.1 401",
            "verify the raw bytes of the body, before anything parses them"),
        "receiver.duplicate": RuleText(
            "The same delivery, with the same id, arrived twice, and the second one did not get 2xx. The sender will repeat "
                + "it again and again.",
            basis: delivered,
            example: "delivery  webhook-id: msg_1  → 204\ndelivery  webhook-id: msg_1  → 409",
            "respond to a known id with 2xx, without doing the work again"),
        "receiver.order": RuleText(
            "An older delivery that arrived after a newer one did not get 2xx. Senders do not guarantee an order.",
            basis: delivered, example: "delivery  signed at 12:01  → 204\ndelivery  signed at 12:00  → 409",
            "accept deliveries in any order, and ignore the content of those that are out of date"),
        "receiver.wrong-signature": RuleText(
            "A delivery with a wrong signature got 2xx, so any sender can send events to the receiver.",
            basis: authentic, example: "delivery  x-webhook-signature: AAAA…\nresponse  HTTP/1.1 200",
            "compare the signature with that of the raw body, and reject the delivery with 401"),
        "receiver.missing-signature": RuleText(
            "A delivery without a signature got 2xx, so any sender can send events to the receiver.",
            basis: authentic, example: "delivery  without x-webhook-signature\nresponse  HTTP/1.1 200",
            "reject deliveries without a signature with 401"),
        "receiver.malformed-signature": RuleText(
            "A delivery whose signature cannot be read got 2xx.",
            basis: authentic, example: "delivery  x-webhook-signature: %%%\nresponse  HTTP/1.1 200",
            "reject a signature that cannot be read like a wrong one, with 401"),
        "receiver.old-signature": RuleText(
            "A delivery that was signed long ago got 2xx. Whoever recorded a delivery can send it again at any time.",
            basis: "A receiver rejects deliveries whose timestamp is too far from the present.",
            example: "delivery  webhook-timestamp of two hours ago\nresponse  HTTP/1.1 200",
            "compare the signed timestamp with the clock, and reject the delivery with 400",
            "if late deliveries are allowed, increase `tolerance` in assay.yaml"),
        "receiver.future-signature": RuleText(
            "A delivery with a time in the future got 2xx. It remains valid for longer than intended.",
            basis: "A receiver rejects deliveries whose timestamp is too far from the present.",
            example: "delivery  webhook-timestamp of tomorrow\nresponse  HTTP/1.1 200",
            "reject timestamps that are further ahead than the clocks can differ"),
        "receiver.altered-body": RuleText(
            "A delivery whose body was changed after it was signed got 2xx, so the receiver does not verify the body.",
            basis: authentic,
            example: "delivery  signature of {\"amount\": 1}, body {\"amount\": 2}\nresponse  HTTP/1.1 200",
            "include the raw body in the content that the signature is compared with"),
        "receiver.parsed-body": RuleText(
            "The signature does not match the bytes of the delivery, only the body after it was parsed and written again. "
                + "The receiver accepts it, so it verifies something else than was sent.",
            basis: "The signature covers the bytes as sent.",
            example: "delivery  {\"a\" : 1}, signature of {\"a\":1}\nresponse  HTTP/1.1 200",
            "verify the raw bytes of the body, before anything parses them"),
        "receiver.altered-timestamp": RuleText(
            "The timestamp of an old delivery was replaced by the present one, and the delivery got 2xx. The age of "
                + "deliveries is then no protection.",
            basis: authentic,
            example: "delivery  signature of yesterday, webhook-timestamp of now\nresponse  HTTP/1.1 200",
            "include the timestamp in the content that the signature is compared with"),
        "receiver.altered-id": RuleText(
            "The id of a delivery was replaced, and the delivery got 2xx. A repetition is then taken for a new event.",
            basis: authentic, example: "delivery  signature for msg_1, webhook-id: msg_2\nresponse  HTTP/1.1 200",
            "include the id in the content that the signature is compared with"),
        "receiver.malformed-body": RuleText(
            "The body is not JSON and its signature is wrong. The receiver failed or accepted it, so it parses bodies of "
                + "senders that it does not know.",
            basis: authentic, example: "delivery  {\"weight\":, wrong signature\nresponse  HTTP/1.1 500",
            "verify the signature first, and reject the delivery with 401"),
        "receiver.failed": RuleText(
            "An invalid delivery got neither 2xx nor 4xx. The sender takes that for a temporary failure and repeats the "
                + "delivery.",
            basis: "4xx statuses say that the request is wrong (RFC 9110, section 15.5).",
            example: "delivery  without x-webhook-signature\nresponse  HTTP/1.1 500",
            "reject invalid deliveries with 400 or 401"),
        "receiver.no-response": RuleText(
            "The receiver closed the connection, sent an invalid response, or did not respond in time.",
            basis: delivered, example: "delivery  wrong signature\nresponse  none within 10s",
            "respond to each delivery, and do the work afterwards"),
        "receiver.slow": RuleText(
            "The response took longer than `--slow`. Senders give up after some seconds and repeat the delivery.",
            basis: delivered, example: "response  HTTP/1.1 200 after 7.2 s",
            "respond as soon as the delivery is verified and stored, and do the work afterwards"),
        "receiver.undecided": RuleText(
            "The receiver rejects correct deliveries, so it cannot be decided whether it rejects this one for the right "
                + "reason.",
            basis: "A case is judged only if a correct delivery is accepted.",
            example: "delivery  right   → 401\ndelivery  wrong   → 401",
            "correct the reason for `receiver.rejected` first"),
    ]
}
