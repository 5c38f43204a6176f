/// How serious a diagnostic or finding is.
public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Information only.
    case note
    /// Probably a mistake, but the input can be used.
    case warning
    /// The input cannot be used, or the contract is violated.
    case error

    /// Orders notes before warnings before errors.
    public static func < (left: Severity, right: Severity) -> Bool {
        left.weight < right.weight
    }

    private var weight: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}
