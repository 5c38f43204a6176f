import Diagnostics
import JSONDocument
import JSONSchema

/// A keyword and its location.
struct WrittenKeyword {
    var view: SchemaView
    var value: JSONNode

    var location: SourceLocation { view.location(of: value) }
    var text: String { cutText(value.string ?? value.spelling) }
}

/// Text for `from` and `to`: long values are cut.
func cutText(_ text: String, to limit: Int = 400) -> String {
    guard text.utf8.count > limit else { return text }
    let scalars = text.unicodeScalars.prefix(limit)
    return String(String.UnicodeScalarView(scalars)) + "…"
}

/// The combined keywords of a list of schemas, all of which must accept a value. Alternatives are not included.
final class SchemaFacts {
    /// A numeric keyword with the strictest value of all schemas.
    struct Bound {
        var number: JSONNumber
        var isExclusive = false
        var written: WrittenKeyword
    }

    /// The object keywords of one schema.
    struct ObjectPart {
        var view: SchemaView
        var properties: JSONNode?
        var patterns: [(source: String, written: WrittenKeyword)] = []
        var additional: WrittenKeyword?
        var unevaluated: WrittenKeyword?
    }

    /// The array keywords of one schema.
    struct ArrayPart {
        var view: SchemaView
        var prefix: [JSONNode] = []
        var items: WrittenKeyword?
    }

    let leaves: [SchemaView]
    var isNever = false
    var kinds = Kinds.all
    var integerOnly = false
    var type: WrittenKeyword?
    var values: [JSONValue]?
    var valuesWritten: WrittenKeyword?
    /// By keyword name: `maxLength`, `minimum` …
    var bounds: [String: Bound] = [:]
    var patterns: [WrittenKeyword] = []
    var formats: [WrittenKeyword] = []
    var multiples: [WrittenKeyword] = []
    var uniqueItems: WrittenKeyword?
    var required: [String: WrittenKeyword] = [:]
    var requiredOrder: [String] = []
    var objects: [ObjectPart] = []
    var arrays: [ArrayPart] = []
    var contains: [WrittenKeyword] = []
    var propertyNames: [WrittenKeyword] = []
    var dependentRequired: [String: (names: Set<String>, written: WrittenKeyword)] = [:]
    var dependentSchemas: [String: WrittenKeyword] = [:]
    var conditions: [String: WrittenKeyword] = [:]
    var nots: [WrittenKeyword] = []
    var unevaluatedItems: WrittenKeyword?
    /// Annotations by keyword; the first schema that has one counts.
    var notes: [String: WrittenKeyword] = [:]
    var extensions: [(name: String, written: WrittenKeyword)] = []

    init(_ leaves: [SchemaView]) {
        self.leaves = leaves
        for leaf in leaves { read(leaf) }
        if let values {
            let own = values.reduce(into: Kinds()) { $0.insert(Kinds($1.kind)) }
            kinds.formIntersection(own)
            let numbers = values.compactMap(\.number)
            if !numbers.isEmpty, numbers.allSatisfy(\.isInteger) { integerOnly = true }
        }
        if requiresForbidden { kinds.remove(.object) }
        if kinds.isEmpty { isNever = true }
        if !kinds.contains(.number) { integerOnly = false }
    }

    private func read(_ leaf: SchemaView) {
        if let boolean = leaf.node.boolean {
            if !boolean { isNever = true }
            return
        }
        guard leaf.node.kind == .object else { return }
        var object = ObjectPart(view: leaf)
        var array = ArrayPart(view: leaf)
        var tuple: JSONNode?
        // OpenAPI 3.0 and the older drafts ignore keywords next to `$ref`.
        let isReference = leaf.ownKeyword("$ref") != nil
        for member in leaf.node.members {
            let name = member.name
            if isReference, leaf.ownKeyword(name) == nil { continue }
            let written = WrittenKeyword(view: leaf, value: member.value)
            switch name {
            case "type": readType(written)
            case "enum": if member.value.kind == .array { restrict(to: member.value.elements.map(\.value), written) }
            case "const": if leaf.knows(name) { restrict(to: [member.value.value], written) }
            case "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum":
                if !leaf.sharpensBounds || member.value.kind == .number { readLimit(name, written) }
            case "maxLength", "maxItems", "maxProperties", "maxContains": tighten(name, written, isUpper: true)
            case "minLength", "minItems", "minProperties", "minContains": tighten(name, written, isUpper: false)
            case "multipleOf": if member.value.kind == .number { append(written, to: &multiples) }
            case "pattern": if let text = member.value.string, !isUniversal(text) { append(written, to: &patterns) }
            case "format": if member.value.kind == .string { append(written, to: &formats) }
            case "uniqueItems": if member.value.boolean == true { uniqueItems = uniqueItems ?? written }
            case "required": readRequired(written)
            case "properties": if member.value.kind == .object { object.properties = member.value }
            case "patternProperties":
                guard leaf.knows(name) else { continue }
                for pattern in member.value.members {
                    object.patterns.append((pattern.name, WrittenKeyword(view: leaf, value: pattern.value)))
                }
            case "additionalProperties": object.additional = written
            case "unevaluatedProperties": if leaf.knows(name) { object.unevaluated = written }
            case "items":
                if member.value.kind == .array {
                    if leaf.hasTuples { array.prefix = Array(member.value.elements) }
                } else {
                    array.items = written
                }
            case "prefixItems": if leaf.knows(name) { array.prefix = Array(member.value.elements) }
            case "additionalItems": tuple = member.value
            case "contains": if leaf.knows(name) { contains.append(written) }
            case "propertyNames": if leaf.knows(name) { propertyNames.append(written) }
            case "dependentRequired": if leaf.knows(name) { readDependents(written) }
            case "dependentSchemas":
                guard leaf.knows(name) else { continue }
                for member in member.value.members {
                    dependentSchemas[member.name] = WrittenKeyword(view: leaf, value: member.value)
                }
            case "if", "then", "else": if leaf.knows(name) { conditions[name] = conditions[name] ?? written }
            case "not": nots.append(written)
            case "unevaluatedItems": if leaf.knows(name) { unevaluatedItems = written }
            case "default", "readOnly", "writeOnly", "deprecated", "discriminator", "contentEncoding",
                "contentMediaType", "contentSchema", "x-extensible-enum", "x-sunset", "x-stability-level":
                notes[name] = notes[name] ?? written
                if name.hasPrefix("x-") { extensions.append((name, written)) }
            default: if name.hasPrefix("x-") { extensions.append((name, written)) }
            }
        }
        if !array.prefix.isEmpty, leaf.hasTuples {
            array.items = tuple.map { WrittenKeyword(view: leaf, value: $0) }
        }
        if conditions["if"] == nil { conditions = [:] }
        settle(leaf, &array)
        if object.properties != nil || !object.patterns.isEmpty || object.additional != nil || object.unevaluated != nil
        {
            objects.append(object)
        }
        if !array.prefix.isEmpty || array.items != nil { arrays.append(array) }
    }

