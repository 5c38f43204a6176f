internal import Exchanges
public import JSONDocument
internal import OpenAPI

extension ItemPath {
    /// Selects the values of the path in an exchange.
    ///
    /// Header and parameter values are typed by their declaration if they conform to it, otherwise they are strings.
    /// Repeated header lines are joined with `, `; `header.x[0]` is one line. `[*]` and `[?]` iterate over the elements
    /// of an array or, for a header that is not an array, over its lines. Query and path parameters are those of the
    /// request, with or without `req.`.
    public func select(in view: ExchangeView) -> Selection {
        switch root {
        case .body:
            let document = isRequest ? view.requestBody : view.body
            return document.map { walk($0.root, segments[...], inBody: true) } ?? .absent
        case .header(let name):
            return isRequest
                ? fromLines(view.exchange.request.header(name)) { view.requestHeader(name, $0) }
                : fromLines(view.receivedHeader(name)) { view.responseHeader(name, $0) }
        case .query(let name): return inside(view.queryParameter(name))
        case .path(let name): return inside(view.pathParameter(name))
        case .cookie(let name): return inside(isRequest ? view.requestCookie(name) : view.responseCookie(name))
        case .partHeader: return .absent
        case .status: return inside(view.exchange.response.map { .integer($0.status) })
        case .time: return inside(.number(view.seconds))
        case .operation: return inside((view.operation?.name ?? view.exchange.operation).map { .string($0) })
        case .tag: return .many((view.operation?.annotations.tags ?? []).map { Selected(.string($0)) }, some: true)
        case .method: return inside(.string(view.exchange.request.method))
        case .requestPath: return inside(.string(view.exchange.request.path))
        }
    }

    private func inside(_ value: JSONValue?) -> Selection {
        guard let value else { return .absent }
        if segments.isEmpty { return .one(value, nil) }
        return walk(JSONDocument(value).root, segments[...], inBody: false)
    }

    private func fromLines(_ lines: [String], _ typed: ([String]) -> JSONValue) -> Selection {
        guard !lines.isEmpty else { return .absent }
        let whole = typed(lines)
        let rest = segments.dropFirst()
        switch segments.first {
        case .index(let index):
            guard index < lines.count else { return .absent }
            return walk(JSONDocument(typed([lines[index]])).root, rest, inBody: false)
        case .every? where whole.kind != .array, .some(.some) where whole.kind != .array:
            let values = lines.map { line -> Selected in
                if case .one(let value, _) = walk(JSONDocument(typed([line])).root, rest, inBody: false) {
                    return Selected(value)
                }
                return Selected(nil)
            }
            return .many(values, some: asksForSome)
        default:
            return inside(whole)
        }
    }

    /// Follows `segments` from `start`, breadth first, so that deep nesting does not use the stack.
    private func walk(_ start: JSONNode, _ segments: ArraySlice<Segment>, inBody: Bool) -> Selection {
        var found: [(node: JSONNode?, pointer: JSONPointer)] = [(start, .root)]
        var isMany = false
        for segment in segments {
            var next: [(node: JSONNode?, pointer: JSONPointer)] = []
            for (node, pointer) in found {
                switch segment {
                case .name(let name):
                    let member = node?.kind == .object ? node?[name] : nil
                    next.append((member, pointer.appending(name)))
                case .index(let index):
                    let element = node?.kind == .array ? node?[index] : nil
                    next.append((element, pointer.appending(index)))
                case .every, .some:
                    guard let node, node.kind == .array else {
                        if !isMany { return .absent }
                        next.append((nil, pointer))
                        continue
                    }
                    for (index, element) in node.elements.enumerated() {
                        next.append((element, pointer.appending(index)))
                    }
                }
            }
            switch segment {
            case .every, .some: isMany = true
            case .name, .index: break
            }
            found = next
        }
        if isMany {
            let selected = found.map { Selected($0.node?.value, at: inBody ? $0.pointer : nil) }
            return .many(selected, some: asksForSome)
        }
        guard let (node, pointer) = found.first, let node else { return .absent }
        return .one(node.value, inBody ? pointer : nil)
    }
}

/// The values that a path selects in an exchange.
public enum Selection: Sendable, Hashable {
    /// The value of a path without wildcards, and its place in the body (`nil` outside bodies).
    case one(JSONValue, JSONPointer?)
    /// The values for `[*]` (every) or `[?]` (`some`), in order; empty for an empty array.
    case many([Selected], some: Bool)
    /// No value.
    case absent
}

/// One of the values selected by a path with a wildcard.
public struct Selected: Sendable, Hashable {
    /// The value; `nil` if an element does not have the member.
    public var value: JSONValue?
    /// Its place in the body; `nil` outside bodies. For an absent value, the place where it would be.
    public var pointer: JSONPointer?

    /// Creates a selected value at `pointer`.
    public init(_ value: JSONValue?, at pointer: JSONPointer? = nil) {
        self.value = value
        self.pointer = pointer
    }
}
