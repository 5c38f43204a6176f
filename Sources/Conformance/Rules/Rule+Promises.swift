import Diagnostics

/// The rules about behaviour: what the configuration declares under `promises`, over several answers.
extension Rule {
    static let promiseRules: [Rule] = [
        .idempotencyReplay, .idempotencyFlag, .idempotencyConflict, .rateLimitMissing, .rateLimitRemaining,
        .rateLimitRetry,
        .rateLimitRefused, .rateLimitWait, .rateLimitChanged, .rateLimitUncounted, .echoMissing, .echoValue,
        .stateLost, .stateUnknown, .stateOther, .stateChanged, .stateFinal, .stateCarried,
    ]

    private static let keySource = "draft-ietf-httpapi-idempotency-key-header, 2; assay.yaml, promises.idempotency"
    private static let limitSource = "RFC 6585, 4; assay.yaml, promises.rate-limit"
    private static let stateSource = "RFC 9110, 9.2 and 9.3; assay.yaml, promises.resources"

    static let idempotencyReplay = Rule(
        "idempotency.replay", "the same key and request had another answer than the first time", source: keySource)
    static let idempotencyFlag = Rule(
        "idempotency.flag", "the header that tells replays says what is not so", source: keySource)
    static let idempotencyConflict = Rule(
        "idempotency.conflict", "a key was used again with another request and not refused for that", source: keySource)

    static let rateLimitMissing = Rule(
        "rate-limit.missing", .warning, "a header that tells of the limit, and that the contract declares, is missing",
        source: limitSource)
    static let rateLimitRemaining = Rule(
        "rate-limit.remaining", "fewer calls are left than none, or more than the limit", source: limitSource)
    static let rateLimitRetry = Rule(
        "rate-limit.retry", "a wait is asked for while calls are left", source: limitSource)
    static let rateLimitRefused = Rule(
        "rate-limit.refused", "a call was refused with 429 while calls are left", source: limitSource)
    static let rateLimitWait = Rule(
        "rate-limit.wait", "a 429 carries no wait, or one beyond the window", source: limitSource)
    static let rateLimitChanged = Rule(
        "rate-limit.changed", "the limit of an operation is not the same in every answer", source: limitSource)
    static let rateLimitUncounted = Rule(
        "rate-limit.uncounted", "calls do not make fewer calls left", source: limitSource)

    static let echoMissing = Rule(
        "echo.missing", "a header that comes back does not", source: "assay.yaml, promises.echo")
    static let echoValue = Rule(
        "echo.value", "a header comes back with another value", source: "assay.yaml, promises.echo")

    static let stateLost = Rule(
        "state.lost", "what an answer showed is unknown to the next, and nothing has changed it", source: stateSource)
    static let stateUnknown = Rule(
        "state.unknown", "what one answer did not know another one shows", source: stateSource)
    static let stateOther = Rule(
        "state.other", "the answer is about another thing than the one that was asked for", source: stateSource)
    static let stateChanged = Rule(
        "state.changed", "a thing is shown otherwise although nothing that was accepted changed it",
        source: stateSource)
    static let stateFinal = Rule(
        "state.final", "a member changed that had a value which is final", source: stateSource)
    static let stateCarried = Rule(
        "state.carried", "a member that was sent does not come back, or with another value", source: stateSource)
}
