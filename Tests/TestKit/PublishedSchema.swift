import Diagnostics
import Foundation
import JSONDocument
import JSONSchema
import Testing

/// A JSON Schema of a report, in `docs`.
public struct PublishedSchema: Sendable {
    private let schema: CompiledSchema

    /// Reads `docs/NAME.schema.json`, and `docs/report.schema.json`, to which others refer.
    public init(_ name: String) throws {
        var documents = SchemaDocuments()
        for file in Set([name, "report"]).map({ "\($0).schema.json" }) {
            documents.add(
                try JSONDocument(parsing: Array(try Repository.text("docs/\(file)").utf8)), uri: "file:///\(file)",
                file: file, dialect: .draft202012)
        }
        schema = try SchemaStore(documents).compiled(
            SchemaPlace(uri: "file:///\(name).schema.json", pointer: .root))
        #expect(schema.notes.map(\.message) == [])
    }

    /// The violations of the schema in a report, undocumented members included.
    public func problems(_ report: String) throws -> [String] {
        let result = schema.validate(try JSONDocument(parsing: report).root)
        return result.issues.map { "\($0.pointer) \($0.message)" } + result.undeclared.map { "\($0) is not documented" }
    }
}
