import JSONDocument
import JSONSchema
import OpenAPI
import Scenarios

/// A change that makes a request invalid, as items.
struct RequestBreak {
    var step: String
    var items: [String]
    var note: String
    /// Whether a part of the path is invalid, so that the server may report that the resource does not exist.
    var isInPath = false
}

/// Finds changes that make a body invalid: each required member removed, each type, bound and choice violated.
struct BodyBreaks {
    /// The maximum depth of changed members.
    private static let deepest = 4

    let operation: Operation
    let schemas: SchemaStore
    let root: SchemaView
    let compiled: CompiledSchema
    /// A valid body.
    let sample: JSONValue
    /// Whether members are sent as text, as in a form.
    let isText: Bool
    private(set) var found: [RequestBreak] = []
    /// Places whose values are too long for a cell.
    private(set) var tooLong: [String] = []

    init(_ operation: Operation, _ schemas: SchemaStore, _ body: BodyForm) {
        self.operation = operation
        self.schemas = schemas
        root = body.view
        compiled = body.compiled
        sample = body.sample
        isText = body.isForm
        walk(root, [], sample)
    }

    private mutating func walk(_ view: SchemaView, _ segments: [ItemPath.Segment], _ value: JSONValue) {
        guard segments.count < Self.deepest else { return }
        switch value {
        case .object(let object): members(of: view, segments, object)
        case .array(let elements):
            guard let element = elements.first, let item = view.item(0) else { return }
            breakValue(item, segments + [.index(0)], element)
            walk(item, segments + [.index(0)], element)
        default: return
        }
    }

    private mutating func members(of view: SchemaView, _ segments: [ItemPath.Segment], _ object: JSONObject) {
        for name in view.requiredNames where object[name] != nil {
            let path = segments + [.name(name)]
            var changed = sample
            changed.remove(at: pointer(path))
            let text = ItemWriter.path(path, of: operation, isDeclared: view.property(name) != nil)
            add("no-\(slug(path))", "!\(text)", "`\(text)` is required", changed)
        }
        if !view.allowsAdditional, object["unexpected"] == nil {
            let path = segments + [.name("unexpected")]
            var changed = sample
            changed.set(.boolean(true), at: pointer(path))
            let text = ItemWriter.path(path, of: operation, isDeclared: false)
            let place = segments.isEmpty ? "" : "\(slug(segments))-"
            add("\(place)undeclared", "\(text):=true", "no other member is allowed", changed)
        }
        for name in view.propertyNames {
            guard let property = view.property(name), !property.isReadOnly else { continue }
            let path = segments + [.name(name)]
            // Deep inside, only members of the sample are changed: setting a member of an absent object would violate
            // more than the note says.
            breakValue(property, path, object[name])
            if let value = object[name] { walk(property, path, value) }
        }
    }

    private mutating func breakValue(
        _ view: SchemaView, _ path: [ItemPath.Segment], _ sample: JSONValue?
    ) {
        if let most = view.keyword("maxLength")?.number?.int, most >= ValueBreaks.longestText {
            tooLong.append(ItemWriter.path(path, of: operation))
        }
        for broken in ValueBreaks(view: view, schemas: schemas, isText: isText, sample: sample).all {
            var changed = self.sample
            changed.set(broken.value, at: pointer(path))
            let text = ItemWriter.path(path, of: operation)
            guard let item = ItemWriter.item(text, broken.value, for: view) else { continue }
            add("\(slug(path))-\(broken.name)", item, "`\(text)` \(broken.note)", changed)
        }
    }

    /// Adds a change if the whole body is invalid with it.
    private mutating func add(_ step: String, _ item: String, _ note: String, _ changed: JSONValue) {
        let outcome = compiled.isValid(JSONDocument(changed).root, ValidationOptions(direction: .request))
        guard outcome == .invalid else { return }
        found.append(RequestBreak(step: step, items: [item], note: note))
    }

    private func pointer(_ path: [ItemPath.Segment]) -> JSONPointer {
        JSONPointer(
            path.map { segment in
                switch segment {
                case .name(let name): name
                case .index(let index): String(index)
                case .every, .some: "0"
                }
            })
    }

    private func slug(_ path: [ItemPath.Segment]) -> String {
        path.compactMap { segment -> String? in
            if case .name(let name) = segment { Names.slug(name) } else { nil }
        }.joined(separator: "-")
    }
}
