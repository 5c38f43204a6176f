import Diagnostics
import Generation
import JSONDocument
import JSONSchema
import OpenAPI
import Scenarios

/// A valid body for an operation, and the content of its file.
struct BodyForm {
    /// The media type to send.
    let media: MediaType
    let view: SchemaView
    let compiled: CompiledSchema
    /// A value that the schema accepts.
    let sample: JSONValue
    /// The content of the body file: the sample with templates for values that must be new each time.
    let file: JSONValue
    /// Numbers that must be new in each request, and their start values.
    let freshNumbers: [(path: String, start: Int)]

    /// Whether members are sent as text.
    var isForm: Bool { media.range.isForm || media.range.type == "multipart" }

    /// The reason why a body is missing.
    struct Problem: Error {
        let why: String
    }

    /// Creates a body for `operation`; `nil` if none is needed.
    ///
    /// - Parameter fresh: Members that must be new in each request, such as an id chosen by the client.
    init?(_ operation: Operation, _ values: DraftValues, fresh: [String]) throws(Problem) {
        guard let body = operation.requestBody, let first = body.content.first else { return nil }
        guard let media = body.content.first(where: { $0.range.isJSON }) ?? body.content.first(where: Self.isWritable)
        else {
            guard body.isRequired else { return nil }
            throw Problem(why: "its body is of type \(first.range.description), which drafts do not support yet")
        }
        guard let schema = media.schema, let view = schema.view, let compiled = try? schema.compiled() else {
            guard body.isRequired else { return nil }
            throw Problem(why: Self.unusable(media.schema) ?? "its body has no usable schema")
        }
        self.media = media
        self.view = view
        self.compiled = compiled
        guard var sample = Self.sample(media, schema, values, operation), Self.isWritable(sample.value, media) else {
            guard body.isRequired else { return nil }
            throw Problem(
                why: Self.unusable(schema)
                    ?? "no body that satisfies its schema was found: add an example to the document")
        }
        var days: [(place: JSONPointer, template: String)] = []
        if sample.isMade {
            var realistic = RealisticValues(values.schemas)
            let changed = realistic.changed(sample.value, view, name: "")
            if values.accepts(changed, by: schema) { (sample.value, days) = (changed, realistic.templates) }
        }
        let fresh = FreshMembers(fresh, operation, sample.value) { values.accepts($0, by: schema) }
        self.sample = fresh.sample
        let templates = days + fresh.templates.map { (JSONPointer([$0.name]), $0.template) }
        file = templates.reduce(Self.escaped(fresh.sample)) { file, member in
            var file = file
            if file.value(at: member.place) != nil { file.set(.string(member.template), at: member.place) }
            return file
        }
        freshNumbers = fresh.numbers
    }

    /// Why a schema restricts values too little, if a part of it cannot be used.
    private static func unusable(_ schema: Schema?) -> String? {
        (try? schema?.compiled().unusable.first).map { "its body is not known: \($0.message)" }
    }

    /// The `set` item with the media type, unless it is the default.
    func contentType(of operation: Operation) -> String? {
        let content = operation.requestBody?.content ?? []
        let usual = content.first { $0.range.isJSON } ?? content.first
        guard let usual, usual.range != media.range else { return nil }
        return "header.content-type=\(media.range.isRange ? "application/json" : media.range.description)"
    }

    /// The `set` items with the headers of parts that the contract requires and that have no default.
    func partHeaders(_ values: DraftValues, _ operation: Operation) throws(Problem) -> [String] {
        guard media.range.type == "multipart", let members = sample.object?.names else { return [] }
        var items: [String] = []
        for encoding in media.encodings where members.contains(encoding.name) {
            for header in encoding.headers where header.isRequired && header.valueSchema?.view?.defaultValue == nil {
                let path = ItemPath(.partHeader([.name(encoding.name)], header.name)).text
                guard let value = values.value(of: header, in: operation),
                    let item = ItemWriter.item(path, value, for: header.valueSchema?.view)
                else {
                    throw Problem(why: "no value for the header \(header.name) of the part \(encoding.name) was found")
                }
                items.append(item)
            }
        }
        return items
    }

    private static func isWritable(_ media: MediaType) -> Bool {
        let range = media.range
        if range.isJSON || range.isForm { return true }
        if range.type == "multipart" {
            return range.subtype == "form-data" && media.schema?.view?.allows(.object) == true
        }
        if range.isRange { return range.type == "*" || range.type == "application" }
        return range.type == "text" && range.subtype != "xml" && media.schema?.view?.allows(.string) == true
    }

    private static func isWritable(_ value: JSONValue, _ media: MediaType) -> Bool {
        if media.range.isForm || media.range.type == "multipart" { return value.kind == .object }
        return media.range.type != "text" || media.range.isJSON || value.kind == .string
    }

