import Diagnostics
import Foundation
import JSONDocument
package import JSONSchema

/// A JSON Schema that does not belong to a contract.
package enum StoredSchema {
    /// The schema in a file.
    package static func compiled(_ file: String, isOpenAPI30: Bool = false) throws -> CompiledSchema {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        return try compiled(bytes, file: file, dialect: isOpenAPI30 ? .openAPI30 : .draft202012)
    }

    /// A schema of JSON Schema 2020-12.
    static func compiled(text: String) throws -> CompiledSchema {
        try compiled(Array(text.utf8), file: "schema.json", dialect: .draft202012)
    }

    private static func compiled(_ bytes: [UInt8], file: String, dialect: SchemaDialect) throws -> CompiledSchema {
        var documents = SchemaDocuments()
        documents.add(try JSONDocument(parsing: bytes), uri: "file:///schema.json", file: file, dialect: dialect)
        do {
            return try SchemaStore(documents).compiled(SchemaPlace(uri: "file:///schema.json", pointer: .root))
        } catch {
            throw BenchError("the schema cannot be compiled: \(error.diagnostics.map(\.message))")
        }
    }
}