    /// `items: false` after a prefix is a maximum length, and a keyword with the value `true` has no effect.
    private func settle(_ leaf: SchemaView, _ array: inout ArrayPart) {
        guard let items = array.items, let boolean = items.value.boolean else { return }
        array.items = nil
        guard !boolean else { return }
        let bound = Bound(number: JSONNumber(array.prefix.count), written: items)
        if let known = bounds["maxItems"], known.number < bound.number { return }
        bounds["maxItems"] = bound
    }

    private func readType(_ written: WrittenKeyword) {
        let names = written.value.string.map { [$0] } ?? written.value.elements.compactMap(\.string)
        var own = Kinds()
        var onlyIntegers = true
        for name in names {
            own.formUnion(Kinds(typeName: name) ?? [])
            if name == "number" { onlyIntegers = false }
        }
        guard !own.isEmpty else { return }
        if written.view.knowsNullable, written.view.ownKeyword("nullable")?.boolean == true { own.insert(.null) }
        kinds.formIntersection(own)
        if own.contains(.number), onlyIntegers { integerOnly = true }
        type = type ?? written
    }

    private func restrict(to list: [JSONValue], _ written: WrittenKeyword) {
        var unique: [JSONValue] = []
        var seen: Set<JSONValue> = []
        for value in list where seen.insert(value).inserted { unique.append(value) }
        if let known = values {
            values = known.filter { seen.contains($0) }
        } else {
            values = unique
            valuesWritten = written
        }
    }

    /// `maximum` and its variants; a boolean makes the bound next to it exclusive.
    private func readLimit(_ name: String, _ written: WrittenKeyword) {
        guard let number = written.value.number else { return }
        let isUpper = name == "maximum" || name == "exclusiveMaximum"
        var isExclusive = name.hasPrefix("exclusive")
        if !isExclusive, written.view.sharpensBounds {
            let sharp = isUpper ? "exclusiveMaximum" : "exclusiveMinimum"
            isExclusive = written.view.ownKeyword(sharp)?.boolean == true
        }
        let key = isUpper ? "maximum" : "minimum"
        let bound = Bound(number: number, isExclusive: isExclusive, written: written)
        guard let known = bounds[key] else { return bounds[key] = bound }
        let isTighter = isUpper ? number < known.number : known.number < number
        if isTighter || number == known.number && isExclusive { bounds[key] = bound }
    }

    private func tighten(_ name: String, _ written: WrittenKeyword, isUpper: Bool) {
        guard let number = written.value.number else { return }
        // A bound that every value satisfies has no effect; `minContains: 0` has one.
        if !isUpper, number.isZero, name != "minContains" { return }
        if let known = bounds[name], isUpper ? known.number < number : number < known.number { return }
        bounds[name] = Bound(number: number, written: written)
    }

    private func readRequired(_ written: WrittenKeyword) {
        for name in written.value.elements.compactMap(\.string) where required[name] == nil {
            required[name] = written
            requiredOrder.append(name)
        }
    }

    private func readDependents(_ written: WrittenKeyword) {
        for member in written.value.members {
            let names = Set(member.value.elements.compactMap(\.string))
            guard !names.isEmpty else { continue }
            let own = WrittenKeyword(view: written.view, value: member.value)
            dependentRequired[member.name, default: ([], own)].names.formUnion(names)
        }
    }

    private func append(_ written: WrittenKeyword, to list: inout [WrittenKeyword]) {
        let isKnown = list.contains { $0.text.utf8.elementsEqual(written.text.utf8) }
        if !isKnown { list.append(written) }
    }

    /// Whether a pattern matches every text.
    private func isUniversal(_ pattern: String) -> Bool {
        ["", ".*", "^", "$", "^.*", ".*$", ".*?", "[\\s\\S]*", "^[\\s\\S]*$"].contains(pattern)
    }
}
