import Conformance
import Diagnostics
import Foundation
import Harness
import JSONDocument
import JSONSchema
import TestKit
import Testing

/// A document in a folder of its own, and inputs judged by it.
struct ValidateBench {
    static func run(
        _ document: String,
        _ inputs: [(name: String, text: String)],
        bytes: [String: [UInt8]] = [:],
        _ change: (inout ValidateRequest) -> Void
    ) throws -> ValidateResult {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("validate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try document.write(to: root.appendingPathComponent("spec.yaml"), atomically: true, encoding: .utf8)
        var request = ValidateRequest()
        request.contracts.spec = "spec.yaml"
        request.inputs = inputs.map(\.name)
        change(&request)
        if let documents = request.documents {
            let path = root.appendingPathComponent("map.json")
            try documents.write(to: path, atomically: true, encoding: .utf8)
            request.documents = path.path
        }
        let session = try ValidateSession(try Workspace.open(root.path), request)
        return session.judge { name in bytes[name] ?? Array((inputs.first { $0.name == name }?.text ?? "").utf8) }
    }

    /// The rules found, errors first as they are and lesser ones with their severity.
    static func told(_ result: ValidateResult) -> [String] {
        result.results.map { result in
            let rules = result.findings.map { finding in
                let place = finding.response.map { "@\($0.description)" } ?? ""
                return (finding.severity == .error ? "" : "\(finding.severity.rawValue) ") + finding.rule + place
            }
            return ([result.outcome.rawValue] + rules).joined(separator: " ")
        }
    }
}

@Suite("Validating values by hand", .inTurn) struct ValidateValueTests {
    static let schema = """
        $schema: https://json-schema.org/draft/2020-12/schema
        $defs:
          Thing:
            type: object
            required: [id, secret]
            properties:
              id: { type: integer, readOnly: true }
              secret: { type: string, writeOnly: true }
              mail: { type: string, format: email }
              price: { $ref: 'https://money.example/price.json#/$defs/Price' }
        """

    private func judge(
        _ values: [String], _ change: (inout ValidateRequest) -> Void = { _ in }
    ) throws -> [String] {
        let inputs = values.enumerated().map { ("v\($0.offset).json", $0.element) }
        return ValidateBench.told(
            try ValidateBench.run(Self.schema, inputs) { request in
                request.schema = "#/$defs/Thing"
                request.documents = #"{"https://money.example/price.json": {"$defs": {"Price": {"type": "number"}}}}"#
                change(&request)
            })
    }

    @Test("values pass or fail with the place that is wrong")
    func values() throws {
        #expect(
            try judge([#"{"id": 1}"#, #"{"id": "1"}"#, "{}", #"{"id": 1"#, "", #"{"id": 1, "id": 2}"#]) == [
                "passed", "failed body.type@/id", "failed body.required@/id", "failed body.json@body",
                "failed body.json@body", "failed body.duplicate-name@/id",
            ])
    }

    @Test("a document given by its address is what references lead to")
    func documents() throws {
        #expect(
            try judge([#"{"id": 1, "price": 2}"#, #"{"id": 1, "price": "2"}"#]) == [
                "passed", "failed body.type@/price",
            ])
    }

    @Test("the direction decides what readOnly and writeOnly mean")
    func direction() throws {
        let values = [#"{"id": 1}"#, #"{"secret": "s"}"#, #"{"id": 1, "secret": "s"}"#]
        #expect(
            try judge(values) == [
                "passed", "failed body.required@/id body.writeOnly@/secret", "failed body.writeOnly@/secret",
            ])
        #expect(
            try judge(values) { $0.direction = .request } == ["failed body.required@/secret", "passed", "passed"])
    }

    @Test("formats decide or only annotate")
    func formats() throws {
        let values = [#"{"id": 1, "mail": "nobody"}"#]
        #expect(try judge(values) == ["failed body.format@/mail"])
        #expect(try judge(values) { $0.formats = .annotate } == ["passed"])
    }

    @Test("an undeclared member is a warning that passes, and an error in strict mode")
    func strict() throws {
        let values = [#"{"id": 1, "more": 1}"#]
        #expect(try judge(values) == ["passed warning body.undeclared@/more"])
        #expect(try judge(values) { $0.isStrict = true } == ["failed body.undeclared@/more"])
    }

    @Test("lines are judged one by one, blank ones left out, each with its number")
    func lines() throws {
        let inputs = [("v.ndjson", "{\"id\": 1}\r\n\n{\"id\": \"x\"}\n  \n{\"id\": 3}")]
        let result = try ValidateBench.run(Self.schema, inputs) {
            $0.schema = "#/$defs/Thing"
            $0.documents = #"{"https://money.example/price.json": {"$defs": {"Price": {}}}}"#
        }
        #expect(result.results.map(\.line) == [1, 3, 5])
        #expect(ValidateBench.told(result) == ["passed", "failed body.type@/id", "passed"])
        #expect(
            result.results[1].findings[0].response == .body(JSONPointer(["id"]), .init(line: 3, column: 8, offset: 7)))
        #expect(result.exit == .findings)
    }

    @Test("an input of lines without any is wrong, not passed")
    func noLines() throws {
        let result = try ValidateBench.run("type: object", [("v.jsonl", "\n\n")]) { $0.schema = "#" }
        #expect(result.exit == .wrongInput)
        #expect(result.diagnostics.entries.map(\.rule) == ["validate.no-lines"])
    }

    @Test("a schema that cannot be compiled, or is not there, is wrong input")
    func unusable() throws {
        for (schema, pointer, rule) in [
            ("type: objekt", "#", "schema.keyword"),
            ("$ref: https://elsewhere.example/x.json", "#", "schema.remote"),
            ("type: object", "#/$defs/None", "validate.unknown-schema"),
        ] {
            let error = try #require(throws: HarnessError.self) {
                try ValidateBench.run(schema, [("v", "{}")]) { $0.schema = pointer }
            }
            #expect(error.exit == .wrongInput)
            #expect(error.diagnostics.entries.first?.rule == rule, "\(error.diagnostics.entries)")
        }
    }
}
