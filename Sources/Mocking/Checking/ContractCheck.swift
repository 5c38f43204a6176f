import Exchanges
import JSONDocument
import OpenAPI
import Primitives

/// Checks a request against the contract and against the rules of the behaviour file.
struct ContractCheck {
    let request: IncomingRequest
    let operation: OpenAPI.Operation
    let scope: EvaluationScope

    /// The first deviation, which decides the response; `nil` for a valid request.
    ///
    /// - Parameter counters: The next number of each counter, for rules that use it.
    func failure(_ counters: [String: Int]) -> RequestFailure? {
        codingFailure ?? contractFailure(counters) ?? acceptFailure ?? ruleFailure(about: nil, counters)
    }

    private var codingFailure: RequestFailure? {
        guard let coding = request.contentCoding else { return nil }
        // The response names the accepted codings (RFC 9110, section 15.5.16).
        return RequestFailure(
            .contentCoding, "content-encoding: '\(coding)' is not supported; send the body without it.", scope,
            headers: [HeaderField(name: "Accept-Encoding", value: "identity")])
    }

    private func contractFailure(_ counters: [String: Int]) -> RequestFailure? {
        let issues = request.issues.lazy.filter { !$0.isUndecided }
        guard let issue = issues.first else { return nil }
        let errors = FieldError.all(issues.prefix(Rejection.maximumCount), request)
        let first = errors[0]
        // A rule of the file about the same member takes precedence, because it has the server's own text.
        if issue.keyword != "type", let failure = ruleFailure(about: first.field, counters) { return failure }
        var scope = scope
        scope.topic.field = first.field
        scope.topic.received = first.received
        scope.topic.reason = first.reason
        let sentences = errors.map(\.sentence).joined(separator: " ")
        return RequestFailure(first.situation, sentences, fieldErrors: errors, scope)
    }

    /// The first broken rule of the file; only rules about `field` where that is given.
    private func ruleFailure(about field: String?, _ counters: [String: Int]) -> RequestFailure? {
        var evaluator = request.contract.evaluator(scope, counters)
        for rule in request.served?.rule?.require ?? [] {
            if let field, !field.isSame(as: rule.field) { continue }
            guard let value = evaluator.value(rule.condition.value), !evaluator.holds(rule.condition) else { continue }
            let reason = rule.reason ?? "is not allowed"
            var scope = scope
            scope.topic.field = rule.field
            scope.topic.received = plainText(value)
            scope.topic.reason = reason
            return RequestFailure(rule.situation, "\(rule.field) \(reason).", scope, response: rule.error)
        }
        return nil
    }

    /// A client that accepts no media type of any documented success.
    private var acceptFailure: RequestFailure? {
        guard let header = request.header("accept"), !header.isEmpty else { return nil }
        let offered = operation.responses.filter { $0.statusKey.utf8.first == UInt8(ascii: "2") }
            .flatMap { $0.content.map(\.range) }
        guard !offered.isEmpty, Accept(header).best(of: offered) == nil else { return nil }
        var scope = scope
        scope.topic.field = "accept"
        scope.topic.received = header
        let names = offered.map(\.description).joined(separator: ", ")
        return RequestFailure(.notAcceptable, "accept: only \(names) is available.", scope)
    }
}
