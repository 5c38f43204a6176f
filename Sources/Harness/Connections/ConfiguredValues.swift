import Diagnostics
import Scenarios

/// Expands the templates of a configuration.
struct ConfiguredValues {
    /// The values of environment, configuration and secrets.
    let scope: ValueScope
    /// Locates the templates.
    let workspace: Workspace

    /// The text of a template.
    ///
    /// - Parameters:
    ///   - what: The subject of messages.
    ///   - place: The keys that lead to the template.
    /// - Throws: `HarnessError` (exit 2) when a value is missing.
    func text(_ template: Template, _ what: String, at place: [String]) throws(HarnessError) -> String {
        if let problem = template.references.lazy.compactMap({ missing($0, what, place) }).first {
            throw HarnessError(.wrongInput, Diagnostics([problem]))
        }
        do {
            return try template.expandText(scope, at: ValueSite(step: "", column: what, place: 0))
        } catch {
            throw .wrongInput("configuration.value", "\(what) cannot be expanded: \(error.sentence)")
        }
    }

    private func missing(_ reference: TemplateReference, _ what: String, _ place: [String]) -> Diagnostic? {
        let message: String
        let help: String
        switch reference {
        case .environment(let name) where scope.sources.environment[name] == nil:
            message = "\(what) uses the environment variable \(name), which is not set"
            help = "set \(name), or use {{var.name}} with a value under `vars`"
        case .secret(let name) where scope.sources.secrets[name] == nil:
            message = "\(what) uses the secret \(name), which has no value"
            help = "set the environment variable \(name), or pass --secrets FILE"
        case .variable(let name) where scope.sources.variables[name] == nil:
            message = "\(what) uses the unknown variable '\(name)'"
            help =
                nearestName(to: name, among: scope.sources.variables.keys.sorted()).map { "did you mean `var.\($0)`?" }
                ?? "define it under `vars`, or pass --var \(name)=VALUE"
        default: return nil
        }
        return Diagnostic("target.value", .error, message, at: workspace.location(of: place), help: help)
    }
}
