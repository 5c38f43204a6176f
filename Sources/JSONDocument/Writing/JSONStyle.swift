/// The layout of JSON text. No style escapes more than RFC 8259 requires.
public enum JSONStyle: Sendable, Hashable, CaseIterable {
    /// No whitespace; members in their order; numbers with their original digits.
    case compact
    /// One element or member per line, two spaces per level; otherwise like ``compact``.
    case pretty
    /// No whitespace; members sorted by the Unicode scalars of their names; one spelling per number.
    ///
    /// Equal values give equal texts. Numbers are spelt as in ECMAScript, but with all their digits: without an
    /// exponent from 1e-6 up to below 1e21, otherwise with one.
    case canonical
}

extension JSONValue {
    /// The compact text.
    public var text: String { text(.compact) }

    /// The text in a style, without a line break at its end.
    public func text(_ style: JSONStyle) -> String {
        var writer = JSONTextWriter(style: style)
        writer.write(self)
        return writer.text
    }

    /// The compact text in UTF-8.
    public var utf8: [UInt8] { utf8(.compact) }

    /// The text in a style, in UTF-8.
    public func utf8(_ style: JSONStyle) -> [UInt8] {
        var writer = JSONTextWriter(style: style)
        writer.write(self)
        return writer.bytes
    }
}
