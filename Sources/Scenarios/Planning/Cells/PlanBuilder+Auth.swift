import Diagnostics
import OpenAPI
import Primitives

/// One of the steps of a row: a suffix of its name, and the credentials.
struct AuthVariant {
    var suffix: String
    var auth: AuthCase
}

extension PlanBuilder {
    static let authWords = ["none", "wrong", "incomplete", "alternatives"]

    /// The cases of a row's `auth`: exactly one unless it expands.
    mutating func authVariants(of draft: RowDraft, _ call: Call, _ contract: Contract) -> [AuthVariant] {
        guard let cell = draft[.auth] else { return [AuthVariant(suffix: "", auth: .profile(nil))] }
        let text = trimmed(cell.text)
        switch text.lowercasedASCII {
        case "none": return [AuthVariant(suffix: "", auth: .none)]
        case "wrong":
            if let operation = call.operation, operation.security.isEmpty { return needless(operation, cell) }
            return [AuthVariant(suffix: "", auth: .wrong)]
        case "alternatives", "incomplete":
            guard let operation = call.operation else {
                report(
                    cell.diagnostic(
                        "table.auth", "`\(text)` requires an operation of the contract",
                        help: "the contract declares the alternatives per operation"))
                return []
            }
            return expanded(operation, contract, incomplete: text.lowercasedASCII == "incomplete", cell)
        default:
            if settings.profiles.contains(where: { $0.utf8.elementsEqual(text.utf8) }) {
                return [AuthVariant(suffix: "", auth: .profile(text))]
            }
            let names = settings.profiles + PlanBuilder.authWords
            report(
                cell.diagnostic(
                    "table.unknown-profile", "unknown auth profile '\(visibleText(text))'",
                    help: nearestName(to: text, among: names).map { "did you mean `\($0)`?" }
                        ?? "write one of \(names.joined(separator: ", ")), or leave the cell empty"))
            return []
        }
    }

    private mutating func needless(_ operation: Operation, _ cell: CellPlace) -> [AuthVariant] {
        report(
            cell.diagnostic(
                "table.auth", "'\(operation.name)' requires no credentials, so there is nothing to try",
                help: "leave the cell empty"))
        return []
    }

    private mutating func expanded(
        _ operation: Operation, _ contract: Contract, incomplete: Bool, _ cell: CellPlace
    ) -> [AuthVariant] {
        let named = operation.security.filter { !$0.schemes.isEmpty }
        guard !named.isEmpty else { return needless(operation, cell) }
        guard incomplete else {
            return operation.security.map { requirement in
                let name = requirement.schemes.isEmpty ? "anonymous" : requirement.schemes.joined(separator: "+")
                return AuthVariant(suffix: "[\(name)]", auth: .requirement(requirement))
            }
        }
        var result: [AuthVariant] = []
        for requirement in named {
            for missing in requirement.schemes {
                let rest = requirement.schemes.filter { $0 != missing }
                // The remaining schemes may meet another requirement; then nothing is missing.
                if operation.security.contains(where: { $0.schemes.allSatisfy(rest.contains) }) { continue }
                // A value that another member shares is still sent.
                if let carrier = contract.securityScheme(missing)?.carrier,
                    rest.contains(where: { contract.securityScheme($0)?.carrier == carrier })
                {
                    continue
                }
                result.append(
                    AuthVariant(
                        suffix: "[\(requirement.schemes.joined(separator: "+"))-\(missing)]",
                        auth: .incomplete(requirement, without: missing)))
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
}
