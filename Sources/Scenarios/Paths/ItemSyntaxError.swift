/// A path or a template that does not follow the grammar of scenario tables.
public struct ItemSyntaxError: Error, Sendable, Hashable {
    /// The mistake, in one sentence.
    public var message: String
    /// The offset of the mistake, in Unicode scalars from the start of the parsed text.
    public var offset: Int
    /// How many Unicode scalars it covers; 0 points between two.
    public var length: Int
    /// The correction, if known.
    public var help: String?

    /// Creates an error.
    public init(_ message: String, offset: Int, length: Int = 0, help: String? = nil) {
        self.message = message
        self.offset = offset
        self.length = length
        self.help = help
    }
}
