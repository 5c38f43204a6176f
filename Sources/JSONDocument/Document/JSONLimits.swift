/// Bounds on what a reader accepts, so that a hostile text costs little.
public struct JSONLimits: Sendable, Hashable {
    /// The longest text, in bytes. A document never exceeds 4 GiB - 1, whatever stands here.
    public var maximumBytes: Int
    /// The deepest nesting of arrays and objects; `[]` has depth 1. Never more than ``depthCeiling``.
    public var maximumDepth: Int
    /// The greatest number of values, the root and the members' values included, names not.
    public var maximumNodes: Int
    /// How many repeated names are recorded; further ones are accepted and not listed.
    public var maximumDuplicateNames: Int

    /// The depth beyond which no document is read, even when the caller asks for more.
    ///
    /// A detached ``JSONValue`` is released level by level on the stack; this many levels fit into an 8 MiB stack
    /// several times over.
    public static let depthCeiling = 8_192

    /// Makes limits; the defaults suit texts from a network and are safe for recursive walks on a 512 KiB stack.
    public init(
        maximumBytes: Int = 64 << 20,
        maximumDepth: Int = 512,
        maximumNodes: Int = 16_000_000,
        maximumDuplicateNames: Int = 1_000
    ) {
        self.maximumBytes = maximumBytes
        self.maximumDepth = maximumDepth
        self.maximumNodes = maximumNodes
        self.maximumDuplicateNames = maximumDuplicateNames
    }

    var effectiveBytes: Int { min(maximumBytes, Int(UInt32.max) - 1) }
    var effectiveDepth: Int { isOwnText ? .max : min(maximumDepth, Self.depthCeiling) }

    /// Entries are counted in 31 bits, and a member takes two of them.
    var effectiveNodes: Int { min(maximumNodes, Int(Int32.max) / 2) }

    /// The text was written from a value in memory, so its depth is one that this process can bear.
    private var isOwnText = false

    /// For texts that this module has written itself.
    static let unbounded: JSONLimits = {
        var limits = JSONLimits(maximumBytes: .max, maximumNodes: .max)
        limits.isOwnText = true
        return limits
    }()
}
