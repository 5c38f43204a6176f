import Diagnostics

/// The rules about deliveries of webhooks and callbacks.
extension Rule {
    static let webhookRules: [Rule] = [
        .webhookUnknown, .webhookSignature, .webhookSignatureMissing, .webhookSignatureMalformed, .webhookOld,
        .webhookFuture, .webhookIDMissing, .webhookUndecided, .webhookUnjudged, .webhookKeyword,
    ]

    private static let schemeSource = "assay.yaml, webhooks; Standard Webhooks, section Signature scheme"
    private static let contractSource =
        "OpenAPI 3.1.1, sections 4.8.1 OpenAPI Object, webhooks, and 4.8.18 Callback Object"

    static let webhookUnknown = Rule(
        "webhook.unknown", "a delivery names an event that the contract does not describe", source: contractSource)
    static let webhookSignature = Rule(
        "webhook.signature", "no signature of a delivery matches its raw body", source: schemeSource)
    static let webhookSignatureMissing = Rule(
        "webhook.signature-missing", "a delivery lacks a header of its signature", source: schemeSource)
    static let webhookSignatureMalformed = Rule(
        "webhook.signature-malformed", "a header of a delivery's signature is not written as its scheme requires",
        source: schemeSource)
    static let webhookOld = Rule(
        "webhook.old", "a delivery was signed longer ago than `tolerance` allows", source: schemeSource)
    static let webhookFuture = Rule(
        "webhook.future", "a delivery was signed further in the future than `tolerance` allows",
        source: schemeSource)
    static let webhookIDMissing = Rule(
        "webhook.id-missing", "a delivery has no id, so a repetition cannot be recognised", source: schemeSource)
    static let webhookUndecided = Rule(
        "webhook.undecided", "checking a delivery exceeded a limit of the judge", source: "limits of the judge")
    static let webhookUnjudged = Rule(
        "webhook.unjudged", .note, "a part of a delivery cannot be read, so it was not validated",
        source: "media types that the judge supports")
    static let webhookKeyword = Rule(
        "webhook.*", "a delivery violates the webhook or callback that the contract describes",
        source: contractSource)
}
