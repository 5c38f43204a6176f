import Diagnostics

/// The rules about the deliveries that steps await.
extension Rule {
    static let awaitRules: [Rule] = [
        .webhookMissing, .webhookIDReused, .webhookRepeated, .webhookOrder, .webhookUnawaited, .webhookUnverified,
    ]

    private static let source = "scenario tables, call await"

    static let webhookMissing = Rule(
        "webhook.missing", "an awaited delivery did not arrive within the limit", source: source)
    static let webhookIDReused = Rule(
        "webhook.id-reused", "two deliveries with different contents have the same id", source: "assay.yaml, webhooks")
    static let webhookRepeated = Rule(
        "webhook.repeated", .warning, "a delivery was sent again after it had been acknowledged",
        source: "assay.yaml, webhooks")
    static let webhookOrder = Rule(
        "webhook.order", "a delivery shows a state that a final one preceded",
        source: "assay.yaml, promises.resources.final")
    static let webhookUnawaited = Rule(
        "webhook.unawaited", .note, "a delivery arrived that no step awaited", source: source)
    static let webhookUnverified = Rule(
        "webhook.unverified", .note, "the signature of a delivery could not be verified", source: "assay.yaml, webhooks"
    )
}
