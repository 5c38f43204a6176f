import Diagnostics
import OpenAPI
import Primitives

/// One of the steps of a row: a suffix of its name, and the credentials.
struct AuthVariant: Sendable {
    var suffix: String
    var auth: AuthCase
}

/// Resolves the cases of a row's `auth`: exactly one unless it expands; none after a diagnostic.
struct AuthResolver: PlanningStage {
    /// The words that are not profiles.
    static let words = ["none", "wrong", "incomplete", "alternatives"]

    let row: CalledRow
    /// The names of the auth profiles.
    let profiles: [String]
    var diagnostics: [Diagnostic] = []

    mutating func run() -> [AuthVariant] {
        guard let cell = row[.auth] else { return [AuthVariant(suffix: "", auth: .profile(nil))] }
        let text = trimmed(cell.text)
        switch text.lowercasedASCII {
        case "none": return [AuthVariant(suffix: "", auth: .none)]
        case "wrong":
            if let operation = row.operation, operation.security.allSatisfy(\.schemes.isEmpty) {
                return needless(operation, cell)
            }
            return [AuthVariant(suffix: "", auth: .wrong)]
        case "alternatives", "incomplete":
            guard let operation = row.operation else {
                report(
                    cell.diagnostic(
                        "table.auth", "`\(text)` requires an operation of the contract",
                        help: "the contract declares the alternatives per operation"))
                return []
            }
            return expanded(operation, incomplete: text.lowercasedASCII == "incomplete", cell)
        default: return profile(text, cell)
        }
    }

    private mutating func profile(_ text: String, _ cell: CellPlace) -> [AuthVariant] {
        if profiles.contains(where: { $0.isSame(as: text) }) {
            return [AuthVariant(suffix: "", auth: .profile(text))]
        }
        let names = profiles + Self.words
        report(
            cell.diagnostic(
                "table.unknown-profile", "unknown auth profile '\(visibleText(text))'",
                help: nearestName(to: text, among: names).map { "did you mean `\($0)`?" }
                    ?? "write one of \(names.joined(separator: ", ")), or leave the cell empty"))
        return []
    }

    private mutating func needless(_ operation: Operation, _ cell: CellPlace) -> [AuthVariant] {
        report(
            cell.diagnostic(
                "table.auth", "'\(operation.name)' requires no credentials, so there is nothing to try",
                help: "leave the cell empty"))
        return []
    }

    private mutating func expanded(_ operation: Operation, incomplete: Bool, _ cell: CellPlace) -> [AuthVariant] {
        let named = operation.security.filter { !$0.schemes.isEmpty }
        guard !named.isEmpty else { return needless(operation, cell) }
        guard incomplete else {
            return operation.security.map { requirement in
                let name = requirement.schemes.isEmpty ? "anonymous" : requirement.schemes.joined(separator: "+")
                return AuthVariant(suffix: "[\(name)]", auth: .requirement(requirement))
            }
        }
        let result = named.flatMap { requirement in
            requirement.schemes.filter { isMissed($0, of: requirement, operation) }.map { missing in
                AuthVariant(
                    suffix: "[\(requirement.schemes.joined(separator: "+"))-\(missing)]",
                    auth: .incomplete(requirement, without: missing))
            }
        }
        if result.isEmpty {
            report(
                cell.diagnostic(
                    "table.auth",
                    "no member of an alternative of '\(operation.name)' is required: without any of them, "
                        + "another alternative is complete", help: "leave the cell empty"))
        }
        return result
    }

    /// Whether a request without that member lacks a credential.
    private func isMissed(_ missing: String, of requirement: SecurityRequirement, _ operation: Operation) -> Bool {
        let rest = requirement.schemes.filter { $0 != missing }
        // The remaining schemes may meet another requirement; then nothing is missing.
        if operation.security.contains(where: { $0.schemes.allSatisfy(rest.contains) }) { return false }
        // A value that another member shares is still sent.
        guard let carrier = row.contract.securityScheme(missing)?.carrier else { return true }
        return !rest.contains { row.contract.securityScheme($0)?.carrier == carrier }
    }
}
