internal import JSONDocument
internal import JSONSchema
internal import OpenAPI
internal import Primitives

/// The items of a step's `set`, grouped by place, with their values.
struct SetValues {
    enum Setting {
        case value(JSONValue)
        case leftOut
    }

    /// A parameter, or a header, query item or cookie that the contract does not declare.
    struct Place: Hashable {
        var kind: ParameterPlace
        var name: String

        init(_ kind: ParameterPlace, _ name: String) {
            self.kind = kind
            self.name = kind == .header ? name.lowercasedASCII : name
        }

        static func == (left: Place, right: Place) -> Bool {
            left.kind == right.kind && left.name.isSame(as: right.name)
        }
    }

    /// The items outside the body, with the names as written, in the order of the items.
    private(set) var places: [(place: Place, name: String, setting: Setting)] = []
    /// The items of the body, in order.
    private(set) var bodyItems: [Item] = []
    /// The headers of parts of the body.
    private(set) var partHeaders = PartHeaders()

    private let step: Step
    private let scope: ValueScope

    init(_ step: Step, scope: ValueScope) throws(ValueFailure) {
        self.step = step
        self.scope = scope
        for item in step.request.set {
            switch item.path.root {
            case .body: bodyItems.append(item)
            case .header(let name): try put(item, .header, name)
            case .query(let name): try put(item, .query, name)
            case .path(let name): try put(item, .path, name)
            case .cookie(let name): try put(item, .cookie, name)
            case .partHeader(let part, let name): try putHeader(item, name, of: ItemPath(.body, part).pointer)
            case .status, .time, .operation, .tag, .method, .requestPath:
                throw .invalid("\(item.path.text) cannot be set")
            }
        }
    }

    /// The setting of a parameter; `nil` if there is none.
    func setting(_ kind: ParameterPlace, _ name: String) -> Setting? {
        let place = Place(kind, name)
        return places.last { $0.place == place }?.setting
    }

    /// The text of a header that is set.
    func headerText(_ name: String) -> String? {
        guard case .value(let value)? = setting(.header, name) else { return nil }
        return if case .string(let text) = value { text } else { value.text }
    }

    /// Whether nothing in the body is set.
    var leavesBody: Bool { bodyItems.isEmpty && partHeaders.isEmpty }

    /// Whether a header is set or removed.
    func mentionsHeader(_ name: String) -> Bool { setting(.header, name) != nil }

    /// The files among the body items, by their places.
    var files: [JSONPointer: ProjectFile] {
        Dictionary(
            bodyItems.compactMap { item in item.file.map { (item.path.pointer, $0) } },
            uniquingKeysWith: { _, last in last })
    }

    /// Applies the body items to `editor`.
    func apply(to editor: inout BodyEditor, schema: SchemaView?) throws(ValueFailure) {
        for item in bodyItems {
            let segments = item.path.segments[...]
            // The step's own body takes precedence over items of a `*` row.
            if item.isDefault, editor.holdsValue(at: segments) { continue }
            if item.op == .absent {
                try editor.remove(at: segments, item.path.text)
                continue
            }
            let view = schema?.view(at: segments.map(SetValues.token))
            try editor.set(try value(of: item, view: view), at: segments, item.path.text)
        }
    }

    private mutating func put(_ item: Item, _ kind: ParameterPlace, _ name: String) throws(ValueFailure) {
        let place = Place(kind, name)
        let index = places.firstIndex { $0.place == place }
        if item.op == .absent {
            guard item.path.segments.isEmpty else {
                throw .invalid("\(item.path.text): a parameter can only be omitted as a whole")
            }
            record(place, name, .leftOut, at: index)
            return
        }
        let parameter = step.call.operation?.parameter(name, in: kind)
        let schema = parameter?.valueSchema?.view
        let view = item.path.segments.isEmpty ? schema : schema?.view(at: item.path.segments.map(SetValues.token))
        let new = try value(of: item, view: view)
        var editor = BodyEditor()
        if let index, case .value(let old) = places[index].setting { editor.value = old }
        try editor.set(new, at: item.path.segments[...], item.path.text)
        record(place, name, .value(editor.value ?? new), at: index)
    }

    private mutating func putHeader(_ item: Item, _ name: String, of part: JSONPointer) throws(ValueFailure) {
        let media = step.call.operation?.requestBody?.content.first { $0.range.type == "multipart" }
        let header = media?.encoding(of: part)?.headers.first { $0.isNamed(name) }
        let new = item.op == .absent ? nil : try value(of: item, view: header?.valueSchema?.view)
        try partHeaders.put(new, name: name, as: header, at: item.path)
    }

    private mutating func record(_ place: Place, _ name: String, _ setting: Setting, at index: Int?) {
        if let index {
            places[index].setting = setting
        } else {
            places.append((place, name, setting))
        }
    }

    private static func token(_ segment: ItemPath.Segment) -> String {
        switch segment {
        case .name(let name): name
        case .index(let index): String(index)
        case .every, .some: "0"
        }
    }

    /// The value of one item, typed by the schema at its place.
    private func value(of item: Item, view: SchemaView?) throws(ValueFailure) -> JSONValue {
        // An item of a `*` row and an item of the step may have the same place, but not the same path.
        let site = ValueSite(step: step.name, column: item.column, place: item.place, detail: item.path.canonical)
        let text: String
        let quoted: Bool
        if let file = item.file { return .string(file.text) }
        switch item.value {
        case .json(let value): return value
        case .text(let template):
            if template.keepsType { return try template.expand(scope, at: site) }
            text = try template.expandText(scope, at: site)
            quoted = false
        case .quoted(let template):
            text = try template.expandText(scope, at: site)
            quoted = true
        case .matcher, .pattern, nil:
            throw .invalid("\(item.text) is not a value that can be sent")
        }
        let typed = CellTyper.value(text, quoted: quoted, for: view)
        if case .mismatch(let message, _) = typed, !step.options.isInvalid {
            throw .invalid("\(item.path.text) \(message)")
        }
        return typed.sent
    }
}
