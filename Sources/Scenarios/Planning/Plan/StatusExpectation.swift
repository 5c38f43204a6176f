public import Diagnostics

/// The statuses that a row accepts.
public struct StatusExpectation: Sendable {
    /// One alternative.
    public enum Alternative: Sendable, Hashable {
        /// Exactly this status.
        case exact(Int)
        /// A hundred statuses: `2` for `2xx`.
        case range(Int)

        /// Whether it includes `status`.
        public func accepts(_ status: Int) -> Bool {
            switch self {
            case .exact(let code): code == status
            case .range(let hundred): status / 100 == hundred
            }
        }
    }

    /// The alternatives, any of which is accepted.
    public var alternatives: [Alternative]
    /// Whether the cell is empty, so that the documented 2xx are expected.
    public var isDefault: Bool
    /// The cell, or the documented 2xx statuses, such as `200|409` or `2xx`.
    public var text: String
    /// The location of the cell; of the row if the cell is empty.
    public var location: SourceLocation

    /// Creates an expectation of any of `alternatives`.
    public init(_ alternatives: [Alternative], text: String, location: SourceLocation, isDefault: Bool = false) {
        self.alternatives = alternatives
        self.text = text
        self.location = location
        self.isDefault = isDefault
    }

    /// Whether `status` is expected.
    public func accepts(_ status: Int) -> Bool {
        alternatives.contains { $0.accepts(status) }
    }

    /// Whether `status` is listed individually, not only as part of a range.
    public func names(_ status: Int) -> Bool {
        alternatives.contains(.exact(status))
    }
}
