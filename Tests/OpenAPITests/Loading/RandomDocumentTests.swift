import Diagnostics
import JSONDocument
import OpenAPI
import TestKit
import Testing

/// Properties of every document that can be loaded, tested with random documents.
@Suite("Random documents")
struct RandomDocumentTests {
    private static func service(_ number: Int) -> JSONValue {
        var random = RandomService(number)
        return random.document(collections: 3)
    }

    @Test("a correct document is loaded without errors", arguments: 0..<10)
    func correct(number: Int) throws {
        var random = RandomContract(number)
        for text in [random.document(operations: 3), Self.service(number).text] {
            let errors = try Contract.load(text: text).check().filter { $0.severity == .error }
            #expect(errors.map(\.testLine) == [])
        }
    }

    @Test("compact JSON and indented JSON are the same contract", arguments: 0..<6)
    func layouts(number: Int) throws {
        let document = Self.service(number)
        let (compact, pretty) = (
            try Contract.load(text: document.text), try Contract.load(text: document.text(.pretty))
        )
        #expect(compact.operations.map(\.name) == pretty.operations.map(\.name))
        for (one, other) in zip(compact.operations, pretty.operations) {
            #expect(one.parameters.map(\.name) == other.parameters.map(\.name))
            #expect(one.responses.map(\.statusKey) == other.responses.map(\.statusKey))
            #expect(one.requestBody?.isRequired == other.requestBody?.isRequired)
        }
    }

    @Test("every operation is found by its method and path, and no other", arguments: 0..<10)
    func routed(number: Int) throws {
        let contract = try Contract.load(text: Self.service(number).text)
        #expect(contract.operations.count >= 9)
        for operation in contract.operations {
            let path = operation.path.description.replacing("{id}", with: "7")
            guard case .operation(let found, let values) = contract.route(method: operation.method, path: path) else {
                Issue.record("\(operation.method) \(path) is not found")
                continue
            }
            #expect(found.name == operation.name)
            #expect(values.map(\.text) == (operation.path.description.contains("{id}") ? ["7"] : []))
        }
        guard case .unknownPath = contract.route(method: "GET", path: "/none/7/8") else {
            Issue.record("a path of three segments is found")
            return
        }
    }

    @Test("a document cut at any place is rejected with findings, or loaded", arguments: 0..<10)
    func cut(number: Int) throws {
        let bytes = Array(Self.service(number).text(.pretty).utf8)
        var random = SplitMix(seed: number)
        for _ in 0..<12 {
            let text = String(decoding: bytes.prefix(random.number(below: bytes.count)), as: UTF8.self)
            for line in try findings(text) { #expect(!line.isEmpty) }
        }
    }

    @Test("a document with a value of another type somewhere is reported or loaded, never more", arguments: 0..<12)
    func mutated(number: Int) throws {
        var random = SplitMix(seed: number)
        for _ in 0..<6 {
            var document = Self.service(number)
            Self.mutate(&document, &random)
            for line in try findings(document.text) { #expect(!line.isEmpty) }
        }
    }

    /// Replaces one value somewhere by a value of another type.
    private static func mutate(_ value: inout JSONValue, _ random: inout SplitMix) {
        let others: [JSONValue] = [.null, true, 7, "text", [], [:], ["$ref": "#/nowhere"], -1.5, ["a": ["b": []]]]
        switch value {
        case .object(var object) where !object.isEmpty && !random.once(in: 6):
            let name = random.pick(object.names)
            var member = object[name] ?? .null
            mutate(&member, &random)
            object[name] = member
            value = .object(object)
        case .array(var elements) where !elements.isEmpty && !random.once(in: 6):
            let index = random.number(below: elements.count)
            mutate(&elements[index], &random)
            value = .array(elements)
        default: value = random.pick(others)
        }
    }
}
