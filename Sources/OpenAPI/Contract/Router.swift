internal import JSONDocument
import Primitives

/// Finds the operation for a method and a path, or for a name.
struct Router: Sendable {
    private struct Entry: Sendable {
        var template: PathTemplate
        var routed: RoutedTemplate
        var operations: [Operation]

        init(template: PathTemplate, operations: [Operation]) {
            self.template = template
            self.operations = operations
            routed = operations.first?.template ?? RoutedTemplate(template)
        }
    }

    /// Entries by number of segments, the most concrete first (OpenAPI 3.1, section 4.8.8.2).
    private var entries: [Int: [Entry]] = [:]
    /// The first operation with each operationId.
    private var byID: [JSONNameKey: Operation] = [:]
    /// The first operation with each method and path template.
    private var byKey: [JSONNameKey: Operation] = [:]

    init(_ operations: [Operation]) {
        byID.reserveCapacity(operations.count)
        byKey.reserveCapacity(operations.count)
        for operation in operations.reversed() {
            if let id = operation.id { byID[JSONNameKey(id)] = operation }
            byKey[JSONNameKey(operation.key)] = operation
        }
        var order: [(path: String, operations: [Operation])] = []
        var indexes: [JSONNameKey: Int] = [:]
        indexes.reserveCapacity(operations.count)
        for operation in operations {
            let path = JSONNameKey(operation.path)
            if let index = indexes[path] {
                order[index].operations.append(operation)
            } else {
                indexes[path] = order.count
                order.append((operation.path, [operation]))
            }
        }
        for (path, operations) in order {
            guard let template = try? PathTemplate(path) else { continue }
            entries[template.segments.count, default: []].append(Entry(template: template, operations: operations))
        }
        for count in entries.keys {
            let ranked = entries[count]?.enumerated().map { ($0.offset, $0.element.template.concreteness, $0.element) }
            let sorted = ranked?.sorted { left, right in
                left.1 == right.1 ? left.0 < right.0 : right.1.lexicographicallyPrecedes(left.1)
            }
            entries[count] = sorted?.map(\.2)
        }
    }

    /// The operation with this operationId, or with this method and path template.
    func operation(named name: String) -> Operation? {
        let name = JSONNameKey(name)
        return byID[name] ?? byKey[name]
    }

    func route(method: String, path: String) -> Route {
        guard path.utf8.first == UInt8(ascii: "/") else { return .unknownPath }
        let segments = Array(path.utf8.dropFirst())
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        var methods: [String] = []
        var shape: [[PathTemplate.Piece]]?
        for entry in entries[segments.count] ?? [] where shape == nil || entry.template.shape == shape {
            guard let values = entry.routed.values(in: segments) else { continue }
            if let operation = entry.operations.first(where: { $0.method.equalsIgnoringASCIICase(method) }) {
                guard entry.routed.isAmbiguous else { return .operation(operation, pathValues: values) }
                return .operation(operation, pathValues: operation.fitting(entry.routed.splits(of: segments)) ?? values)
            }
            // The first template that matches is the path; only templates of the same shape may still have the method.
            methods += entry.operations.map(\.method)
            shape = entry.template.shape
        }
        return shape == nil ? .unknownPath : .methodNotAllowed(methods)
    }
}

/// The result of matching a method and a path against a contract.
public enum Route: Sendable {
    /// An operation, and the text for each expression of its path template, still percent-encoded.
    case operation(Operation, pathValues: [(name: String, text: String)])
    /// The path exists but not with this method; lists the available methods in the order of the document.
    case methodNotAllowed([String])
    /// No path template matches.
    case unknownPath
}
