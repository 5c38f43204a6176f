import OpenAPI
import Scenarios
import TestKit

/// A member of a body or a parameter, with values that its schema allows.
struct RandomField {
    var name: String
    var schema: String
    /// Values as they are written without quotes; none holds a `;`, a blank at an end, or a quote at its start.
    var values: [String]

    /// The path of a body member of this name.
    var path: String {
        let isPlain = name.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || $0 == "_" || ("0"..."9").contains($0)
        }
        if ["status", "time"].contains(name) { return "body.\(name)" }
        return isPlain ? name : "['\(name.replacing("'", with: "''"))']"
    }
}

/// A contract of random operations, and what tables may say about them.
struct RandomContract {
    var operations: [(id: String, path: RandomField?, query: [RandomField], body: [RandomField])] = []
    private(set) var contracts = Contracts([])

    init(_ numbers: inout SplitMix) throws {
        let names = [
            "id", "amount", "odd.name", "a b", "it's", "status", "time", "é", "x_1", "kind", "flag", "\u{65}\u{301}t",
        ]
        for index in 0..<Int.random(in: 1...3, using: &numbers) {
            let body = names.shuffled(using: &numbers).prefix(Int.random(in: 0...5, using: &numbers))
            operations.append(
                (
                    "op\(index)",
                    numbers.once(in: 2)
                        ? RandomField(name: "key", schema: #"{"type":"string"}"#, values: ["k1", "0/1"]) : nil,
                    numbers.once(in: 2) ? [Self.field("q", &numbers)] : [], body.map { Self.field($0, &numbers) }
                ))
        }
        contracts = try load()
    }

    private static func field(_ name: String, _ numbers: inout SplitMix) -> RandomField {
        switch Int.random(in: 0..<6, using: &numbers) {
        case 0:
            RandomField(
                name: name, schema: #"{"type":"string"}"#,
                values: [
                    "x", "007", "a,b", "O'Brien", "é\u{301}", "\"q\"", "=1", "<x", "a  b", "#1", "1E5", "-", "{{uuid}}",
                    "{{random:4}}-x", "{{uuid:n}}",
                ])
        case 1: RandomField(name: name, schema: #"{"type":"integer"}"#, values: ["0", "-7", "12345678901234567890"])
        case 2:
            RandomField(name: name, schema: #"{"type":"number","nullable":true}"#, values: ["100.50", "1e2", "null"])
        case 3: RandomField(name: name, schema: #"{"type":"boolean"}"#, values: ["true", "false"])
        case 4:
            RandomField(name: name, schema: #"{"type":"string","enum":["A","b c","01"]}"#, values: ["A", "b c", "01"])
        default: RandomField(name: name, schema: #"{"description":"anything"}"#, values: ["7", "true", "x"])
        }
    }

    private func load() throws -> Contracts {
        func quoted(_ text: String) -> String { "\"\(text.replacing("\"", with: "\\\""))\"" }
        let paths = operations.map { operation -> String in
            let parameters =
                (operation.path.map { [("path", $0)] } ?? []) + operation.query.map { ("query", $0) }
            let written = parameters.map { place, field in
                "{\"name\":\(quoted(field.name)),\"in\":\"\(place)\",\"required\":\(place == "path"),\"schema\":\(field.schema)}"
            }
            let members = operation.body.map { "\(quoted($0.name)):\($0.schema)" }.joined(separator: ",")
            let object = "{\"type\":\"object\",\"properties\":{\(members)}}"
            let content = "{\"application/json\":{\"schema\":\(object)}}"
            let body = operation.body.isEmpty ? "" : "\"requestBody\":{\"content\":\(content)},"
            return """
                "/\(operation.id)\(operation.path == nil ? "" : "/{key}")":{"post":{"operationId":"\(operation.id)",\
                "parameters":[\(written.joined(separator: ","))],\(body)\
                "responses":{"200":{"description":"d","content":\(content)},"4XX":{"description":"e"}}}}
                """
        }
        let document =
            #"{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{\#(paths.joined(separator: ","))}}"#
        return Contracts([try Contract.load(text: document, name: "1", file: "r.json")])
    }
}
