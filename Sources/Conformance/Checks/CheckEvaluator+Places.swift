import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Scenarios

/// The contract and the findings at the place of a path.
extension CheckEvaluator {
    /// Whether the place has a finding already.
    func isCovered(_ path: ItemPath) -> Bool {
        guard !path.isRequest else { return false }
        switch path.root {
        case .body: return broken.covers(path.plainPointer ?? .root)
        case .header(let name): return broken.covers(header: name)
        default: return false
        }
    }

    /// The reason why the body cannot be checked; `nil` for a body that can be checked, and without a body.
    func unreadReason(_ path: ItemPath) -> String? {
        guard !path.isRequest, case .body = path.root, case .unread(let reason, _) = subject.response.body,
            subject.view.body == nil
        else { return nil }
        return "the body cannot be read: \(reason)"
    }

    /// The text as received, where it differs from the value's own spelling.
    func wireText(of path: ItemPath) -> String? {
        guard case .header(let name) = path.root, path.segments.isEmpty else { return nil }
        let lines = path.isRequest ? subject.exchange.request.header(name) : subject.message.header(name)
        return lines.isEmpty ? nil : lines.joined(separator: ", ")
    }

    /// The schema of the value at a path without wildcards.
    func view(of path: ItemPath) -> SchemaView? {
        switch path.root {
        case .body: path.plainPointer.flatMap { view(at: $0, request: path.isRequest) }
        case .header(let name) where path.isRequest:
            inside(subject.operation?.parameter(name, in: .header)?.valueSchema, path)
        case .header(let name): inside(subject.response.declared?.header(name)?.valueSchema, path)
        case .query(let name): inside(subject.operation?.parameter(name, in: .query)?.valueSchema, path)
        case .path(let name): inside(subject.operation?.parameter(name, in: .path)?.valueSchema, path)
        case .cookie(let name) where path.isRequest:
            inside(subject.operation?.parameter(name, in: .cookie)?.valueSchema, path)
        case .cookie, .partHeader, .status, .time, .operation, .tag, .method, .requestPath: nil
        }
    }

    private func inside(_ schema: Schema?, _ path: ItemPath) -> SchemaView? {
        path.segments.isEmpty ? schema?.view : nil
    }

    /// The schema of a value of the body.
    func view(at pointer: JSONPointer, request: Bool) -> SchemaView? {
        let media = request ? subject.operation?.requestBody?.content.first : subject.response.mediaType
        return media?.schema?.view?.view(at: pointer.tokens)
    }

    /// The place of a finding about a path.
    func place(of path: ItemPath, _ pointer: JSONPointer?) -> ResponsePlace? {
        guard !path.isRequest else { return nil }
        switch path.root {
        case .status: return .status
        case .header(let name): return .header(name)
        case .body:
            let pointer = pointer ?? path.plainPointer ?? .root
            return .body(pointer, subject.response.body.document?.root.nearestPosition(to: pointer))
        default: return nil
        }
    }
}

extension ItemPath {
    /// The pointer of a body path. A path with a wildcard gives the pointer of the part before the wildcard.
    var plainPointer: JSONPointer? {
        guard case .body = root else { return nil }
        var pointer = JSONPointer.root
        for segment in segments {
            switch segment {
            case .name(let name): pointer = pointer.appending(name)
            case .index(let index): pointer = pointer.appending(index)
            case .every, .some: return pointer
            }
        }
        return pointer
    }
}
