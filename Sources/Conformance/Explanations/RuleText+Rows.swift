/// Explanations of the rules about rows of tables and about the run as a whole.
extension RuleText {
    static let rows: [String: RuleText] = [
        "check": RuleText(
            "An item in the column `check` is not met by the response.",
            basis: "All items of a row must be met: PATH OPERATOR VALUE, separated by semicolons.",
            example: "table     check = state=sent\nresponse  {\"state\": \"lost\"}",
            "return the expected value",
            "if the value is right, correct the item in the column `check` of the row"),
        "check.undecided": RuleText(
            "An item in the column `check` was neither met nor violated: its pattern or schema exceeds a limit, or the "
                + "body cannot be read.",
            basis: "A check that cannot be decided never passes.",
            example: "table     check = name~/(a+)+/\nresponse  {\"name\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"}",
            "simplify the item, or compare another place"),
        "check.value-missing": RuleText(
            "An item in the column `check` refers to a value that no earlier response contains.",
            basis: "{{step.path}} is the value at a path of the response to an earlier step.",
            example: "table     check = id={{create.id}}\nresponse  {} (to create)",
            "correct the path of the template; `assay show SCENARIO/STEP` prints the earlier response"),
        "same-as": RuleText(
            "The body differs from that of another step. The diff shows the members that differ.",
            basis: "The column `same_as` requires the body of another response, without the members after `except`.",
            example:
                "table     same_as = create\nresponse  {\"weight\": 2.5} (create)\nresponse  {\"weight\": 2} (fetch)",
            "return the same values from both operations",
            "if a member may differ, name it: same_as = create except updated_at"),
        "same-as.undecided": RuleText(
            "Two responses could not be compared: one of them was not received, is not JSON, or is masked in the journal.",
            basis: "A comparison that cannot be decided never passes.",
            example: "table     same_as = create\nresponse  <html> (create)",
            "compare steps that return JSON, or check single values in the column `check`"),
        "law": RuleText(
            "A law of a laws table applies to this exchange, and one of its checks is not met.",
            basis: "A law applies to each exchange that meets the items of `when`.",
            example: "law       request-id-echoed: header.x-request-id={{req.header.x-request-id}}\n"
                + "response  HTTP/1.1 200, without x-request-id",
            "correct the response",
            "if the law is too strict, narrow it in its column `when`"),
        "law.undecided": RuleText(
            "A law could not be decided for an exchange: a value or pattern exceeds a limit, or was not stored.",
            basis: "A law that cannot be decided never passes.",
            example: "law       short-name: name~/(a+)+/",
            "simplify the check of the law"),
        "law.never-applied": RuleText(
            "No exchange of the run met the items of `when`, so the law tested nothing.",
            basis: "A law applies to each exchange that meets the items of `when`.",
            example: "law       slow-down: when = status=429",
            "add a scenario to which the law applies, or correct `when`"),
        "requirement.not-shown": RuleText(
            "`refs` contains a mandatory requirement, and a complete run does not show it: no row names it in the column "
                + "`ref`, or its rows were skipped. With `--strict` it is an error.",
            basis: "A requirement is shown if at least one of its rows passed and none failed.",
            example:
                "assay.yaml  refs: {PARCEL-7: a stopped parcel stays stopped}\ntable       no row has ref = PARCEL-7",
            "add `PARCEL-7` to `ref` of the rows that show the requirement",
            "if it applies only under a condition, write level: conditional in `refs`"),
        "value.missing": RuleText(
            "A step needs a value of an earlier response. That step passed, and its response does not contain the value, "
                + "so no other finding explains why the step was skipped.",
            basis: "{{step.path}} is the value at a path of the response to an earlier step.",
            example: "table     set = id={{create.id}}\nresponse  {\"parcel_id\": \"P-1\"} (to create)",
            "correct the path of the template; `assay show SCENARIO/STEP` prints the earlier response",
            "if the value must be present, declare it as required in the contract"),
    ]

    static let runs: [String: RuleText] = [
        "transport.*": RuleText(
            "No response was received, or its transmission was defective. The end of the id names the failure: "
                + "`assay explain transport.timedOut`.",
            basis: "Without a complete response there is nothing to compare with the contract.",
            example: "request   GET /parcels\nresponse  none within 30 s",
            "check that the server is running and reachable"),
        "flaky": RuleText(
            "The step passed on a later attempt, after a transport failure or a busy server.",
            basis: "`retry` in the column `opts` repeats a step after transport failures, 429, 502, 503 and 504.",
            example: "attempt 1  503\nattempt 2  200",
            "find out why the first attempt failed; a step that is flaky often hides a real failure"),
        "journal.unmatched": RuleText(
            "The journal has exchanges of scenarios or steps that the tables no longer have. They were not judged.",
            basis: "A journal is judged by the tables as they are now.",
            example: "journal   orders › cancel\ntable     orders has no step cancel",
            "run the tables again, or judge the journal with the tables of its time"),
        "journal.unknown-outcome": RuleText(
            "A request was sent, and the run was interrupted before its response. The server may have processed it.",
            basis: "The journal records a request before it is sent.",
            example: "journal   POST /parcels sent, no response",
            "check on the server whether the request had an effect, then resume: assay run --resume"),
        "unjudged.masked": RuleText(
            "The journal or recording has a token instead of a value under `redact`. Equality is judged; the type, "
                + "pattern or range of the value is not.",
            basis: "A value under `redact` is stored as a token with a keyed hash.",
            example: "journal   {\"session\": \"‹redacted 5b0c6e0f›\"}",
            "nothing is required; the run itself judges the real value"),
        "baseline.stale": RuleText(
            "The baseline accepts a finding that the whole run no longer has. The deviation may be corrected.",
            basis: "A baseline entry accepts the findings of a rule at a place, until a day.",
            example: "baseline  rule: body.type, at: /weight\nresponse  {\"weight\": 2.5}",
            "remove the entry, or update the file: assay run --write-baseline"),
        "baseline.expired": RuleText(
            "The day `until` of a baseline entry is over, so the entry accepts nothing any more.",
            basis: "A baseline entry accepts the findings of a rule at a place, until a day.",
            example: "baseline  rule: body.type, until: '2026-01-31'",
            "correct the deviation, or set a later day with a new reason"),
        "target.ill": RuleText(
            "For some time every request failed, with no connection, 429 or a status of 500 or more, of several "
                + "operations in several scenarios. The failures show nothing about the contract, so their steps are not "
                + "judged.",
            basis:
                "A failure of one operation, or of one request, always stays a failure of its row (docs/judging.md).",
            example: "response  HTTP/1.1 503 (14 requests of 5 operations, 12:00:01 to 12:00:09)",
            "run the steps again when the target is available: assay run --last-failed",
            "if too many steps are not judged, the exit code is 3: `ill: {max-unjudged: 20%}` in assay.yaml"),
        "quarantine.passed": RuleText(
            "Every step of a quarantined row passes, so the entry can be removed.",
            basis: "An entry under `quarantine` in assay.yaml lets a row fail until a day.",
            example: "assay.yaml  quarantine: [{row: order-lifecycle/refund, …}]\nresponse    HTTP/1.1 200",
            "remove the entry"),
        "quarantine.expired": RuleText(
            "The day `until` of an entry under `quarantine` is over, so failures of its row fail the run again.",
            basis: "An entry under `quarantine` in assay.yaml lets a row fail until a day.",
            example: "assay.yaml  quarantine: [{row: order-lifecycle/refund, until: '2026-01-31', …}]",
            "remove the entry, or set a later day with a new reason"),
        "coverage.below": RuleText(
            "The exchanges of the run cover a smaller part of the contract than `--min-coverage` requires.",
            basis: "`--min-coverage` is the least percentage of documented parts that a run must exercise.",
            example: "assay run --min-coverage 80\ncoverage  31 of 97 documented responses",
            "add rows for uncovered responses: the JSON report lists them under `missing`"),
    ]
}
