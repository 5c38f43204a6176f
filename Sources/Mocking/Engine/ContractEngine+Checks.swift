import Exchanges
import JSONDocument
import OpenAPI

extension ContractEngine {
    func checkVersion(_ turn: Turn) -> Answer? {
        guard let problem = turn.request.choice.problem, let rule = behaviour?.version else { return nil }
        let received = turn.request.header(rule.header)
        return failure(
            problem == .missing ? .versionMissing : .versionUnknown, turn,
            told: problem == .missing
                ? "The header \(rule.header) is missing." : "Unknown version \(received ?? "")."
        ) { scope in
            scope.field = rule.header
            scope.received = received
        }
    }

    mutating func checkRate(_ operation: OpenAPI.Operation, _ turn: inout Turn) -> Answer? {
        guard let rule = behaviour?.rateLimit else { return nil }
        let bucket = rule.isPerOperation ? operation.name : ""
        var window = state.windows[bucket] ?? RateWindow(rule, at: turn.now)
        let standing = window.count(rule, at: turn.now)
        state.windows[bucket] = window
        turn.standing = standing
        guard standing.retry > 0 else { return nil }
        return failure(.tooManyRequests, turn, told: "Too many requests; wait \(standing.retry) s.")
    }

    func checkCredentials(_ operation: OpenAPI.Operation, _ turn: Turn) -> Answer? {
        guard behaviour?.enforcesCredentials ?? true else { return nil }
        let check = credentialCheck
        if check.accepts(turn.request, for: operation) { return nil }
        return failure(.credentials, turn, told: check.reason(turn.request, for: operation))
    }

    /// What counts as credentials of this contract.
    var credentialCheck: CredentialCheck {
        CredentialCheck(
            schemes: contract.securitySchemes, accepted: settings.credentials,
            acceptsAny: settings.acceptsAnyCredentials || behaviour?.acceptsAnyCredentials == true)
    }

    /// Answers again what was answered before, or remembers the key under which the answer is to be kept.
    mutating func checkKey(_ operation: OpenAPI.Operation, _ turn: inout Turn) -> Answer? {
        guard let rule = behaviour?.idempotency, rule.methods.contains(operation.method),
            let header = turn.request.header(rule.header), !header.isEmpty
        else { return nil }
        turn.isReplay = false
        let key = rule.isPerOperation ? operation.name + "\n" + header : header
        guard let replay = state.replays[key] else {
            turn.key = key
            return nil
        }
        guard replay.isSame(as: turn.request) else {
            return failure(.keyReused, turn, told: "The key was used for another request.") { scope in
                scope.field = rule.header
                scope.received = header
            }
        }
        turn.isReplay = true
        return replay.answer
    }

    func checkRequest(_ operation: OpenAPI.Operation, _ turn: Turn) -> Answer? {
        let request = turn.request
        if let coding = request.contentCoding {
            // RFC 9110, section 15.5.16, asks for the codings that would be accepted.
            var answer = failure(
                .contentCoding, turn, told: "content-encoding: '\(coding)' is not supported; send the body without it.")
            answer.headers.append(HeaderField(name: "Accept-Encoding", value: "identity"))
            return answer
        }
        let issues = request.issues.lazy.filter { !$0.isUndecided }
        if let issue = issues.first {
            let complaints = Complaint.all(issues.prefix(Rejection.maximumCount), request)
            let complaint = complaints[0]
            // The rule that the file has for the very member says it in the server's own words.
            if issue.keyword != "type", let answer = broken(operation, turn, about: complaint.field) { return answer }
            let sentences = complaints.map(\.sentence).joined(separator: " ")
            return failure(complaint.situation, turn, told: sentences, each: complaints) { scope in
                scope.field = complaint.field
                scope.received = complaint.received
                scope.reason = complaint.reason
            }
        }
        return checkAccept(operation, turn) ?? broken(operation, turn, about: nil)
    }

    /// The answer to the first broken rule of the file's own, about `field` only where that is given.
    private func broken(_ operation: OpenAPI.Operation, _ turn: Turn, about field: String?) -> Answer? {
        var evaluator = evaluator(scope(turn))
        for rule in turn.request.served?.rule?.require ?? [] {
            if let field, !field.utf8.elementsEqual(rule.field.utf8) { continue }
            guard let value = evaluator.value(rule.condition.value), !evaluator.holds(rule.condition) else { continue }
            let received = plainText(value)
            let reason = rule.reason ?? "is not allowed"
            let prepare = { (scope: inout Scope) in
                scope.field = rule.field
                scope.received = received
                scope.reason = reason
            }
            if let error = rule.error {
                var answer = failure(error, turn, prepare)
                answer.situation = rule.situation
                answer.reason = "\(rule.field) \(reason)."
                return answer
            }
            return failure(rule.situation, turn, told: "\(rule.field) \(reason).", prepare)
        }
        return nil
    }

    /// Whether the client takes any media type that a success may have.
    private func checkAccept(_ operation: OpenAPI.Operation, _ turn: Turn) -> Answer? {
        guard let header = turn.request.header("accept"), !header.isEmpty else { return nil }
        let offered = operation.responses.filter { $0.statusKey.utf8.first == UInt8(ascii: "2") }
            .flatMap { $0.content.map(\.range) }
        guard !offered.isEmpty, Accept(header).best(of: offered) == nil else { return nil }
        let names = offered.map(\.description).joined(separator: ", ")
        return failure(.notAcceptable, turn, told: "accept: only \(names) is available.") { scope in
            scope.field = "accept"
            scope.received = header
        }
    }
}
