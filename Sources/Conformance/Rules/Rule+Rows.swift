import Diagnostics

/// The rules about what was sent, what a table asks for, and how the exchanges came about.
extension Rule {
    static let requestRules: [Rule] = [
        .requestUndecided, .requestUnjudged, .requestUnbuildable, .requestKeyword, .negativeAccepted, .negativeValid,
        .securityNotEnforced, .securityRefused,
    ]

    static let requestKeyword = Rule(
        "request.*", "a step sent what the contract does not allow, and the row is not invalid",
        source: "OpenAPI 3.1.1, 4.8.10 Operation Object")
    static let requestUndecided = Rule(
        "request.undecided", "whether a request follows the contract lies beyond a bound on work",
        source: "bounds of the judge")
    static let requestUnjudged = Rule(
        "request.unjudged", .note, "a part of a request cannot be read, so its schema judged nothing",
        source: "media types of the judge")
    static let requestUnbuildable = Rule(
        "request.unbuildable", "a step's request could not be made, so nothing was sent", source: "scenario tables")
    static let negativeAccepted = Rule(
        "negative.accepted", "a request that breaks the contract was accepted", source: "scenario tables, opts invalid")
    static let negativeValid = Rule(
        "negative.valid", "an invalid row sent a request that breaks nothing", source: "scenario tables, opts invalid")
    static let securityNotEnforced = Rule(
        "security.not-enforced", "a request without the needed credentials was accepted",
        source: "OpenAPI 3.1.1, 4.8.30 Security Requirement Object")
    static let securityRefused = Rule(
        "security.refused", "a documented set of credentials was refused",
        source: "OpenAPI 3.1.1, 4.8.30 Security Requirement Object")

    static let tableRules: [Rule] = [
        .check, .checkUndecided, .checkValueMissing, .sameAs, .sameAsUndecided, .law, .lawUndecided, .lawNeverApplied,
        .valueMissing,
    ]

    static let check = Rule("check", "a check of the row does not hold", source: "scenario tables, column check")
    static let checkUndecided = Rule(
        "check.undecided", "whether a check of the row holds cannot be told", source: "scenario tables, column check")
    static let checkValueMissing = Rule(
        "check.value-missing", "a check asks for a value that does not exist", source: "scenario tables, templates")
    static let sameAs = Rule(
        "same-as", "the answer differs from that of another step", source: "scenario tables, column same_as")
    static let sameAsUndecided = Rule(
        "same-as.undecided", "whether two answers are the same cannot be told",
        source: "scenario tables, column same_as")
    static let law = Rule("law", "a law does not hold for this exchange", source: "laws tables")
    static let lawUndecided = Rule(
        "law.undecided", "whether a law holds or applies cannot be told", source: "laws tables")
    static let lawNeverApplied = Rule(
        "law.never-applied", .note, "a law applied to no exchange", source: "laws tables")
    static let valueMissing = Rule(
        "value.missing", "a step needs a value that another one's answer, which held, does not have",
        source: "scenario tables, templates")

    static let runRules: [Rule] = [
        .transport, .flaky, .journalUnmatched, .unknownOutcome, .masked, .baselineStale, .baselineExpired,
        .coverageBelow,
    ]

    static let baselineStale = Rule(
        "baseline.stale", .warning, "the baseline accepts a finding that is no more", source: "baselines")
    static let baselineExpired = Rule(
        "baseline.expired", "the baseline accepted a finding until a day that has passed", source: "baselines")
    static let coverageBelow = Rule(
        "coverage.below", "less was exercised than --min-coverage asks for", source: "coverage")

    static let transport = Rule(
        "transport.*", "no response, or one with defective framing: the rest of the id says what",
        source: "RFC 9110, RFC 9112")
    static let flaky = Rule(
        "flaky", .note, "a later attempt held after a fault", source: "scenario tables, opts retry")
    static let journalUnmatched = Rule(
        "journal.unmatched", .warning, "the journal has exchanges that the plan does not know", source: "journals")
    static let masked = Rule(
        "unjudged.masked", .note, "the journal keeps a token in place of the value, which cannot be judged",
        source: "redaction of journals")
    static let unknownOutcome = Rule(
        "journal.unknown-outcome", .warning, "a request left before the run was cut off, and no answer is known",
        source: "journals")
}
