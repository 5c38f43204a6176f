/// The explanations of the rules about awaited deliveries.
extension RuleText {
    static let deliveries: [String: RuleText] = [
        "webhook.missing": RuleText(
            "A step awaited a delivery, and none with its name arrived within the limit. It was not sent, it arrived "
                + "later, or it went to another URL.",
            basis: "The step requires a delivery within `poll=`, or 30 seconds.",
            example: "call      await parcelSent\nreceived  nothing within 30 s",
            "send the delivery, and check that the row before it sends `{{receiver.url}}`",
            "if the server needs more time, raise the limit in `opts`: poll=2m"),
        "webhook.id-reused": RuleText(
            "Receivers ignore a delivery whose id they know. The second content with the same id is lost.",
            basis: "`id` of the entry in `webhooks` identifies one delivery; only its repetitions have the same id.",
            example: "delivery  webhook-id: msg_1, {\"state\": \"sent\"}\n"
                + "delivery  webhook-id: msg_1, {\"state\": \"delivered\"}",
            "give every delivery an id of its own", "correct `id` in assay.yaml if it is another header or member"),
        "webhook.repeated": RuleText(
            "A delivery was acknowledged with 2xx and sent again. Receivers must expect that, but it should be rare.",
            basis: "A 2xx response acknowledges a delivery; it need not be sent again.",
            example: "delivery  webhook-id: msg_1 → 200\ndelivery  webhook-id: msg_1 → 200",
            "stop the repetitions of a delivery after a 2xx response"),
        "webhook.order": RuleText(
            "A delivery shows a state of a resource after another delivery showed a final one. A receiver that stores "
                + "the last state stores the wrong one.",
            basis: "`final` of a resource lists values after which a member never changes.",
            example: "delivery  {\"id\": \"P-1\", \"state\": \"delivered\"}\n"
                + "delivery  {\"id\": \"P-1\", \"state\": \"sent\"}",
            "send the deliveries about one resource in the order of its states",
            "if the order is not promised, remove the member from `final` in assay.yaml"),
        "webhook.unawaited": RuleText(
            "The receiver of the scenario got a delivery that no step awaited. It was counted and not judged further.",
            basis: "Each step takes the next delivery of its webhook; others remain.",
            example: "call      await parcelSent\nreceived  parcelSent, parcelDelivered",
            "add a row that awaits it if its content matters"),
        "webhook.unverified": RuleText(
            "The delivery is signed, but its signature could not be verified: the journal contains only a part of the "
                + "body or masks a value, or the secret is not known.",
            basis: "A signature covers the raw bytes of the body, which must be complete.",
            example: "journal   {\"token\": \"‹redacted token›\"}",
            "set the secret of the entry in `webhooks`, and judge the run itself and not its journal"),
    ]
}
