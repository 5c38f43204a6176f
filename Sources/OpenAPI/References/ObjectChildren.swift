internal import Diagnostics
internal import JSONDocument

/// The objects directly inside an object, and the mistakes in its fields.
struct ObjectChildren {
    struct Problem {
        var rule: String
        var severity: Severity
        var message: String
        var value: DocumentNode
        var help: String?
    }

    /// A list or map replaced by a `$ref`, which the specification never allows.
    struct Collection {
        var value: DocumentNode
        var reference: DocumentNode
        var shape: FieldShape
        var name: String
    }

    private(set) var objects: [(value: DocumentNode, kind: ObjectKind)] = []
    private(set) var referredCollections: [Collection] = []
    private(set) var problems: [Problem] = []

    init(of object: DocumentNode, kind: ObjectKind, version: OpenAPIVersion) {
        switch kind {
        case .paths:
            patterned(object, as: .pathItem) { tape, name in tape.withText(at: name) { $0.first == UInt8(ascii: "/") } }
        case .responses:
            patterned(object, as: .response) { _, _ in true }
        case .callback:
            patterned(object, as: .pathItem) { _, _ in true }
        case .securityRequirement:
            break
        default:
            let fields = kind.fieldTable(in: version)
            object.forEachMember { tape, name, value in
                if let field = fields.value(ofName: name, on: tape) {
                    take(value, as: field.shape, of: field.name)
                } else if !tape.isExtensionName(name) {
                    unknown(tape.string(at: name), of: kind, version: version, at: value)
                }
            }
        }
    }

    /// The objects in a list or map in the field `name`.
    init(ofCollection value: DocumentNode, as shape: FieldShape, of name: String) {
        take(value, as: shape, of: name)
    }

    /// Adds the members of an object with author-defined names; invalid names are left to the checks.
    private mutating func patterned(_ object: DocumentNode, as kind: ObjectKind, where fits: (JSONTape, Int) -> Bool) {
        object.forEachMember { tape, name, value in
            if !tape.isExtensionName(name), fits(tape, name) { objects.append((value, kind)) }
        }
    }

    private mutating func take(_ value: DocumentNode, as shape: FieldShape, of name: String) {
        switch shape {
        case .any:
            break
        case .object(let kind):
            objects.append((value, kind))
        case .list(let kind):
            guard !isReference(value, shape, name) else { return }
            guard expect(.array, "a list", value, name) else { return }
            objects += value.elements.map { ($0, kind) }
        case .map(let kind):
            guard !isReference(value, shape, name) else { return }
            guard expect(.object, "an object", value, name) else { return }
            value.forEachMember { tape, name, member in
                // Objects are entries under any name. Other values whose names begin with `x-` are misplaced
                // extensions.
                guard kind == .schema || member.node.kind == .object || !tape.isExtensionName(name) else { return }
                objects.append((member, kind))
            }
        case .text:
            _ = expect(.string, "a string", value, name)
        case .texts:
            guard expect(.array, "a list of strings", value, name) else { return }
            for element in value.elements {
                _ = expect(.string, "a string", element, "\(name)[]")
            }
        case .flag:
            _ = expect(.boolean, "true or false", value, name)
        }
    }

    /// Whether a `$ref` replaces the list or map; an entry with this name would not be text.
    private mutating func isReference(_ value: DocumentNode, _ shape: FieldShape, _ name: String) -> Bool {
        guard value.node.kind == .object, let reference = value.reference, reference.node.kind == .string else {
            return false
        }
        referredCollections.append(Collection(value: value, reference: reference, shape: shape, name: name))
        return true
    }

    private mutating func expect(_ kind: JSONKind, _ words: String, _ value: DocumentNode, _ name: String) -> Bool {
        guard value.node.kind != kind else { return true }
        let isText = kind == .string && value.node.kind != .object && value.node.kind != .array
        problems.append(
            Problem(
                rule: "openapi.shape",
                severity: .error,
                message: "`\(name)` must be \(words), found \(value.node.kind.described)",
                value: value,
                help: isText ? "quote it" : nil
            )
        )
        return false
    }

    private mutating func unknown(
        _ name: String,
        of kind: ObjectKind,
        version: OpenAPIVersion,
        at value: DocumentNode
    ) {
        let known = kind.fields(in: version).map(\.name)
        let later = kind.field(name, in: .v32)?.since
        let help =
            switch later {
            case .v31: "the field was added in OpenAPI 3.1"
            case .v32: "the field was added in OpenAPI 3.2"
            default: nearestName(to: name, among: known).map { "did you mean `\($0)`?" }
            }
        problems.append(
            Problem(
                rule: "openapi.unknown-field",
                severity: .warning,
                message: "\(kind.described) has no field '\(name)'",
                value: value,
                help: help
            )
        )
    }
}
