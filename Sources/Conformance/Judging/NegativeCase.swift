import Exchanges
import JSONSchema
import OpenAPI
import Scenarios

/// A request that an operation must reject.
enum NegativeCase: String {
    case noCredentials = "no credentials"
    case wrongCredentials = "wrong credentials"
    case invalidRequest = "invalid request"

    /// The cases of an operation.
    static func all(of operation: OpenAPI.Operation) -> [NegativeCase] {
        var cases: [NegativeCase] = []
        let isGuarded = !operation.security.isEmpty && operation.security.allSatisfy { !$0.schemes.isEmpty }
        if isGuarded { cases += [.noCredentials, .wrongCredentials] }
        if operation.requestBody != nil || !operation.parameters.isEmpty { cases.append(.invalidRequest) }
        return cases
    }

    /// The cells of a row that sends such a request.
    var cells: (auth: String, opts: String) {
        switch self {
        case .noCredentials: ("none", "")
        case .wrongCredentials: ("wrong", "")
        case .invalidRequest: ("", "invalid")
        }
    }

    /// Whether the exchange is the rejection of such a request.
    func isMet(by exercise: Exercise) -> Bool {
        guard (400...499).contains(exercise.response.message.status) else { return false }
        return switch self {
        case .noCredentials: exercise.auth == .none
        case .wrongCredentials: exercise.auth == .wrong
        case .invalidRequest: exercise.isInvalid
        }
    }
}

extension MissingRow {
    /// Rows that could be added to a table.
    static func rows(for covered: OperationCoverage, _ operation: OpenAPI.Operation) -> [MissingRow] {
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
            let cells = NegativeCase(rawValue: negative.name)?.cells ?? (auth: "", opts: "")
            rows.append(MissingRow(what: negative.name, auth: cells.auth, set: set, expect: "", opts: cells.opts))
        }
        return rows
    }
}
