import Diagnostics
import ECMAPattern
import JSONDocument

/// Reads the keywords of one schema object and collects diagnostics.
struct KeywordReader {
    let node: JSONNode
    let source: SchemaSource
    let dialect: ResourceDialect
    let compiler: SchemaCompiler
    var problems: [Diagnostic] = []
    /// The kinds of values that unusable keywords apply to.
    var unjudged: KindSet = []
    /// The schemas that the keywords refer to.
    var edges: [NodeReference] = []

    init(node: JSONNode, source: SchemaSource, dialect: ResourceDialect, compiler: SchemaCompiler) {
        self.node = node
        self.source = source
        self.dialect = dialect
        self.compiler = compiler
    }

    var family: ResourceDialect.Family { dialect.family }
    var vocabularies: Vocabularies { dialect.vocabularies }

    // MARK: Problems

    /// Reports that a keyword cannot be used. The other keywords of the schema stay usable.
    mutating func complain(_ keyword: String, _ message: String, rule: String = "schema.keyword", help: String? = nil) {
        unjudged.formUnion(KeywordSubject.kinds(keyword))
        problems.append(
            Diagnostic(
                rule, .error, message, at: compiler.index.location(of: keyword, at: source),
                place: place(of: keyword), help: help))
    }

    /// Reports that the reference in place of a map of schemas cannot be resolved.
    private mutating func complain(ofMap keyword: String, _ reference: JSONNode) {
        unjudged.formUnion(KeywordSubject.kinds(keyword))
        let place = compiler.index.place(source).pointer.appending(keyword).appending("$ref")
        problems.append(
            Diagnostic(
                "schema.reference", .error, Messages.leadsToNoMap(reference.string ?? ""),
                at: compiler.index.location(reference.namePosition ?? reference.position, in: source),
                place: place.description))
    }

    /// Reports a questionable but usable keyword.
    mutating func note(
        _ keyword: String, _ severity: Severity, _ message: String, rule: String = "schema.keyword",
        help: String? = nil
    ) {
        problems.append(
            Diagnostic(
                rule, severity, message, at: compiler.index.location(of: keyword, at: source),
                place: place(of: keyword), help: help))
    }

    private func place(of keyword: String) -> String {
        compiler.index.place(source).pointer.appending(keyword).description
    }

    // MARK: Plain values

    mutating func boolean(_ keyword: String) -> Bool? {
        guard let value = node[keyword] else { return nil }
        if let boolean = value.boolean { return boolean }
        complain(keyword, Messages.wrongValue(keyword, "true or false", value))
        return nil
    }

    mutating func string(_ keyword: String) -> String? {
        guard let value = node[keyword] else { return nil }
        if let text = value.string { return text }
        complain(keyword, Messages.wrongValue(keyword, "a string", value))
        return nil
    }

    mutating func object(_ keyword: String) -> JSONNode? {
        guard let value = node[keyword] else { return nil }
        if value.kind == .object { return value }
        complain(keyword, Messages.wrongValue(keyword, "an object", value))
        return nil
    }

    mutating func array(_ keyword: String) -> [JSONNode]? {
        guard let value = node[keyword] else { return nil }
        if value.kind == .array { return Array(value.elements) }
        complain(keyword, Messages.wrongValue(keyword, "an array", value))
        return nil
    }

    mutating func number(_ keyword: String) -> JSONNumber? {
        guard let value = node[keyword] else { return nil }
        guard let number = value.number else {
            complain(keyword, Messages.wrongValue(keyword, "a number", value))
            return nil
        }
        if !number.double.isFinite || (number.double == 0 && !number.isZero) {
            note(keyword, .warning, Messages.beyondDouble(keyword, number))
        }
        return number
    }

    /// An integer of at least 0; `1.0` is one.
    mutating func count(_ keyword: String) -> Int? {
        guard let value = node[keyword] else { return nil }
        guard let number = value.number, number.isInteger, !number.isNegative || number.isZero else {
            complain(keyword, Messages.wrongValue(keyword, "a whole number of at least 0", value))
            return nil
        }
        return number.int ?? Int.max
    }

    /// Reports a lower bound above its upper bound: no value can satisfy both.
    mutating func noteCrossed(_ lower: String, _ upper: String) {
        guard let low = node[lower]?.number, let high = node[upper]?.number, low > high else { return }
        note(lower, .warning, Messages.crossed(lower, low, upper, high))
    }

    /// The names in a list; entries that are not strings are errors.
    mutating func names(_ keyword: String) -> [String] {
        guard let values = array(keyword) else { return [] }
        return names(values, keyword)
    }

    /// The names among the entries of a list; the others are errors.
    mutating func names(_ values: [JSONNode], _ keyword: String) -> [String] {
        var names: [String] = []
        for value in values {
            if let name = value.string {
                names.append(name)
            } else {
                complain(keyword, Messages.wrongElement(keyword, "a member name", value))
            }
        }
        return names
    }

