import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Scenarios

/// What a step sent against the contract: right for ordinary rows, wrong for `invalid` ones.
enum RequestRules {
    static func findings(_ subject: Subject, _ judge: Judge) -> [Finding] {
        guard let operation = subject.operation else { return [] }
        let issues = issues(
            subject, judge.requests.rules(operation, of: subject.contract), baseURL: judge.policy.baseURL)
        let breaches = issues.filter { !$0.isUndecided }
        let open = issues.filter(\.isUndecided)
        let unread = operation.unread.map { DocumentRules.unread($0, subject) }
        guard subject.step.options.isInvalid else {
            return breaches.map { breach($0, subject) } + open.map { undecided($0, subject) } + unread
        }
        guard breaches.isEmpty else { return [] }
        guard open.isEmpty, unread.isEmpty, subject.exchange.request.cut == nil else {
            return open.map { undecided($0, subject) } + unread
        }
        return [
            subject.finding(
                .negativeValid,
                "the row is marked `invalid`, but its request is valid",
                blame: .table,
                contract: operation.location,
                expected: "a request that violates the contract",
                actual: "a valid request"
            )
        ]
    }

    /// What the request is known to break.
    static func breaches(_ subject: Subject) -> [RequestIssue] {
        guard let operation = subject.operation else { return [] }
        let rules = OpenAPI.RequestRules(operation, credentialSchemes: subject.contract?.securitySchemes ?? [])
        return issues(subject, rules, baseURL: "").filter { !$0.isUndecided }
    }

    private static func issues(
        _ subject: Subject, _ rules: OpenAPI.RequestRules, baseURL: String
    ) -> [RequestIssue] {
        let request = subject.exchange.request
        let issues = rules.issues(
            in: WireRequest(request, baseURL: baseURL),
            pathValues: subject.pathValues,
            read: subject.view.requestBody
        )
        // Of a body that was not kept whole only the media type can be judged.
        guard request.cut != nil else { return issues }
        return issues.filter { issue in
            if case .body = issue.place { false } else { true }
        }
    }

    private static func breach(_ issue: RequestIssue, _ subject: Subject) -> Finding {
        subject.finding(
            .requestKeyword,
            id: "request.\(issue.keyword)",
            "the request violates the contract: \(issue.place) \(issue.message)",
            blame: .table,
            contract: issue.location,
            table: item(for: issue.place, in: subject.step)?.location,
            clause: issue.place.description,
            expected: issue.expected.isEmpty ? nil : issue.expected,
            actual: issue.actual.isEmpty ? nil : issue.actual
        )
    }

    private static func undecided(_ issue: RequestIssue, _ subject: Subject) -> Finding {
        let rule: Rule =
            switch issue.keyword {
            case "mediaType", "style": .requestUnjudged
            case "schema": .documentSchema
            case "unread": .documentUnjudged
            default: .requestUndecided
            }
        return subject.finding(
            rule,
            "in the request, \(issue.place) \(issue.message)",
            blame: [.documentSchema, .documentUnjudged].contains(rule) ? .document : .table,
            contract: issue.location,
            clause: "request \(issue.place)"
        )
    }

    /// The item of the row that sets the place, or something around it; the last one wins, as it does when sending.
    private static func item(for place: RequestIssue.Place, in step: Step) -> Item? {
        step.set.last { item in
            switch (place, item.path.root) {
            case (.path(let name), .path(let own)), (.query(let name), .query(let own)),
                (.cookie(let name), .cookie(let own)):
                name.utf8.elementsEqual(own.utf8)
            case (.header(let name), .header(let own)): isSameName(name, own)
            case (.mediaType, .header(let own)): isSameName("content-type", own)
            case (.body(let pointer), .body):
                item.path.plainPointer.map {
                    pointer.tokens.starts(with: $0.tokens) || $0.tokens.starts(with: pointer.tokens)
                }
                    ?? false
            default: false
            }
        }
    }
}
