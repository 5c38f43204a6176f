import Diagnostics
import JSONDocument
import JSONSchema
package import OpenAPI
import Scenarios
import SourceText

/// Finds the operation or schema that inputs are judged by.
struct ValidateMeasures {
    let workspace: Workspace
    let request: ValidateRequest

    /// The operation and its contract.
    func operation() throws(HarnessError) -> (Contract, Operation) {
        let contract = try contract()
        return (contract, try contract.operation(named: request.operation ?? ""))
    }

    /// The compiled schema, and its place.
    func schema() throws(HarnessError) -> (CompiledSchema, Schema) {
        let reference = request.schema ?? ""
        let (schema, found) = try find(reference)
        guard let schema else {
            throw .wrongInput(
                "validate.unknown-schema", "the document has nothing at '\(reference)'",
                help: "write a name under components/schemas, or a pointer such as #/components/schemas/Thing")
        }
        do {
            let compiled = try schema.compiled()
            guard compiled.isUnusable else { return (compiled, schema) }
            throw unusable(compiled.unusable, found)
        } catch let error as SchemaCompilationError {
            throw unusable(error.diagnostics, found)
        } catch let error as HarnessError {
            throw error
        } catch {
            throw unusable([], found)
        }
    }

    /// Adds the diagnostics of the reader: they explain unresolvable references better than those of the compiler.
    private func unusable(_ problems: [Diagnostic], _ found: [Diagnostic]) -> HarnessError {
        let more = found.filter { one in
            one.severity == .error && !problems.contains { $0.location == one.location }
        }
        return HarnessError(.wrongInput, Diagnostics(problems + more))
    }

    private func find(_ reference: String) throws(HarnessError) -> (Schema?, [Diagnostic]) {
        if let spec = request.contracts.spec {
            let document = workspace.documentReader(for: spec, allowing: request.contracts.allowedFolders)
            let (reader, file) = (document.reader, document.file)
            let source: SourceFile
            do {
                source = try reader.read(file)
            } catch {
                throw HarnessError(.wrongInput, Diagnostics(error.diagnostics))
            }
            if !SchemaDocument.isOpenAPI(source) {
                let document = SchemaDocument.load(source, given: try given(), reader: reader)
                return (document.schema(reference), document.diagnostics)
            }
        }
        let contract = try contract()
        return (contract.schema(reference), contract.diagnostics)
    }

    private func contract() throws(HarnessError) -> Contract {
        var choice = request.contracts
        choice.given = try given()
        let loaded = try workspace.contracts(choice)
        guard let contract = loaded.contracts.defaultContract else {
            throw .wrongInput("usage.no-contract", "no OpenAPI document is given or configured")
        }
        return contract
    }

    /// The documents of `--documents`.
    private func given() throws(HarnessError) -> [GivenDocument] {
        guard let path = request.documents else { return [] }
        func wrong(_ message: String, line: Int = 1, column: Int = 1) -> HarnessError {
            HarnessError(
                .wrongInput,
                Diagnostics([
                    Diagnostic(
                        "validate.documents", .error, message,
                        at: SourceLocation(file: path, line: line, column: column),
                        help: "write one JSON object: {\"https://…/one.json\": {…}, …}")
                ]))
        }
        let bytes = try InputFile.bytes(of: path)
        do {
            let root = try JSONDocument(parsing: bytes).root
            guard root.kind == .object else { throw wrong("the file of documents is not a JSON object") }
            return root.members.map { GivenDocument(uri: $0.name, document: JSONDocument($0.value.value)) }
        } catch let error as JSONSyntaxError {
            throw wrong(
                "the file of documents is not valid JSON: \(error.message)", line: error.position.line,
                column: error.position.column)
        } catch let error as HarnessError {
            throw error
        } catch {
            throw wrong("\(error)")
        }
    }
}

extension Contract {
    /// The operation with this name: an operationId, `METHOD /path/{template}` in any case of the method, or a method
    /// and an actual path.
    ///
    /// - Throws: `HarnessError` (exit 2) with the nearest name when no operation has this name.
    package func operation(named name: String) throws(HarnessError) -> Operation {
        if let operation = operation(name) ?? routed(name) { return operation }
        let names = operations.map(\.name)
        throw .wrongInput(
            "validate.unknown-operation", "the document has no operation '\(name)'",
            help: nearestName(to: name, among: names + operations.map(\.key)).map { "did you mean `\($0)`?" }
                ?? (names.isEmpty ? nil : "the operations are \(names.prefix(20).joined(separator: ", "))"))
    }

    private func routed(_ text: String) -> Operation? {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let (method, path) = (parts[0].uppercased(), String(parts[1]))
        if let operation = operation("\(method) \(path)") { return operation }
        guard case .operation(let operation, _) = route(method: method, path: path) else { return nil }
        return operation
    }
}
