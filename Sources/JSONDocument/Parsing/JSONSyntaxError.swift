/// Why a text is not a JSON text, or is too large to be parsed.
public struct JSONSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The class of an error.
    public enum Reason: Sendable, Hashable, CaseIterable {
        /// The text violates the grammar of RFC 8259.
        case syntax
        /// The text ends inside a value; a transfer may have been cut.
        case unexpectedEnd
        /// A complete value is followed by other text.
        case trailingText
        /// A byte sequence is not UTF-8 (RFC 8259, section 8.1).
        case invalidUTF8
        /// The text looks like UTF-16 or UTF-32 (RFC 8259, section 8.1).
        case otherEncoding
        /// An escape contains half a surrogate pair, which is not Unicode text (RFC 8259, section 8.2).
        case loneSurrogate
        /// More bytes than ``JSONLimits/maximumBytes``.
        case tooLarge
        /// Deeper than ``JSONLimits/maximumDepth``.
        case tooDeep
        /// More values than ``JSONLimits/maximumNodes``.
        case tooManyValues
    }

    /// The expected and the received text, as a clause without the position: `expected a value, found "}"`.
    public let message: String
    /// The position of the error.
    public let position: TextPosition
    /// The class of the error.
    public let reason: Reason

    /// Creates an error.
    public init(message: String, position: TextPosition, reason: Reason) {
        self.message = message
        self.position = position
        self.reason = reason
    }

    /// The text `line:column: message`.
    public var description: String { "\(position): \(message)" }
}
