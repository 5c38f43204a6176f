/// What stands after `~` in an item: a shape that a value has or has not.
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
    /// A JSON number without a fraction, however spelled.
    case integer
    /// A JSON string.
    case string
    /// `true` or `false`.
    case boolean
    /// JSON null.
    case null
    /// There is a value, even null.
    case present
    /// A string, array or object with something in it; any number or boolean; never null.
    case nonempty
    /// Text that contains the argument, or an array with such an element.
    case contains(Template)
    /// Text that starts with the argument.
    case starts(Template)
    /// Text that ends with the argument.
    case ends(Template)
    /// A text of so many Unicode scalars, an array of so many elements, an object of so many members.
    case length(ClosedRange<Int>)
    /// One of the arguments, each typed as with `=`.
    case oneOf([Template])
    /// A time within the tolerance of another; `nil` is the time of the exchange.
    case near(Template?, tolerance: Duration)
    /// The text on the wire: of a number its spelling, `100.50` and not `100.5`.
    case text(Template)
    /// A value that satisfies the named schema of the contract.
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
