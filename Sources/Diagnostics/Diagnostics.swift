/// The diagnostics found so far, in the order in which they were found.
///
/// Readers append and continue, so a user sees every mistake in one run.
public struct Diagnostics: Sendable, Hashable {
    /// The diagnostics, oldest first.
    public private(set) var entries: [Diagnostic] = []

    /// Creates an empty list.
    public init() {}

    /// Creates a list of `entries`.
    public init(_ entries: [Diagnostic]) {
        self.entries = entries
    }

    /// Adds one diagnostic.
    public mutating func append(_ diagnostic: Diagnostic) {
        entries.append(diagnostic)
    }

    /// Adds several diagnostics.
    public mutating func append(contentsOf diagnostics: some Sequence<Diagnostic>) {
        entries.append(contentsOf: diagnostics)
    }

    /// Whether any diagnostic prevents the input from being used.
    public var hasErrors: Bool {
        entries.contains { $0.severity == .error }
    }

    /// The diagnostics by file, line and column. Diagnostics without a location come first; ties keep their order.
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
