import JSONDocument
import OpenAPI

/// The operations on the same resource as another one, found without reading all operations for each.
struct OperationNeighbours {
    /// The keys of the operations on each path.
    private var keys: [String: Set<String>] = [:]
    /// Every path that continues in another path behind a slash.
    private var continued: Set<String> = []
    /// The operations by their path up to its last expression.
    private var items: [Substring: [Operation]] = [:]
    /// The operations with only one path parameter, by its name.
    private var parameters: [JSONNameKey: [Operation]] = [:]

    init(_ operations: [Operation]) {
        for operation in operations {
            keys[operation.path, default: []].insert(operation.key)
            for slash in operation.path.utf8.indices where operation.path.utf8[slash] == UInt8(ascii: "/") {
                continued.insert(String(operation.path[..<slash]))
            }
            items[Self.item(of: operation.path), default: []].append(operation)
            let own = operation.parameters.filter { $0.place == .path }
            if own.count == 1 { parameters[JSONNameKey(own[0].name), default: []].append(operation) }
        }
    }

    /// Whether other operations have the same path, or one below it.
    func isShared(_ operation: Operation) -> Bool {
        continued.contains(operation.path) || keys[operation.path]?.contains { $0 != operation.key } ?? false
    }

    /// The operations on the item of a path: on the path itself, or on a verb below it without a parameter; in the order
    /// of the document.
    func onItem(_ path: String) -> [Operation] {
        (items[Self.item(of: path)] ?? []).filter { $0.path.hasPrefix(path) }
    }

    /// The operations whose only path parameter has this name, in the order of the document.
    func withOnlyParameter(_ name: String) -> [Operation] { parameters[JSONNameKey(name)] ?? [] }

    private static func item(of path: String) -> Substring {
        path.utf8.lastIndex(of: UInt8(ascii: "}")).map { path[...$0] } ?? path[..<path.startIndex]
    }
}
