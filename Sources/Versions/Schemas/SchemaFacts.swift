import JSONDocument
import JSONSchema

/// The combined keywords of a list of schemas, all of which must accept a value. Alternatives are not included.
final class SchemaFacts {
    let leaves: [SchemaView]
    /// Whether no value is accepted.
    private(set) var isNever = false
    private(set) var types = TypeFacts()
    /// `enum` and `const`; `nil` if neither lists values.
    private(set) var listed: ListedValues?
    private(set) var bounds = BoundFacts()
    private(set) var scalars = ScalarFacts()
    private(set) var objects = ObjectFacts()
    private(set) var arrays = ArrayFacts()
    private(set) var conditions = ConditionFacts()
    private(set) var annotations = AnnotationFacts()

    init(_ leaves: [SchemaView]) {
        self.leaves = leaves
        for leaf in leaves { read(leaf) }
        if let values = listed?.values { types.restrict(to: values) }
        if objects.requiresForbidden { types.kinds.remove(.object) }
        if types.kinds.isEmpty { isNever = true }
        if !types.kinds.contains(.number) { types.integerOnly = false }
    }

    private func read(_ leaf: SchemaView) {
        if let boolean = leaf.node.boolean {
            if !boolean { isNever = true }
            return
        }
        guard leaf.node.kind == .object else { return }
        var object = ObjectFacts.Part(view: leaf)
        var array = ArrayFacts.Part(view: leaf)
        // OpenAPI 3.0 and the older drafts ignore keywords next to `$ref`.
        let isReference = leaf.ownKeyword("$ref") != nil
        for member in leaf.node.members {
            let name = member.name
            if isReference, leaf.ownKeyword(name) == nil { continue }
            let written = WrittenKeyword(view: leaf, value: member.value)
            switch name {
            case "type": types.take(written)
            case "enum": if member.value.kind == .array { list(member.value.elements.map(\.value), written) }
            case "const": if leaf.knows(name) { list([member.value.value], written) }
            case "items", "prefixItems", "additionalItems": array.take(name, written)
            default:
                let isTaken =
                    bounds.take(name, written) || scalars.take(name, written) || object.take(name, written)
                    || objects.take(name, written) || arrays.take(name, written) || conditions.take(name, written)
                if !isTaken { annotations.take(name, written) }
            }
        }
        conditions.finishSchema()
        // `items: false` after a prefix is a maximum length.
        if let closing = array.finish() { bounds.limitItems(to: array.prefix.count, closing) }
        objects.add(object)
        arrays.add(array)
    }

    private func list(_ values: [JSONValue], _ written: WrittenKeyword) {
        if listed == nil {
            listed = ListedValues(values, written)
        } else {
            listed?.restrict(to: values)
        }
    }
}

/// The kinds that `type` allows.
struct TypeFacts {
    fileprivate(set) var kinds = KindSet.all
    /// Whether numbers must be integers.
    fileprivate(set) var integerOnly = false
    /// The first `type`.
    private(set) var written: WrittenKeyword?

    fileprivate mutating func take(_ keyword: WrittenKeyword) {
        let names = keyword.value.string.map { [$0] } ?? keyword.value.elements.compactMap(\.string)
        var own = KindSet()
        var onlyIntegers = true
        for name in names {
            own.formUnion(KindSet(typeName: name) ?? [])
            if name == "number" { onlyIntegers = false }
        }
        guard !own.isEmpty else { return }
        if keyword.view.knowsNullable, keyword.view.ownKeyword("nullable")?.boolean == true { own.insert(.null) }
        kinds.formIntersection(own)
        if own.contains(.number), onlyIntegers { integerOnly = true }
        written = written ?? keyword
    }

    fileprivate mutating func restrict(to values: [JSONValue]) {
        kinds.formIntersection(values.reduce(into: KindSet()) { $0.insert(KindSet($1.kind)) })
        let numbers = values.compactMap(\.number)
        if !numbers.isEmpty, numbers.allSatisfy(\.isInteger) { integerOnly = true }
    }
}

/// The values that every `enum` and `const` contains, in the order of the first.
struct ListedValues {
    private(set) var values: [JSONValue] = []
    /// The first `enum` or `const`.
    let written: WrittenKeyword

    fileprivate init(_ list: [JSONValue], _ written: WrittenKeyword) {
        var seen: Set<JSONValue> = []
        for value in list where seen.insert(value).inserted { values.append(value) }
        self.written = written
    }

    fileprivate mutating func restrict(to list: [JSONValue]) {
        let other = Set(list)
        values = values.filter { other.contains($0) }
    }
}

/// `if` with its branches, and `not`.
struct ConditionFacts {
    /// `if`, `then` and `else` by name; the first schema that has one counts.
    private(set) var keywords: [String: WrittenKeyword] = [:]
    private(set) var nots: [WrittenKeyword] = []

    fileprivate mutating func take(_ name: String, _ written: WrittenKeyword) -> Bool {
        switch name {
        case "if", "then", "else":
            if written.view.knows(name) { keywords[name] = keywords[name] ?? written }
        case "not": nots.append(written)
        default: return false
        }
        return true
    }

    /// `then` and `else` have no effect without `if`.
    fileprivate mutating func finishSchema() {
        if keywords["if"] == nil { keywords = [:] }
    }
}

/// Keywords that describe a value and reject none.
struct AnnotationFacts {
    /// By keyword; the first schema that has one counts.
    private(set) var notes: [String: WrittenKeyword] = [:]
    private(set) var extensions: [(name: String, written: WrittenKeyword)] = []

    private static let compared: Set<String> = [
        "default", "readOnly", "writeOnly", "deprecated", "discriminator", "contentEncoding", "contentMediaType",
        "contentSchema", "x-extensible-enum", "x-sunset", "x-stability-level",
    ]

    fileprivate mutating func take(_ name: String, _ written: WrittenKeyword) {
        if Self.compared.contains(name) { notes[name] = notes[name] ?? written }
        if name.utf8.starts(with: "x-".utf8) { extensions.append((name, written)) }
    }
}