    /// A valid example, otherwise a value with the required members, otherwise one with all declared members; and
    /// whether it was generated.
    private static func sample(
        _ media: MediaType, _ schema: Schema, _ values: DraftValues, _ operation: Operation
    ) -> (value: JSONValue, isMade: Bool)? {
        let examples = media.examples.filter { $0.name == nil } + media.examples.filter { $0.name != nil }
        let given = examples.map(\.value.value) + [schema.view?.example?.value].compactMap { $0 }
        if let valid = given.first(where: { values.accepts($0, by: schema) }) { return (valid, false) }
        let least = values.least.value(for: schema.place, at: operation.key)
        if let least, !isEmpty(least) { return (least, true) }
        return (values.plain.value(for: schema.place, at: operation.key) ?? least).map { ($0, true) }
    }

    private static func isEmpty(_ value: JSONValue) -> Bool {
        switch value {
        case .object(let object): object.isEmpty
        case .array(let elements): elements.isEmpty
        default: false
        }
    }

    /// The value with its texts escaped so that they contain no templates.
    private static func escaped(_ value: JSONValue, depth: Int = 0) -> JSONValue {
        switch value {
        case .string(let text): .string(ItemWriter.escaped(text))
        case .array(let elements) where depth < 200: .array(elements.map { escaped($0, depth: depth + 1) })
        case .object(let object) where depth < 200:
            .object(JSONObject(object.members.map { ($0.name, escaped($0.value, depth: depth + 1)) }))
        default: value
        }
    }
}

/// Generators for requests of one contract.
struct DraftValues {
    let schemas: SchemaStore
    /// The version of the API, for parameters such as `api-version`.
    let apiVersion: String
    /// Generates only required members.
    let least: ValueGenerator
    /// Generates all declared members.
    let plain: ValueGenerator
    /// Generates any allowed value and ignores examples.
    let varied: ValueGenerator

    init(_ contract: Contract) {
        schemas = contract.schemas
        apiVersion = contract.info.version
        least = ValueGenerator(schemas: contract.schemas, seed: "", direction: .request, style: .required)
        plain = ValueGenerator(schemas: contract.schemas, seed: "", direction: .request, style: .plain)
        varied = ValueGenerator(schemas: contract.schemas, seed: "", direction: .request, style: .varied)
    }

    func accepts(_ value: JSONValue, by schema: Schema) -> Bool {
        guard let compiled = try? schema.compiled() else { return false }
        return compiled.isValid(JSONDocument(value).root, ValidationOptions(direction: .request)) == .valid
    }

    /// The simplest value of a schema that has a text form, which null has not in most styles.
    private func sendable(_ schema: Schema, at place: String) -> JSONValue? {
        let value = plain.value(for: schema.place, at: place)
        guard value == .null else { return value }
        let listed = (schema.view?.enumeration ?? []).map(\.value).filter { $0 != .null }
        if let other = listed.first(where: { accepts($0, by: schema) }) { return other }
        let others = (0..<20).lazy.compactMap { varied.value(for: schema.place, at: "\(place) \($0)") }
        return others.first { $0 != .null } ?? value
    }

    /// A value for a header of a part: its example, otherwise the simplest that its schema allows.
    func value(of header: Header, in operation: Operation) -> JSONValue? {
        guard let schema = header.valueSchema else { return header.example?.value ?? .string("text") }
        if let example = header.example?.value, accepts(example, by: schema) { return example }
        return sendable(schema, at: "\(operation.key) \(header.name)")
    }

    /// A value for a parameter: its example, otherwise the simplest that its schema allows.
    func value(of parameter: Parameter, in operation: Operation) -> JSONValue? {
        guard let schema = parameter.valueSchema else { return parameter.example?.value ?? .string("text") }
        if let example = parameter.example?.value, example != .null, accepts(example, by: schema) { return example }
        let value = sendable(schema, at: "\(operation.key) \(parameter.name)")
        // An empty path parameter would change the path.
        if parameter.place == .path, case .string(let text)? = value, text.isEmpty {
            let others = (schema.view?.enumeration ?? []).map(\.value).filter { $0.string?.isEmpty == false }
            return others.first { accepts($0, by: schema) } ?? .string("text")
        }
        guard let value else { return nil }
        let realistic = RealisticValues(schemas).changed(value, schema.view, name: parameter.name)
        guard realistic == value, schema.view.map(RealisticValues.isMadeUp) == true, schema.view?.format == nil else {
            return realistic
        }
        // The document does not describe the value, so a recognisable example is used.
        let name = Names.slug(parameter.name)
        let isVersion = ["apiversion", "xapiversion"].contains(ResourceLinks.folded(parameter.name))
        let versions: [JSONValue] = isVersion && !apiVersion.isEmpty ? [.string(apiVersion)] : []
        let examples: [JSONValue]
        switch (value.kind, parameter.place) {
        case (.string, .path): examples = versions + [.string("example-\(name)"), .string("example")]
        case (.string, _): examples = versions + [.string("example")]
        case (.number, .path): examples = [.number(JSONNumber(1_001))]
        default: examples = []
        }
        return examples.first { accepts($0, by: schema) } ?? value
    }
}
