import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Reporting
import Scenarios
import SourceText

extension StepExplainer {
    /// The most body members that are listed one by one.
    static let longestBody = 200

    /// Every value of the body that has no parts of its own.
    func body(_ built: BuiltRequest) -> [ExplainedValue] {
        guard let bytes = built.message.body else { return [] }
        let sent = built.body ?? (try? JSONDocument(parsing: bytes))?.root.value
        guard let sent else { return [] }
        let view = bodyView
        let file = bodyFile
        var found: [ExplainedValue] = []
        var rest = 0
        walk(sent, .root, depth: 0) { pointer, value in
            guard found.count < Self.longestBody else {
                rest += 1
                return
            }
            found.append(explained(value, at: pointer, view, file))
        }
        if rest > 0 {
            found.append(
                ExplainedValue(place: "…", value: "\(rest) more", source: "body", origin: bodyLocation))
        }
        return found
    }

    private func walk(_ value: JSONValue, _ pointer: JSONPointer, depth: Int, _ visit: (JSONPointer, JSONValue) -> Void)
    {
        switch value {
        case .object(let object) where !object.isEmpty && depth < 100:
            for member in object.members {
                walk(member.value, pointer.appending(member.name), depth: depth + 1, visit)
            }
        case .array(let elements) where !elements.isEmpty && depth < 100:
            for (index, element) in elements.enumerated() {
                walk(element, pointer.appending(index), depth: depth + 1, visit)
            }
        default: visit(pointer, value)
        }
    }

    private func explained(
        _ value: JSONValue, at pointer: JSONPointer, _ view: SchemaView?, _ file: SourceFile?
    ) -> ExplainedValue {
        let typed = view?.view(at: pointer.tokens)
        let items = step.request.set.filter { item in
            guard case .body = item.path.root, item.op != .absent else { return false }
            return JSONPointer(item.path.tokens).isPrefix(of: pointer)
        }
        var result = ExplainedValue(
            place: path(pointer, value), value: shown(value),
            type: typed?.words ?? (view == nil ? nil : "not declared"),
            schema: typed?.location, source: bodySource, origin: bodyLocation)
        if let item = items.last(where: { !$0.isDefault }) {
            (result.source, result.origin) = (source(item), item.location)
        } else if let node = file?.document.root.node(at: pointer), let file {
            result.origin = file.location(of: node)
        } else if let item = items.last {
            (result.source, result.origin) = (source(item), item.location)
        }
        return result
    }

    /// The place as `set` writes it.
    private func path(_ pointer: JSONPointer, _ value: JSONValue) -> String {
        guard !pointer.tokens.isEmpty else { return "body" }
        // An index and a member of the same name look alike in a pointer; nearly always it is an index.
        let segments = pointer.tokens.map { token in
            Int(token).map { ItemPath.Segment.index($0) } ?? ItemPath.Segment.name(token)
        }
        return ItemPath(.body, segments, isBare: true).text
    }

    private var bodySource: String {
        switch step.request.body {
        case .template: "body"
        case .example: "example"
        case .file: "file"
        case .asStep(let name): "as \(name)"
        case .none, .unset: "set"
        }
    }

    private var bodyLocation: SourceLocation? {
        switch step.request.body {
        case .template(_, let location), .example(_, let location), .file(_, let location): location
        case .asStep, .none, .unset: nil
        }
    }

    /// The body file with the places of its values.
    private var bodyFile: SourceFile? {
        guard case .template(_, let location) = step.request.body else { return nil }
        return try? session.workspace.reader.read(location.file)
    }
}
