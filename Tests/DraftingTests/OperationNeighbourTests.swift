import OpenAPI
import TestKit
import Testing

@testable import Drafting

/// The neighbours of an operation, and names, found in one step: equal to what a search of all of them finds.
@Suite("Neighbours of operations")
struct OperationNeighbourTests {
    /// A document with random paths, of which many continue in others.
    private static func contract(_ random: inout SplitMix) throws -> Contract {
        let segments = ["/a", "/b", "/{id}", "/{code}", "/{id}.json", "/{a}:close"]
        var paths: Set<String> = []
        for _ in 0..<12 {
            let depth = 1 + random.number(below: 3)
            paths.insert((0..<depth).map { _ in random.pick(segments) }.joined())
        }
        let items = paths.sorted().map { path in
            let methods = ["get", "put", "delete"].filter { _ in random.number(below: 2) == 0 } + ["post"]
            let names = path.split(separator: "{").dropFirst().compactMap { $0.split(separator: "}").first }
            let parameters = Set(names).sorted().map { "{name: \($0), in: path, required: true, schema: {}}" }
            let operations = methods.map { "\($0): {responses: {'200': {description: ok}}}" }
            return "  '\(path)': {parameters: [\(parameters.joined(separator: ", "))], "
                + operations.joined(separator: ", ") + "}"
        }
        return try Drafts.contract(
            "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n" + items.joined(separator: "\n") + "\n")
    }

    @Test("neighbours are those that a search of all operations finds", arguments: 1...20)
    func neighbours(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let operations = try Self.contract(&random).operations
        let neighbours = OperationNeighbours(operations)
        for operation in operations {
            let path = operation.path
            let isShared = operations.contains {
                $0.key != operation.key && ($0.path == path || $0.path.hasPrefix(path + "/"))
            }
            #expect(neighbours.isShared(operation) == isShared, "\(operation.key)")
            guard ResourceLinks.isItem(path) else { continue }
            let onItem = operations.filter { $0.path.hasPrefix(path) && !$0.path.dropFirst(path.count).contains("{") }
            #expect(neighbours.onItem(path).map(\.key) == onItem.map(\.key), "\(path)")
        }
        for name in ["id", "code", "a", "other"] {
            let only = operations.filter {
                let own = $0.parameters.filter { $0.place == .path }
                return own.count == 1 && own[0].name == name
            }
            #expect(neighbours.withOnlyParameter(name).map(\.key) == only.map(\.key))
        }
    }

    @Test("a name in use gets the lowest number that makes it unique", arguments: 1...10)
    func uniqueNames(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var names = UsedNames()
        var used: Set<String> = []
        for _ in 0..<200 {
            let name = random.pick(["a", "b", "a-2", "a-3", "a-2-2", "b-10"])
            let candidates = [name] + (2...300).map { "\(name)-\($0)" }
            let expected = candidates.first { !used.contains($0) }
            #expect(names.unique(name) == expected)
            used.insert(expected ?? "")
        }
    }

    @Test("operations whose tags are the same word share a table, in the order of the document")
    func groups() throws {
        let operations = [("get", "Order Lines"), ("put", "other"), ("post", "orderLines"), ("patch", "order-lines")]
        let text = operations.map { method, tag in
            "\(method): {operationId: \(method), tags: ['\(tag)'], responses: {'200': {description: ok}}}"
        }
        var drafter = TableDrafter(try Drafts.contract(Drafts.document(text.joined(separator: "\n    "))))
        let tables = drafter.tables()
        #expect(tables.map(\.path) == ["scenarios/order-lines.csv", "scenarios/other.csv"])
        #expect(tables[0].scenarios.flatMap(\.rows).map(\.call).prefix(3) == ["get", "post", "patch"])
    }
}
