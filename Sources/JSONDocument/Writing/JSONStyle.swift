/// How JSON text is laid out. No style ever escapes more than RFC 8259 demands.
public enum JSONStyle: Sendable, Hashable, CaseIterable {
    /// No blanks; members in their order; numbers with their own digits.
    case compact
    /// One element or member per line, two blanks per level; otherwise like ``compact``.
    case pretty
    /// No blanks; members by the Unicode scalars of their names; one spelling per number.
    ///
    /// Equal values give equal texts. Numbers are spelt as ECMAScript spells them, but with all their digits:
    /// plainly from 1e-6 up to below 1e21, else with an exponent.
    case canonical
}

extension JSONValue {
    /// The compact text.
    public var text: String { text(.compact) }

    /// The text in a style, without a newline at its end.
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
