public import ECMAPattern
public import JSONDocument

/// The value on the right of an item.
public enum ItemValue: Sendable {
    /// Plain text, typed by the contract once its templates are expanded.
    case text(Template)
    /// Text in quotes: always a string.
    case quoted(Template)
    /// A JSON literal after `:=`.
    case json(JSONValue)
    /// A matcher after `~` or `!~`.
    case matcher(Matcher)
    /// `/…/` after `~` or `!~`.
    case pattern(ItemPattern)

    /// The templates in it, whose references must be available before they can be expanded.
    public var templates: [Template] {
        switch self {
        case .text(let template), .quoted(let template): [template]
        case .json: []
        case .matcher(let matcher): matcher.templates
        case .pattern(let pattern): [pattern.template]
        }
    }

    /// The template of plain or quoted text.
    var plainTemplate: Template? {
        switch self {
        case .text(let template), .quoted(let template): template
        default: nil
        }
    }

    /// Whether the value is the same in every run.
    public var isConstant: Bool {
        templates.allSatisfy(\.isConstant)
    }
}

/// A pattern between slashes. It must match the whole text.
public struct ItemPattern: Sendable {
    /// The source between the slashes, including `\/`; expanded values are escaped first.
    public var template: Template
    /// The compiled pattern, if it contains no templates.
    public var constant: ECMAPattern?

    /// Creates a pattern whose syntax has been checked.
    public init(template: Template, constant: ECMAPattern?) {
        self.template = template
        self.constant = constant
    }
}