    /// Lists of names by name.
    mutating func nameLists(_ keyword: String) -> [(String, [String])] {
        guard let map = object(keyword) else { return [] }
        var lists: [(String, [String])] = []
        for member in map.members {
            if member.value.kind == .array {
                lists.append((member.name, names(Array(member.value.elements), keyword)))
            } else {
                complain(keyword, Messages.wrongElement(keyword, "an array of member names", member.value))
            }
        }
        return lists
    }

    /// Compiles a pattern by the grammar with the `u` flag, or otherwise by the grammar without it.
    ///
    /// OpenAPI 3.0 and the older drafts specify ECMA-262 without the flag. JSON Schema 2020-12 Core, section 6.4,
    /// requires it, so a pattern that needs the other grammar is reported.
    mutating func pattern(_ text: String, keyword: String) -> ECMAPattern? {
        if let body = Messages.literalBody(text) {
            if body.utf8.first == UInt8(ascii: "^") || body.utf8.last == UInt8(ascii: "$") {
                complain(
                    keyword, Messages.patternLiteral(text), rule: "schema.pattern", help: Messages.literalHelp(body))
                return nil
            }
            note(
                keyword, .warning, Messages.patternLiteral(text), rule: "schema.pattern",
                help: Messages.literalHelp(body))
        }
        do {
            return try ECMAPattern(text)
        } catch {
            if let pattern = try? ECMAPattern(text, grammar: .withoutUnicodeFlag) {
                if family == .draft201909 || family == .draft202012 {
                    note(
                        keyword, .warning, Messages.legacyPattern(text, error.message, error.offset),
                        rule: "schema.pattern", help: Messages.patternHelp)
                } else if let escape = Messages.foreignEscape(text) {
                    note(
                        keyword, .warning, Messages.foreignEscape(text, escape), rule: "schema.pattern",
                        help: "use ^ and $ for the start and the end of the text, and a class for other positions")
                }
                return pattern
            }
            complain(
                keyword, Messages.badPattern(text, error.message, error.offset), rule: "schema.pattern",
                help: Messages.patternHelp)
            return nil
        }
    }

    /// The format, if it is known.
    func format() -> SchemaFormat? {
        node["format"]?.string.flatMap(SchemaFormat.init(name:))
    }

    // MARK: Schemas

    /// The schema in a keyword. Booleans are schemas, except in OpenAPI 3.0 and draft-04.
    mutating func schema(_ keyword: String, allowsBoolean: Bool = false) -> NodeReference? {
        guard let value = node[keyword] else { return nil }
        return schema(at: value, keyword: keyword, allowsBoolean: allowsBoolean)
    }

    /// - Parameter document: The document that contains the value; `nil` for the document of the schema.
    mutating func schema(
        at value: JSONNode, of document: Int? = nil, keyword: String, allowsBoolean: Bool = false
    ) -> NodeReference? {
        let source = SchemaSource(document: document ?? source.document, entry: value.tapeIndex)
        let allowsBoolean = allowsBoolean || family.allowsBooleanSchemas
        let isUsable = value.kind == .object || (value.kind == .boolean && allowsBoolean)
        if !isUsable { complain(keyword, Messages.noSchema(keyword, value, allowsBoolean: allowsBoolean)) }
        // An unusable schema has no effect, but it exists: a member that it describes is declared.
        let target = isUsable ? compiler.reference(to: source) : compiler.unusable(source)
        edges.append(target)
        return target
    }

    mutating func schemas(_ keyword: String, allowsEmpty: Bool = true) -> [NodeReference] {
        guard let values = array(keyword) else { return [] }
        if values.isEmpty, !allowsEmpty { complain(keyword, Messages.emptyList(keyword)) }
        return values.compactMap { schema(at: $0, keyword: keyword) }
    }

    mutating func schemaMap(_ keyword: String) -> [(String, NodeReference)] {
        guard let written = object(keyword) else { return [] }
        guard let (map, document) = compiler.index.schemaMap(keyword, of: source) else {
            if let reference = written["$ref"] { complain(ofMap: keyword, reference) }
            return []
        }
        return map.members.compactMap { member in
            schema(at: member.value, of: document, keyword: keyword).map { (member.name, $0) }
        }
    }

    /// The target of a reference. A reference that cannot be resolved is an error; a reference to another host is an
    /// error with its own rule.
    mutating func place(
        of reference: String, keyword: String, rule: String = "schema.reference"
    ) -> SchemaSource? {
        switch compiler.index.resolve(reference, from: compiler.index.scope(of: source)) {
        case .found(let place): return place
        case .failed(let message, let help):
            complain(keyword, message, rule: rule, help: help)
            return nil
        case .remote(let message, let help):
            complain(keyword, message, rule: SchemaCompiler.remoteRule, help: help)
            return nil
        }
    }

    mutating func target(of reference: String, keyword: String) -> NodeReference? {
        guard let place = place(of: reference, keyword: keyword) else { return nil }
        let target = compiler.reference(to: place)
        edges.append(target)
        return target
    }
}
