import Diagnostics
import Exchanges

/// Collects what several steps of planning report, so that a user sees all of it at once.
struct DiagnosticCollector {
    private(set) var found = Diagnostics()
    private var exit = ExitCode.wrongInput
    /// Masks what may not be shown.
    var redactor = Redactor.none

    /// What was found; where the configuration is wrong, without what it is said to lack.
    var error: HarnessError {
        let found = redactor.redact(found)
        let isMisconfigured = found.entries.contains { $0.severity == .error && $0.rule.hasPrefix("configuration.") }
        guard isMisconfigured else { return HarnessError(exit, found) }
        return HarnessError(exit, Diagnostics(found.entries.filter { !$0.rule.hasPrefix("usage.") }))
    }

    /// The result of `step`; `nil` when it failed, and its diagnostics are added.
    mutating func gather<Value>(_ step: () throws(HarnessError) -> Value) -> Value? {
        do {
            return try step()
        } catch {
            found.append(contentsOf: error.diagnostics.entries)
            exit = error.exit
            return nil
        }
    }

    mutating func add(_ diagnostics: [Diagnostic]) {
        found.append(contentsOf: diagnostics)
    }
}
