import Diagnostics

/// The rules about promises, which the configuration declares under `promises`.
extension Rule {
    static let promiseRules: [Rule] = [
        .idempotencyReplay, .idempotencyFlag, .idempotencyConflict, .rateLimitMissing, .rateLimitRemaining,
        .rateLimitRetry,
        .rateLimitRefused, .rateLimitWait, .rateLimitChanged, .rateLimitUncounted, .echoMissing, .echoValue,
        .stateLost, .stateUnknown, .stateOther, .stateChanged, .stateFinal, .stateCarried, .promiseNeverApplied,
    ]

    private static let keySource =
        "draft-ietf-httpapi-idempotency-key-header, section 2; assay.yaml, promises.idempotency"
    private static let limitSource = "RFC 6585, section 4; assay.yaml, promises.rate-limit"
    private static let stateSource = "RFC 9110, sections 9.2 and 9.3; assay.yaml, promises.resources"

    static let idempotencyReplay = Rule(
        "idempotency.replay", "a repeated request with the same key got a different response", source: keySource)
    static let idempotencyFlag = Rule(
        "idempotency.flag", "the replay header has the wrong value", source: keySource)
    static let idempotencyConflict = Rule(
        "idempotency.conflict", "a key was accepted again with a different request", source: keySource)

    static let rateLimitMissing = Rule(
        "rate-limit.missing", .warning, "a rate limit header that the contract declares is missing",
        source: limitSource)
    static let rateLimitRemaining = Rule(
        "rate-limit.remaining", "the remaining count is negative or above the limit", source: limitSource)
    static let rateLimitRetry = Rule(
        "rate-limit.retry", "a wait is required although requests are left", source: limitSource)
    static let rateLimitRefused = Rule(
        "rate-limit.refused", "a request was rejected with 429 although requests are left", source: limitSource)
    static let rateLimitWait = Rule(
        "rate-limit.wait", "a 429 response has no wait, or one longer than the window", source: limitSource)
    static let rateLimitChanged = Rule(
        "rate-limit.changed", "the limit of an operation differs between responses", source: limitSource)
    static let rateLimitUncounted = Rule(
        "rate-limit.uncounted", "the remaining count does not go down as requests are made", source: limitSource)

    static let echoMissing = Rule(
        "echo.missing", "a header that must be returned is missing", source: "assay.yaml, promises.echo")
    static let echoValue = Rule(
        "echo.value", "a returned header has a different value", source: "assay.yaml, promises.echo")

    static let promiseNeverApplied = Rule(
        "promise.never-applied", .warning, "a promise applied to no exchange",
        source: "assay.yaml, promises and money")

    static let stateLost = Rule(
        "state.lost", "a resource that was returned earlier is missing, although nothing has changed it",
        source: stateSource)
    static let stateUnknown = Rule(
        "state.unknown", "a resource that was reported missing is returned later, although nothing created it",
        source: stateSource)
    static let stateOther = Rule(
        "state.other", "the response contains a different resource than the requested one", source: stateSource)
    static let stateChanged = Rule(
        "state.changed", "a resource is returned differently, although no accepted request has changed it",
        source: stateSource)
    static let stateFinal = Rule(
        "state.final", "a member changed after it had reached its final value", source: stateSource)
    static let stateCarried = Rule(
        "state.carried", "a member that was sent is missing from the response or has a different value",
        source: stateSource)
}
