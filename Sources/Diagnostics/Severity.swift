/// How much a problem weighs.
public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Worth knowing; changes nothing.
    case note
    /// Probably a mistake, but the input can be used.
    case warning
    /// The input cannot be used, or a promise was broken.
    case error

    /// Notes are the lightest, errors the heaviest.
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
