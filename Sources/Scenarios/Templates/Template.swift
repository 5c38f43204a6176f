import Primitives

/// A text with `{{…}}`, parsed once and expanded when a request is built.
///
/// Inserted values are never parsed as templates: received data that contains `{{` stays unchanged.
public struct Template: Sendable {
    enum Part: Sendable {
        case text(String)
        case expression(TemplateExpression)
    }

    /// The template as written.
    public let text: String
    let parts: [Part]

    init(text: String, parts: [Part]) {
        self.text = text
        self.parts = parts
    }

    /// Creates a template with only `text`; braces in it are not parsed.
    public init(constant text: String) {
        self.init(text: text, parts: text.isEmpty ? [] : [.text(text)])
    }

    /// The expressions in reading order, each with its position.
    public var expressions: [TemplateExpression] {
        parts.compactMap { if case .expression(let expression) = $0 { expression } else { nil } }
    }

    /// All references of the expressions, including the secrets of filters, in reading order.
    public var references: [TemplateReference] {
        expressions.flatMap { expression in
            [expression.reference]
                + expression.filters.compactMap { if case .hmac(let secret) = $0 { .secret(secret) } else { nil } }
        }
    }

    /// Whether the text is the same in every run.
    public var isConstant: Bool { constantText != nil }

    /// The text, if it is the same in every run.
    public var constantText: String? {
        var result = ""
        for part in parts {
            guard case .text(let text) = part else { return nil }
            result += text
        }
        return result
    }

    /// The path of the file, if the template is one `{{file:PATH}}` without filters.
    var fileName: String? {
        guard parts.count == 1, case .expression(let expression) = parts[0], expression.filters.isEmpty,
            case .file(let name) = expression.reference
        else { return nil }
        return name
    }

    /// Whether the template is one `{{step.path}}` or `{{session.scenario.name}}` without filters, whose value keeps its JSON type.
    ///
    /// All other templates expand to text, which is typed by the schema at its place.
    public var keepsType: Bool {
        guard parts.count == 1, case .expression(let expression) = parts[0], expression.filters.isEmpty else {
            return false
        }
        switch expression.reference {
        case .step, .current, .session: return true
        default: return false
        }
    }
}

extension Template: Hashable, CustomStringConvertible {
    /// Templates are equal if their texts have equal bytes.
    public static func == (left: Template, right: Template) -> Bool {
        left.text.isSame(as: right.text) && left.parts.count == right.parts.count
    }

    /// Hashes the text's bytes.
    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }

    /// The template as written.
    public var description: String { text }
}
