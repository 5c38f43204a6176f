public import JSONDocument

/// A mistake in a template inside a body file.
public struct JSONTemplateError: Error, Sendable, Hashable {
    /// The mistake; its offset refers to the string's decoded text.
    public var syntax: ItemSyntaxError
    /// The string's place in the document.
    public var pointer: JSONPointer
    /// The string's position in the file.
    public var position: TextPosition
}

/// A JSON document with `{{…}}` inside its strings.
///
/// Values are inserted into the tree, and the tree is serialised afterwards, so received data cannot break out of its
/// string. Member names are not templates.
public struct JSONTemplate: Sendable {
    indirect enum Node: Sendable {
        case constant(JSONValue)
        case text(Template, JSONPointer)
        case array([Node])
        case object([(name: String, node: Node)])
    }

    let root: Node
    /// The templates in reading order, each with the place of its string.
    public let templates: [(template: Template, pointer: JSONPointer, position: TextPosition)]

    /// Parses every string of `node` as a template.
    ///
    /// - Throws: ``JSONTemplateError`` for the first invalid string.
    public init(_ node: JSONNode) throws(JSONTemplateError) {
        var templates: [(template: Template, pointer: JSONPointer, position: TextPosition)] = []
        root = try JSONTemplate.read(node, .root, &templates)
        self.templates = templates
    }

    init(root: Node, templates: [(template: Template, pointer: JSONPointer, position: TextPosition)]) {
        self.root = root
        self.templates = templates
    }

    /// Creates a document without templates; its strings are not parsed.
    public init(constant value: JSONValue) {
        root = .constant(value)
        templates = []
    }

    /// Whether the document is the same in every run.
    public var isConstant: Bool { constantValue != nil }

    /// The document, if it is the same in every run.
    public var constantValue: JSONValue? {
        if case .constant(let value) = root { value } else { nil }
    }

    /// All references of the templates, in reading order.
    public var references: [TemplateReference] { templates.flatMap(\.template.references) }

    /// Returns the document with every template expanded.
    ///
    /// A string that consists of one `{{step.path}}` becomes the received value with its JSON type.
    /// - Throws: ``ValueFailure`` if a value is not available.
    public func expand(_ scope: ValueScope, at site: ValueSite) throws(ValueFailure) -> JSONValue {
        try JSONTemplate.expand(root, scope, site)
    }

    /// Documents are parsed with a depth limit, which bounds this recursion.
    private static func read(
        _ node: JSONNode,
        _ pointer: JSONPointer,
        _ templates: inout [(template: Template, pointer: JSONPointer, position: TextPosition)]
    ) throws(JSONTemplateError) -> Node {
        switch node.kind {
        case .string:
            let template: Template
            do {
                template = try Template.parse(node.string ?? "")
            } catch {
                throw JSONTemplateError(syntax: error, pointer: pointer, position: node.position)
            }
            if let text = template.constantText { return .constant(.string(text)) }
            templates.append((template, pointer, node.position))
            return .text(template, pointer)
        case .array:
            var elements: [Node] = []
            for (index, element) in node.elements.enumerated() {
                elements.append(try read(element, pointer.appending(index), &templates))
            }
            let values = elements.compactMap(constant)
            return values.count == elements.count ? .constant(.array(values)) : .array(elements)
        case .object:
            var members: [(name: String, node: Node)] = []
            for member in node.members {
                members.append((member.name, try read(member.value, pointer.appending(member.name), &templates)))
            }
            let values = members.compactMap { member in constant(member.node).map { (member.name, $0) } }
            return values.count == members.count ? .constant(.object(JSONObject(values))) : .object(members)
        default:
            return .constant(node.value)
        }
    }

    private static func constant(_ node: Node) -> JSONValue? {
        if case .constant(let value) = node { value } else { nil }
    }

    private static func expand(
        _ node: Node,
        _ scope: ValueScope,
        _ site: ValueSite
    ) throws(ValueFailure) -> JSONValue {
        switch node {
        case .constant(let value): return value
        case .text(let template, let pointer):
            var placed = site
            placed.detail = pointer.description
            return try template.expand(scope, at: placed)
        case .array(let elements):
            var values: [JSONValue] = []
            for element in elements { values.append(try expand(element, scope, site)) }
            return .array(values)
        case .object(let members):
            var values: [(String, JSONValue)] = []
            for member in members { values.append((member.name, try expand(member.node, scope, site))) }
            return .object(JSONObject(values))
        }
    }
}
