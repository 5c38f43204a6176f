public import Diagnostics

/// The statuses that a row accepts.
public struct StatusExpectation: Sendable {
    /// One alternative.
    public enum Alternative: Sendable, Hashable {
        /// This status and no other.
        case exact(Int)
        /// A hundred: `2` for `2xx`.
        case range(Int)

        /// Whether `status` is meant.
        public func accepts(_ status: Int) -> Bool {
            switch self {
            case .exact(let code): code == status
            case .range(let hundred): status / 100 == hundred
            }
        }
    }

    /// The alternatives, any of which is right.
    public var alternatives: [Alternative]
    /// Whether the cell is empty, so that the documented 2xx are expected.
    public var isDefault: Bool
    /// The cell, or the documented 2xx, such as `200|409` or `2xx`.
    public var text: String
    /// Where the expectation stands; the row when the cell is empty.
    public var location: SourceLocation

    /// Accepts any of `alternatives`.
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

    /// Whether `status` is named itself and not only within a range.
    public func names(_ status: Int) -> Bool {
        alternatives.contains(.exact(status))
    }
}
