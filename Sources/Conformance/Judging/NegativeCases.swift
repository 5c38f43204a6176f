import Exchanges
import JSONSchema
import OpenAPI
import Scenarios

/// Calls that an operation must refuse, and rows for what no exchange exercised.
enum NegativeCases {
    static func points(_ operation: OpenAPI.Operation, _ met: [Subject]) -> [CoveragePoint] {
        var points: [CoveragePoint] = []
        func add(_ name: String, _ isMet: (Subject) -> Bool) {
            points.append(CoveragePoint(name: name, count: met.count(where: isMet)))
        }
        let isGuarded = !operation.security.isEmpty && operation.security.allSatisfy { !$0.schemes.isEmpty }
        if isGuarded {
            add("no credentials") { $0.step.auth == .none && isRefusal($0) }
            add("wrong credentials") { $0.step.auth == .wrong && isRefusal($0) }
        }
        if operation.requestBody != nil || !operation.parameters.isEmpty {
            add("invalid request") { $0.step.options.isInvalid && isRefusal($0) }
        }
        return points
    }

    private static func isRefusal(_ subject: Subject) -> Bool {
        (400...499).contains(subject.message.status)
    }

    /// What one could add to a table.
    static func rows(_ covered: OperationCoverage, _ operation: OpenAPI.Operation) -> [MissingRow] {
        let needed = operation.parameters.filter { $0.isRequired && $0.schema?.view?.defaultValue == nil }
        let set = needed.map { "\($0.name)=" }.joined(separator: "; ")
        var rows: [MissingRow] = []
        for response in covered.responses where !response.isExercised {
            let expect = response.status == "default" ? "" : response.status.lowercased()
            rows.append(MissingRow(what: response.status, auth: "", set: set, expect: expect, opts: ""))
        }
        for alternative in covered.security where !alternative.isExercised {
            rows.append(MissingRow(what: alternative.name, auth: "alternatives", set: set, expect: "", opts: ""))
        }
        for negative in covered.negative where !negative.isExercised {
            let auth = negative.name.split(separator: " ").first.map { $0 == "no" ? "none" : String($0) } ?? ""
            let isRequest = negative.name == "invalid request"
            rows.append(
                MissingRow(
                    what: negative.name, auth: isRequest ? "" : auth, set: set, expect: "",
                    opts: isRequest ? "invalid" : ""))
        }
        return rows
    }
}
