public import JSONDocument

/// Bounds on what is read from a file, so that a hostile file costs little.
public struct SourceLimits: Sendable, Hashable {
    /// The largest file, in bytes.
    public var maximumBytes: Int
    /// The deepest nesting of lists and mappings; `[]` has depth 1.
    public var maximumDepth: Int
    /// The maximum number of values in one document. Values repeated by YAML aliases count each time.
    public var maximumNodes: Int

    /// Creates limits; the defaults suit API documents of any size seen in practice.
    public init(maximumBytes: Int = 64 << 20, maximumDepth: Int = 512, maximumNodes: Int = 1_000_000) {
        self.maximumBytes = maximumBytes
        self.maximumDepth = maximumDepth
        self.maximumNodes = maximumNodes
    }

    /// The same bounds for `JSONDocument`.
    public var json: JSONLimits {
        JSONLimits(maximumBytes: maximumBytes, maximumDepth: maximumDepth, maximumNodes: maximumNodes)
    }
}
