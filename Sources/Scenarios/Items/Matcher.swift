/// The matcher after `~` in an item: a form that a value may have.
public enum Matcher: Sendable {
    /// An absolute URL (RFC 3986) with a scheme and an authority.
    case url
    /// A UUID (RFC 9562).
    case uuid
    /// An e-mail address, by the schema format `email`.
    case email
    /// A full date (RFC 3339).
    case date
    /// A date and time with offset (RFC 3339).
    case dateTime
    /// A JSON number.
    case number
    /// A JSON number without a fraction, in any spelling.
    case integer
    /// A JSON string.
    case string
    /// `true` or `false`.
    case boolean
    /// JSON null.
    case null
    /// Any value, even null.
    case present
    /// A nonempty string, array or object; any number or boolean; never null.
    case nonempty
    /// Text that contains the argument, or an array with such an element.
    case contains(Template)
    /// Text that starts with the argument.
    case starts(Template)
    /// Text that ends with the argument.
    case ends(Template)
    /// A text, array or object whose number of Unicode scalars, elements or members is in the range.
    case length(ClosedRange<Int>)
    /// One of the arguments, each typed like with `=`.
    case oneOf([Template])
    /// A time within the tolerance of another time; `nil` means the time of the exchange.
    case near(Template?, tolerance: Duration)
    /// The text as received: for a number its spelling, `100.50` and not `100.5`.
    case text(Template)
    /// A value that is valid against the named schema of the contract.
    case schema(String)

    /// The templates among the arguments.
    public var templates: [Template] {
        switch self {
        case .contains(let template), .starts(let template), .ends(let template), .text(let template): [template]
        case .oneOf(let templates): templates
        case .near(let template, _): template.map { [$0] } ?? []
        default: []
        }
    }
}
