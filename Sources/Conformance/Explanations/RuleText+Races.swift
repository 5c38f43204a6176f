/// Explanations of the rules about requests that are sent at once.
extension RuleText {
    static let races: [String: RuleText] = [
        "race.effects": RuleText(
            "Two of the requests of a burst were processed as if each were the first: their responses differ, or both "
                + "are marked as the first response. The finding names both exchanges.",
            basis: "Equal requests with one idempotency key, or for one resource with `one-effect`, have one effect.",
            example: "row       opts = burst=2\nresponse  201 {\"id\": \"P-1\"} (exchange 1)\n"
                + "response  201 {\"id\": \"P-2\"} (exchange 2)",
            "record the key, or a unique index, in the same transaction as the effect",
            "if a member always differs, name it under `except` of the resource or under `volatile`"),
        "race.no-effect": RuleText(
            "Every request of a burst was rejected, although the row expects one to be accepted.",
            basis: "Of equal requests at once, one has the effect; only the others can be rejected.",
            example: "row       opts = burst=2, expect = 201\nresponse  409 (both)",
            "accept the first request that arrives",
            "if the resource exists already, let the row create a new one, such as id=p-{{uuid:id}}"),
        "race.refused": RuleText(
            "A request of a burst was rejected with a status that is neither promised nor named in `expect`.",
            basis: "The other requests of a burst receive the same response, or a status of `refused`: by default 409, "
                + "422 or 429.",
            example: "row       opts = burst=2\nresponse  201 (exchange 1)\nresponse  404 (exchange 2)",
            "return the first response again, or a status of `refused`",
            "if the status is right, add it to `refused` of `one-effect`, or to `expect` of the row"),
        "race.failed": RuleText(
            "The server failed with a 5xx status for a request of a burst. It is unknown whether it had an effect.",
            basis: "A server that processes equal requests at once must not fail for any of them.",
            example: "row       opts = burst=2\nresponse  201 (exchange 1)\nresponse  500 (exchange 2)",
            "handle the conflict that the second request causes, such as a violated unique index"),
        "race.serial": RuleText(
            "Two steps were sent at once. Their responses fit neither order: both were processed as the first, or both "
                + "as the second.",
            basis:
                "The first status in `expect` of a row is that of the step that comes first; the others are those of "
                + "the step that comes second.",
            example: "row       capture: expect = 200|409\nrow       void: expect = 200|409, opts = race=capture\n"
                + "response  200 (both)",
            "check and change the state in one transaction, or lock the resource",
            "if both may be accepted in any order, write one status in `expect` of both rows"),
        "race.count": RuleText(
            "After a burst, the list that the promise names does not contain exactly one element.",
            basis: "`count` of `one-effect` names an operation and a list in its response.",
            example: "promise   count: {payOrder: {call: listPayments, items: $}}\nresponse  [{…}, {…}]",
            "make the effect once for equal requests at once",
            "if the list also contains other elements, name the member to compare: where: parcel_id"),
        "race.uncounted": RuleText(
            "The promise names a list that shows the effects of a burst, but no later row of the scenario requested it.",
            basis: "A number of effects that was not counted is unknown.",
            example: "promise   count: {payOrder: {call: listPayments, items: $}}\nrow       payOrder, opts = burst=5",
            "add a row with the operation that the promise names, after the burst"),
        "race.unjudged": RuleText(
            "The responses of a burst were judged one by one, but not together: nothing promises how many effects the "
                + "requests may have, or their bodies could not be compared.",
            basis: "Responses that were not compared can still differ.",
            example: "row       opts = burst=5\npromises  (none for this operation)",
            "declare the promise: resources: {parcel: {id: id, create: sendParcel, one-effect: true}}"),
    ]
}
