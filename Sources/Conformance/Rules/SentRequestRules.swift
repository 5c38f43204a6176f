import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Scenarios
import Synchronization

/// Compares the request of an exchange with the contract, which it must follow unless the row is marked `invalid`.
enum SentRequestRules {
    /// The findings about the request of a step.
    static func findings(_ subject: StepSubject, _ judge: Judge) -> [Finding] {
        guard let operation = subject.operation else { return [] }
        let rules = judge.requests.rules(operation, of: subject.response.contract)
        let issues = issues(subject.view, subject.pathValues, rules, baseURL: judge.policy.baseURL)
        guard subject.step.options.isInvalid else {
            return reports(issues, subject.response).map { report in
                let cause = report.issue.flatMap { item(for: $0.place, in: subject.step) }
                return report.finding.placed(in: subject, table: cause?.location)
            }
        }
        guard issues.allSatisfy(\.isUndecided) else { return [] }
        let open = reports(issues, subject.response).map { $0.finding.placed(in: subject) }
        guard open.isEmpty, subject.exchange.request.cut == nil else { return open }
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

    /// The findings about a request that no row describes.
    static func findings(_ view: ExchangeView, _ response: ResponseSubject, _ requests: PreparedRequests) -> [Finding] {
        guard let operation = response.operation else { return [] }
        let issues = issues(
            view, operation.pathValues(inTailOf: view.exchange.request.path) ?? [],
            requests.rules(operation, of: response.contract), baseURL: "")
        return reports(issues, response).map(\.finding)
    }

    /// The certain violations of the request.
    static func violations(_ subject: StepSubject) -> [RequestIssue] {
        guard let operation = subject.operation else { return [] }
        let rules = RequestRules(operation, credentialSchemes: subject.response.contract?.securitySchemes ?? [])
        return issues(subject.view, subject.pathValues, rules, baseURL: "").filter { !$0.isUndecided }
    }

    private static func issues(
        _ view: ExchangeView, _ pathValues: [(name: String, text: String)], _ rules: RequestRules, baseURL: String
    ) -> [RequestIssue] {
        let request = view.exchange.request
        let issues = rules.issues(
            in: WireRequest(request, baseURL: baseURL), pathValues: pathValues, read: view.requestBody)
        // If a body was not stored completely, only its media type can be judged.
        guard request.cut != nil else { return issues }
        return issues.filter { issue in
            if case .body = issue.place { false } else { true }
        }
    }

    /// A finding, and the issue that a row may have caused.
    private struct Report {
        var finding: Finding
        var issue: RequestIssue?
    }

    /// Violations first, then undecided issues, then parts of the contract that were not read.
    private static func reports(_ issues: [RequestIssue], _ response: ResponseSubject) -> [Report] {
        let unread = response.operation?.unread.map { Report(finding: DocumentRules.unread($0, response)) } ?? []
        guard !issues.isEmpty else { return unread }
        let violations = issues.filter { !$0.isUndecided }
        return violations.map { Report(finding: violation($0, response), issue: $0) }
            + issues.filter(\.isUndecided).map { Report(finding: undecided($0, response)) } + unread
    }

    private static func violation(_ issue: RequestIssue, _ response: ResponseSubject) -> Finding {
        response.finding(
            .requestKeyword,
            id: "request.\(issue.keyword)",
            "the request violates the contract: \(issue.place) \(issue.message)",
            blame: .table,
            contract: issue.location,
            clause: issue.place.description,
            expected: issue.expected.isEmpty ? nil : issue.expected,
            actual: issue.actual.isEmpty ? nil : issue.actual
        )
    }

    private static func undecided(_ issue: RequestIssue, _ response: ResponseSubject) -> Finding {
        let rule: Rule =
            switch issue.keyword {
            case "mediaType", "style": .requestUnjudged
            case "schema": .documentSchema
            case "unread": .documentUnjudged
            default: .requestUndecided
            }
        return response.finding(
            rule,
            "in the request, \(issue.place) \(issue.message)",
            blame: [.documentSchema, .documentUnjudged].contains(rule) ? .document : .table,
            contract: issue.location,
            clause: "request \(issue.place)"
        )
    }

    /// The item of the row that sets the place or something around it; the last one, as in the request.
    private static func item(for place: RequestIssue.Place, in step: Step) -> Item? {
        step.request.set.last { item in
            switch (place, item.path.root) {
            case (.path(let name), .path(let own)), (.query(let name), .query(let own)),
                (.cookie(let name), .cookie(let own)):
                name.isSame(as: own)
            case (.header(let name), .header(let own)): isSameName(name, own)
            case (.mediaType, .header(let own)): isSameName("content-type", own)
            case (.partHeader, .partHeader): item.path.isPlace(place)
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

/// The requirements of operations on requests, prepared when the first request of each is judged.
final class PreparedRequests: Sendable {
    private let known = Mutex<[Key: RequestRules]>([:])

    private struct Key: Hashable {
        let operation: ObjectIdentifier
        let contract: ObjectIdentifier?
    }

    /// The requirements of an operation, with the credentials of its contract. The judge keeps both objects, so that no
    /// other object can get their identity.
    func rules(_ operation: Operation, of contract: Contract?) -> RequestRules {
        let key = Key(operation: ObjectIdentifier(operation), contract: contract.map { ObjectIdentifier($0) })
        if let rules = known.withLock({ $0[key] }) { return rules }
        let rules = RequestRules(operation, credentialSchemes: contract?.securitySchemes ?? [])
        known.withLock { $0[key] = rules }
        return rules
    }
}
