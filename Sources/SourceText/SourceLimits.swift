public import JSONDocument

/// Bounds on what is read from a file, so that a hostile file costs little.
public struct SourceLimits: Sendable, Hashable {
    /// The largest file, in bytes.
    public var maximumBytes: Int
    /// The deepest nesting of lists and mappings; `[]` has depth 1.
    public var maximumDepth: Int
    /// The greatest number of values of one document, those that YAML aliases repeat counted each time.
    public var maximumNodes: Int

    /// Makes limits; the defaults suit API descriptions of any size seen in practice.
    public init(maximumBytes: Int = 64 << 20, maximumDepth: Int = 512, maximumNodes: Int = 1_000_000) {
        self.maximumBytes = maximumBytes
        self.maximumDepth = maximumDepth
        self.maximumNodes = maximumNodes
    }

    /// The same bounds for the module that holds the document.
    public var json: JSONLimits {
        JSONLimits(maximumBytes: maximumBytes, maximumDepth: maximumDepth, maximumNodes: maximumNodes)
    }
}
