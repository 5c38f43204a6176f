import Diagnostics

/// The rules about a receiver of webhooks, which `assay webhook-check` tests.
extension Rule {
    static let receiverRules: [Rule] = [
        .receiverRejected, .receiverSignatureList, .receiverRawBody, .receiverDuplicate, .receiverOrder,
        .receiverWrongSignature, .receiverMissingSignature, .receiverMalformedSignature, .receiverOldSignature,
        .receiverFutureSignature, .receiverAlteredBody, .receiverParsedBody, .receiverAlteredTimestamp,
        .receiverAlteredID, .receiverMalformedBody, .receiverFailed, .receiverNoResponse, .receiverSlow,
        .receiverUndecided,
    ]

    private static let source =
        "Standard Webhooks, sections Verifying webhook authenticity and Operational considerations"

    static let receiverRejected = Rule(
        "receiver.rejected", "the receiver does not accept a correct delivery", source: source)
    static let receiverSignatureList = Rule(
        "receiver.signature-list", "the receiver rejects a list of signatures that contains the right one",
        source: source)
    static let receiverRawBody = Rule(
        "receiver.raw-body", "the receiver verifies the signature on another spelling of the body", source: source)
    static let receiverDuplicate = Rule(
        "receiver.duplicate", "the receiver does not accept the repetition of a delivery", source: source)
    static let receiverOrder = Rule(
        "receiver.order", "the receiver does not accept deliveries out of order", source: source)
    static let receiverWrongSignature = Rule(
        "receiver.wrong-signature", "the receiver accepts a delivery with a wrong signature", source: source)
    static let receiverMissingSignature = Rule(
        "receiver.missing-signature", "the receiver accepts a delivery without a signature", source: source)
    static let receiverMalformedSignature = Rule(
        "receiver.malformed-signature", "the receiver accepts a delivery whose signature cannot be read",
        source: source)
    static let receiverOldSignature = Rule(
        "receiver.old-signature", "the receiver accepts a delivery that was signed too long ago", source: source)
    static let receiverFutureSignature = Rule(
        "receiver.future-signature", .warning, "the receiver accepts a delivery that was signed in the future",
        source: source)
    static let receiverAlteredBody = Rule(
        "receiver.altered-body", "the receiver accepts another body than the signed one", source: source)
    static let receiverParsedBody = Rule(
        "receiver.parsed-body", "the receiver parses the body before it verifies the signature", source: source)
    static let receiverAlteredTimestamp = Rule(
        "receiver.altered-timestamp", "the receiver accepts another timestamp than the signed one", source: source)
    static let receiverAlteredID = Rule(
        "receiver.altered-id", "the receiver accepts another id than the signed one", source: source)
    static let receiverMalformedBody = Rule(
        "receiver.malformed-body", "the receiver parses a body whose signature is wrong", source: source)
    static let receiverFailed = Rule(
        "receiver.failed", "the receiver does not reject an invalid delivery with a 4xx status", source: source)
    static let receiverNoResponse = Rule(
        "receiver.no-response", "the receiver sends no response to a delivery", source: source)
    static let receiverSlow = Rule(
        "receiver.slow", .warning, "the receiver responds slowly, so the sender may repeat the delivery",
        source: source)
    static let receiverUndecided = Rule(
        "receiver.undecided", .note, "a case was not judged, because the receiver rejects correct deliveries too",
        source: source)
}
