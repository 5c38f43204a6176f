/// Bounds on what a reader accepts, so that a hostile text costs little.
public struct JSONLimits: Sendable, Hashable {
    /// The longest text, in bytes. A document never exceeds 4 GiB - 1, regardless of this value.
    public var maximumBytes: Int
    /// The deepest nesting of arrays and objects; `[]` has depth 1. Never more than ``depthCeiling``.
    public var maximumDepth: Int
    /// The maximum number of values, including the root and the members' values, without names.
    public var maximumNodes: Int
    /// How many repeated names are recorded; further ones are accepted and not listed.
    public var maximumDuplicateNames: Int

    /// The maximum depth of any document, even if the caller allows more.
    ///
    /// A detached ``JSONValue`` is released level by level on the stack; an 8 MiB stack has room for several times this
    /// depth.
    public static let depthCeiling = 8_192

    /// Creates limits; the defaults suit texts from a network and are safe for recursive walks on a 512 KiB stack.
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

    /// The text was written from a value in memory, so this process can handle its depth.
    private var isOwnText = false

    /// For texts written by this module.
    static let unbounded: JSONLimits = {
        var limits = JSONLimits(maximumBytes: .max, maximumNodes: .max)
        limits.isOwnText = true
        return limits
    }()
}
