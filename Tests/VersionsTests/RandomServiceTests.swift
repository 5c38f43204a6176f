import JSONDocument
import OpenAPI
import TestKit
import Testing

@testable import Versions

/// Properties of `diff`, tested with random services.
@Suite struct RandomServiceTests {
    private func document(_ number: Int) -> JSONValue {
        var random = RandomService(number)
        return random.document(collections: 2)
    }

    private func contract(_ document: JSONValue) throws -> Contract { try Contract.load(text: document.text) }

    @Test(
        "a service compared with itself has no changes, whatever the order of its members", arguments: 0..<12)
    func reflexive(number: Int) throws {
        let document = document(number)
        let contract = try contract(document)
        #expect(ids(ContractDiff.compare(contract, contract)) == [])
        let reversed = try self.contract(Self.reversed(document))
        #expect(ids(ContractDiff.compare(contract, reversed)) == [])
        #expect(ids(ContractDiff.compare(reversed, contract)) == [])
    }

    @Test("removals become additions when two versions are compared in reverse", arguments: 0..<12)
    func mirrored(number: Int) throws {
        let (old, new) = (try contract(document(number)), try contract(document(number + 500)))
        let forwards = ContractDiff.compare(old, new).changes
        let backwards = ContractDiff.compare(new, old).changes
        #expect(!forwards.isEmpty)
        #expect(forwards.map(\.rule.mirror).sorted() == backwards.map(\.rule.id).sorted())
    }

    @Test("an extension or another order of required names changes nothing", arguments: 0..<10)
    func cosmetic(number: Int) throws {
        let old = document(number)
        var new = old
        for path in old["paths"]?.object?.members ?? [] {
            for operation in path.value.object?.members ?? [] {
                new["paths"]?[path.name]?[operation.name]?["x-internal"] = "other"
                new["paths"]?[path.name]?[operation.name]?["x-tags"] = ["a", "b"]
            }
        }
        for schema in old["components"]?["schemas"]?.object?.members ?? [] {
            guard let required = schema.value["required"]?.elements else { continue }
            new["components"]?["schemas"]?[schema.name]?["required"] = .array(required.reversed())
        }
        #expect(ids(ContractDiff.compare(try contract(old), try contract(new))) == [])
    }

    @Test("added and removed operations are reported", arguments: 0..<10)
    func operations(number: Int) throws {
        let old = document(number)
        var new = old
        let paths = try #require(old["paths"]?.object)
        let path = try #require(paths.names.first { $0.hasSuffix("{id}") })
        var rest = paths
        rest[path] = nil
        new["paths"] = .object(rest)
        let removed = ContractDiff.compare(try contract(old), try contract(new)).changes
        let methods = try #require(paths[path]?.object?.count)
        #expect(removed.count == methods)
        #expect(
            removed.allSatisfy { $0.rule.id.contains("operation") && $0.rule.id.contains("removed") },
            "\(removed.map(\.rule.id))")
        let added = ContractDiff.compare(try contract(new), try contract(old)).changes
        #expect(added.count == methods)
        #expect(
            added.allSatisfy { $0.rule.id.contains("operation") && $0.rule.id.contains("added") },
            "\(added.map(\.rule.id))")
    }

    /// The same document with the members of every object in reverse order.
    private static func reversed(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object): .object(JSONObject(object.members.reversed().map { ($0.name, reversed($0.value)) }))
        case .array(let elements): .array(elements.map(reversed))
        default: value
        }
    }
}
