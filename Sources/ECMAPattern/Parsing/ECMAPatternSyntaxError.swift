/// Why a text is not a valid pattern, and where.
public struct ECMAPatternSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The mistake, as a clause without a full stop.
    public let message: String

    /// Where it is wrong: the number of Unicode scalars before the place, from 0.
    public let offset: Int

    /// Creates an error at a place of a pattern.
    public init(message: String, offset: Int) {
        self.message = message
        self.offset = offset
    }

    /// The message with its place, as in `a quantifier has nothing to repeat (at offset 3)`.
    public var description: String { "\(message) (at offset \(offset))" }
}
