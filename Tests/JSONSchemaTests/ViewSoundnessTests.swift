import JSONDocument
import JSONSchema
import TestKit
import Testing

/// What a view says about a schema, compared with what the compiled schema accepts.
@Suite("Views and verdicts")
struct ViewSoundnessTests {
    /// Values of every kind.
    private static let samples: [JSONValue] = [
        .null, true, false, 0, 1, 7, -3, "", "a", "b", "abc", "text", [], [1], ["a", "b"], [:], ["p": 1],
        ["p": "a", "q": "b"], ["p": [:], "q": [], "r": true], ["t": "a"], ["t": "b", "p": 2],
    ]

    private struct Judged {
        let view: SchemaView
        let compiled: CompiledSchema
        let text: String

        init(_ schema: JSONValue) throws {
            text = schema.text
            var documents = SchemaDocuments()
            documents.add(
                try JSONDocument(parsing: text), uri: "test:///schema.json", file: "schema.json",
                dialect: .draft202012)
            let store = SchemaStore(documents)
            let place = SchemaPlace(uri: "test:///schema.json", pointer: .root)
            view = try #require(store.view(place))
            compiled = try store.compiled(place)
        }

        func accepts(_ value: JSONValue) -> Bool {
            compiled.isValid(JSONDocument(value).root, ValidationOptions()) == .valid
        }
    }

    private static func schemas(_ seed: Int) -> [JSONValue] {
        var random = SplitMix(seed: seed)
        return (0..<12).map { _ in TestKit.SchemaMaker.schema(&random, depth: 3) }
    }

    @Test("a schema accepts only values of the kinds of its view", arguments: 0..<20)
    func kinds(seed: Int) throws {
        var accepted = 0
        let half = try #require(JSONNumber("0.5"))
        for schema in Self.schemas(seed) {
            let judged = try Judged(schema)
            for value in Self.samples where judged.accepts(value) {
                accepted += 1
                #expect(judged.view.allows(value.kind), "\(value.text) by \(judged.text)")
                #expect(judged.view.kinds?.contains(value.kind) ?? true, "\(value.text) by \(judged.text)")
            }
            if judged.view.integerOnly {
                #expect(!judged.accepts(.number(half)), "0.5 by \(judged.text)")
            }
        }
        #expect(accepted > 8, "only \(accepted) values are valid")
    }

    @Test("an object without a required name is invalid", arguments: 20..<40)
    func required(seed: Int) throws {
        for schema in Self.schemas(seed) {
            let judged = try Judged(schema)
            for name in judged.view.requiredNames {
                // `required` has no effect on members that the direction of the message excludes.
                let isDirected = judged.view.property(name).map { $0.isReadOnly || $0.isWriteOnly } ?? false
                for value in Self.samples where value.kind == .object && value[name] == nil && !isDirected {
                    #expect(!judged.accepts(value), "\(value.text) without '\(name)' by \(judged.text)")
                }
            }
        }
    }

    @Test("a schema without additional members rejects undeclared ones", arguments: 40..<60)
    func additional(seed: Int) throws {
        for schema in Self.schemas(seed) where schema["oneOf"] == nil && schema["anyOf"] == nil {
            let judged = try Judged(schema)
            guard !judged.view.allowsAdditional else { continue }
            for value in Self.samples where value.kind == .object {
                var extended = value
                extended["undeclared"] = 1
                #expect(!judged.accepts(extended), "\(extended.text) by \(judged.text)")
            }
        }
    }

    @Test("the values of an enumeration are the only valid ones", arguments: 60..<70)
    func enumeration(seed: Int) throws {
        for schema in Self.schemas(seed) where schema["oneOf"] == nil && schema["anyOf"] == nil {
            let judged = try Judged(schema)
            let values = judged.view.enumeration.map(\.value)
            guard !values.isEmpty else { continue }
            for value in Self.samples where judged.accepts(value) {
                #expect(values.contains(value), "\(value.text) by \(judged.text)")
            }
        }
    }

    @Test("a member that its view rejects makes the object invalid", arguments: 70..<90)
    func members(seed: Int) throws {
        for schema in Self.schemas(seed) where schema["oneOf"] == nil && schema["anyOf"] == nil {
            let judged = try Judged(schema)
            for name in judged.view.propertyNames {
                guard let member = judged.view.property(name), let kinds = member.kinds else { continue }
                for value in Self.samples where value.kind == .object {
                    for inner in Self.samples where !kinds.contains(inner.kind) {
                        var changed = value
                        changed[name] = inner
                        #expect(!judged.accepts(changed), "\(changed.text) by \(judged.text)")
                    }
                }
            }
        }
    }
}
