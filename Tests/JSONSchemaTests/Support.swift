import Diagnostics
import JSONDocument
import JSONSchema
import Testing

/// Compiles the schema `text`, which stands alone in `schema.json`.
func compile(_ text: String, _ dialect: SchemaDialect = .draft202012) throws -> CompiledSchema {
    var documents = SchemaDocuments()
    documents.add(try JSONDocument(parsing: text), uri: "test:///schema.json", file: "schema.json", dialect: dialect)
    return try SchemaStore(documents).compiled(SchemaPlace(uri: "test:///schema.json", pointer: .root))
}

/// Compiles the schema at `pointer` of a document that is handed over as text.
func compile(
    document text: String, at pointer: String, _ dialect: SchemaDialect = .openAPI30
) throws -> CompiledSchema {
    var documents = SchemaDocuments()
    documents.add(try JSONDocument(parsing: text), uri: "test:///api.json", file: "api.json", dialect: dialect)
    let pointer = try #require(JSONPointer(pointer))
    return try SchemaStore(documents).compiled(SchemaPlace(uri: "test:///api.json", pointer: pointer))
}

/// The errors of a schema, as `line:column severity message`; empty when there are none.
func problems(_ text: String, _ dialect: SchemaDialect = .draft202012) throws -> [String] {
    do {
        return try compile(text, dialect).notes.filter { $0.severity == .error }.map(\.line)
    } catch let error as SchemaCompilationError {
        return error.diagnostics.map(\.line)
    }
}

/// What is wrong or odd in a schema, as `line:column severity message`.
func notes(_ text: String, _ dialect: SchemaDialect = .draft202012) throws -> [String] {
    try compile(text, dialect).notes.map(\.line)
}

extension Diagnostic {
    fileprivate var line: String {
        let place = location.map { "\($0.line):\($0.column) " } ?? ""
        return "\(place)\(severity.rawValue) \(message)"
    }
}

extension CompiledSchema {
    func report(_ text: String, _ options: ValidationOptions = ValidationOptions()) throws -> SchemaReport {
        validate(try JSONDocument(parsing: text).root, options)
    }

    func outcome(_ text: String, _ options: ValidationOptions = ValidationOptions()) throws -> SchemaOutcome {
        isValid(try JSONDocument(parsing: text).root, options)
    }

    /// The issues as `pointer keyword: message`.
    func issues(_ text: String, _ options: ValidationOptions = ValidationOptions()) throws -> [String] {
        try report(text, options).issues.map(\.line)
    }
}

extension SchemaIssue {
    var line: String { "\(pointer) \(keyword): \(message)" }
}
