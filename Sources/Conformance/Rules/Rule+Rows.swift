import Diagnostics

/// The rules about requests, tables and exchanges.
extension Rule {
    static let requestRules: [Rule] = [
        .requestUndecided, .requestUnjudged, .requestUnbuildable, .requestKeyword, .negativeAccepted, .negativeValid,
        .securityNotEnforced, .securityRefused,
    ]

    static let requestKeyword = Rule(
        "request.*", "a step sent a request that violates the contract, but the row is not marked `invalid`",
        source: "OpenAPI 3.1.1, section 4.8.10 Operation Object")
    static let requestUndecided = Rule(
        "request.undecided", "checking a request exceeded a limit of the judge",
        source: "limits of the judge")
    static let requestUnjudged = Rule(
        "request.unjudged", .note, "a part of a request cannot be read, so it was not validated",
        source: "media types that the judge supports")
    static let requestUnbuildable = Rule(
        "request.unbuildable", "the request of a step could not be built, so nothing was sent",
        source: "scenario tables")
    static let negativeAccepted = Rule(
        "negative.accepted", "a request that violates the contract was accepted",
        source: "scenario tables, opts invalid")
    static let negativeValid = Rule(
        "negative.valid", "a row marked `invalid` sent a valid request", source: "scenario tables, opts invalid")
    static let securityNotEnforced = Rule(
        "security.not-enforced", "a request without the required credentials was accepted",
        source: "OpenAPI 3.1.1, section 4.8.30 Security Requirement Object")
    static let securityRefused = Rule(
        "security.refused", "credentials that the contract documents were rejected",
        source: "OpenAPI 3.1.1, section 4.8.30 Security Requirement Object")

    static let tableRules: [Rule] = [
        .check, .checkUndecided, .checkValueMissing, .sameAs, .sameAsUndecided, .law, .lawUndecided, .lawNeverApplied,
        .requirementNotExercised,
        .valueMissing, .pagesLimit, .pagesRepeated, .pagesNext, .pagesUnfinished, .pagesDuplicate, .pagesUncompared,
        .pagesSingle,
    ]

    static let check = Rule("check", "a check of the row failed", source: "scenario tables, column check")
    static let checkUndecided = Rule(
        "check.undecided", "a check of the row could not be decided", source: "scenario tables, column check")
    static let checkValueMissing = Rule(
        "check.value-missing", "a check refers to a value that does not exist", source: "scenario tables, templates")
    static let sameAs = Rule(
        "same-as", "the response differs from that of another step", source: "scenario tables, column same_as")
    static let sameAsUndecided = Rule(
        "same-as.undecided", "two responses could not be compared",
        source: "scenario tables, column same_as")
    static let law = Rule("law", "a law fails for this exchange", source: "laws tables")
    static let lawUndecided = Rule(
        "law.undecided", "a law could not be decided", source: "laws tables")
    static let lawNeverApplied = Rule(
        "law.never-applied", .warning, "a law applied to no exchange", source: "laws tables")
    static let requirementNotExercised = Rule(
        "requirement.not-shown", .warning, "no row shows a mandatory requirement", source: "assay.yaml, refs")
    static let valueMissing = Rule(
        "value.missing", "a step needs a value that the response to an earlier passed step does not contain",
        source: "scenario tables, templates")

    static let pagesLimit = Rule(
        "pages.limit", "a list has more pages than the row allows", source: "scenario tables, opts pages")
    static let pagesRepeated = Rule(
        "pages.repeated", "the cursor or URL of the next page was returned before, so the list never ends",
        source: "scenario tables, opts pages")
    static let pagesNext = Rule(
        "pages.next", "the next page of a list cannot be requested", source: "scenario tables, opts pages")
    static let pagesUnfinished = Rule(
        "pages.unfinished", "a page that is not the last one has no next page in the journal",
        source: "scenario tables, opts pages")
    static let pagesDuplicate = Rule(
        "pages.duplicate", "a value that must be different on all pages occurs twice",
        source: "scenario tables, opts distinct")
    static let pagesUncompared = Rule(
        "pages.uncompared", "no page has the value by which elements are compared",
        source: "scenario tables, opts distinct")
    static let pagesSingle = Rule(
        "pages.single", .note, "a list has only one page, so its pages were not tested",
        source: "scenario tables, opts pages")

    static let runRules: [Rule] = [
        .transport, .flaky, .journalUnmatched, .unknownOutcome, .masked, .baselineStale, .baselineExpired,
        .coverageBelow, .targetIll, .quarantinePassed, .quarantineExpired,
    ]

    static let baselineStale = Rule(
        "baseline.stale", .warning, "the baseline accepts a finding that no longer occurs", source: "baselines")
    static let baselineExpired = Rule(
        "baseline.expired", "a baseline entry has expired", source: "baselines")
    static let coverageBelow = Rule(
        "coverage.below", "coverage is below `--min-coverage`", source: "coverage")

    static let targetIll = Rule(
        "target.ill", .warning, "every request failed for some time, so the steps of that time were not judged",
        source: "health of the target")
    static let quarantinePassed = Rule(
        "quarantine.passed", .note, "a quarantined row passes", source: "assay.yaml, quarantine")
    static let quarantineExpired = Rule(
        "quarantine.expired", "the last day of a quarantine is over", source: "assay.yaml, quarantine")

    static let transport = Rule(
        "transport.*", "no response, or one with invalid framing; the end of the id names the failure",
        source: "RFC 9110, RFC 9112")
    static let flaky = Rule(
        "flaky", .note, "a later attempt passed after a failed one", source: "scenario tables, opts retry")
    static let journalUnmatched = Rule(
        "journal.unmatched", .warning, "the journal has exchanges that the plan does not have", source: "journals")
    static let masked = Rule(
        "unjudged.masked", .note, "the journal has a token instead of the value, so the value was not judged",
        source: "redaction of journals")
    static let unknownOutcome = Rule(
        "journal.unknown-outcome", .warning,
        "a request was sent before the run was interrupted, and its response is unknown",
        source: "journals")
}
