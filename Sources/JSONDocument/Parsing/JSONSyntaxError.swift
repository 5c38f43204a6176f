/// Why a text is no JSON text, or too large to be read.
public struct JSONSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The class of an error.
    public enum Reason: Sendable, Hashable, CaseIterable {
        /// The grammar of RFC 8259 is broken.
        case syntax
        /// The text ends within a value; a transfer may have been cut.
        case unexpectedEnd
        /// A complete value is followed by something else.
        case trailingText
        /// A byte sequence is no UTF-8 (RFC 8259, section 8.1).
        case invalidUTF8
        /// The text looks like UTF-16 or UTF-32 (RFC 8259, section 8.1).
        case otherEncoding
        /// An escape names half a surrogate pair, which is no Unicode text (RFC 8259, section 8.2).
        case loneSurrogate
        /// More bytes than ``JSONLimits/maximumBytes``.
        case tooLarge
        /// Deeper than ``JSONLimits/maximumDepth``.
        case tooDeep
        /// More values than ``JSONLimits/maximumNodes``.
        case tooManyValues
    }

    /// What was expected and what was found, as a clause without place: `expected a value, found "}"`.
    public let message: String
    /// Where the text goes wrong.
    public let position: TextPosition
    /// The class of the error.
    public let reason: Reason

    /// Makes an error.
    public init(message: String, position: TextPosition, reason: Reason) {
        self.message = message
        self.position = position
        self.reason = reason
    }

    /// The form `line:column: message`.
    public var description: String { "\(position): \(message)" }
}
