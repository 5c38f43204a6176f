internal import Primitives

/// The URLs at which the scenarios of a run receive deliveries: `{{receiver.url}}`.
///
/// Each scenario has a path of its own, so that the deliveries of parallel scenarios do not mix.
public struct ReceiverURLs: Sendable, Hashable {
    /// The absolute URL below which all of them are, without a slash at its end.
    public let base: String
    /// The URLs of recorded scenarios, by identity. They stay as recorded, because requests contain them.
    public var recorded: [String: String] = [:]

    /// URLs below `base`.
    public init(base: String) {
        self.base = base
    }

    /// The URL of a scenario.
    public func url(of scenario: String) -> String {
        recorded[scenario] ?? "\(base)/\(Self.token(of: scenario))"
    }

    /// The last segment of the URL of a scenario. It is not secret; the base of a live run contains random letters.
    public static func token(of scenario: String) -> String { StableHash([scenario]).digits }
}
