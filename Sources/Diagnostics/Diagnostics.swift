/// The problems found so far, in the order in which they were found.
///
/// Readers append and go on, so that a user sees everything that is wrong in one run.
public struct Diagnostics: Sendable, Hashable {
    /// The problems, oldest first.
    public private(set) var entries: [Diagnostic] = []

    /// Starts with nothing found.
    public init() {}

    /// Starts with `entries`.
    public init(_ entries: [Diagnostic]) {
        self.entries = entries
    }

    /// Adds one problem.
    public mutating func append(_ diagnostic: Diagnostic) {
        entries.append(diagnostic)
    }

    /// Adds several problems.
    public mutating func append(contentsOf diagnostics: some Sequence<Diagnostic>) {
        entries.append(contentsOf: diagnostics)
    }

    /// Whether anything found prevents the input from being used.
    public var hasErrors: Bool {
        entries.contains { $0.severity == .error }
    }

    /// The problems by file, line and column; those without a place come first, and ties keep their order.
    public var sorted: [Diagnostic] {
        entries.enumerated()
            .sorted { left, right in
                switch (left.element.location, right.element.location) {
                case (nil, .some): true
                case (.some, nil): false
                case (let first?, let second?) where first < second || second < first: first < second
                default: left.offset < right.offset
                }
            }
            .map(\.element)
    }
}
