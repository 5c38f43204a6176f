import Diagnostics
import Primitives

/// The secrets that templates use.
struct SecretUses: Sendable {
    /// The names of the secrets.
    var names: Set<String> = []
    /// The secrets with filters, whose results are secrets as well.
    var expressions: Set<TemplateExpression> = []

    mutating func formUnion(_ other: SecretUses) {
        names.formUnion(other.names)
        expressions.formUnion(other.expressions)
    }
}

/// Creates a diagnostic for a reference at its place.
typealias ReferenceDiagnostic = (_ rule: String, _ message: String, _ help: String?) -> Diagnostic

/// Checks that the values exist that come from the configuration and the environment: variables and secrets.
struct GivenValueCheck {
    let settings: PlanSettings
    /// The secrets of the checked expressions, whether they exist or not.
    private(set) var secrets = SecretUses()

    init(_ settings: PlanSettings) {
        self.settings = settings
    }

    /// The values in an expression that do not exist.
    mutating func problems(of expression: TemplateExpression, _ diagnostic: ReferenceDiagnostic) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        for case .hmac(let name) in expression.filters {
            secrets.names.insert(name)
            problems += secretProblem(name, diagnostic).map { [$0] } ?? []
        }
        switch expression.reference {
        case .environment(let name): problems += environmentProblem(name, diagnostic).map { [$0] } ?? []
        case .secret(let name):
            secrets.names.insert(name)
            if !expression.filters.isEmpty { secrets.expressions.insert(expression) }
            problems += secretProblem(name, diagnostic).map { [$0] } ?? []
        case .variable(let name): problems += variableProblem(name, diagnostic).map { [$0] } ?? []
        default: break
        }
        return problems
    }

    private func environmentProblem(_ name: String, _ diagnostic: ReferenceDiagnostic) -> Diagnostic? {
        guard settings.environment[name] == nil else { return nil }
        return diagnostic(
            "table.unknown-environment", "the environment variable '\(visibleText(name))' is not set",
            nearestName(to: name, among: settings.environment.keys.sorted()).map { "did you mean `env.\($0)`?" }
                ?? "set it, or define the value under `vars` in assay.yaml")
    }

    private func secretProblem(_ name: String, _ diagnostic: ReferenceDiagnostic) -> Diagnostic? {
        guard let secrets = settings.secrets, !secrets.contains(where: { $0.isSame(as: name) }) else {
            return nil
        }
        return diagnostic(
            "table.unknown-secret", "unknown secret '\(visibleText(name))'",
            nearestName(to: name, among: secrets).map { "did you mean `secret.\($0)`?" }
                ?? "set the environment variable, or add it to the file of --secrets")
    }

    private func variableProblem(_ name: String, _ diagnostic: ReferenceDiagnostic) -> Diagnostic? {
        guard settings.variables[name] == nil else { return nil }
        let names = settings.variables.keys.sorted()
        return diagnostic(
            "table.unknown-variable", "unknown variable '\(visibleText(name))'",
            nearestName(to: name, among: names).map { "did you mean `var.\($0)`?" }
                ?? (names.isEmpty ? "define it under `vars` in assay.yaml" : "the variables are \(shortList(names))"))
    }
}
