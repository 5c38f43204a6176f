internal import Diagnostics
internal import JSONDocument

/// Reads YAML 1.2 with the core schema into the same tree as JSON.
enum YAMLSource {
    /// Returns the only document of a YAML text.
    static func document(in bytes: [UInt8], path: String, limits: SourceLimits) throws(SourceError) -> SourceFile {
        let stream = try YAMLEventReader.stream(in: bytes, path: path, limits: limits, keeping: 1)
        guard let document = stream.documents.first else {
            throw SourceError(
                Diagnostic(
                    "source.empty",
                    .error,
                    "'\(path)' contains no value",
                    at: SourceLocation(file: path, line: 1, column: 1),
                    help: "fill it, or remove it where it is optional"
                )
            )
        }
        if let second = stream.second {
            throw SourceError(
                Diagnostic(
                    "source.several-documents",
                    .error,
                    "a second YAML document starts here, but a file can contain only one",
                    at: SourceLocation(file: path, line: second.line, column: second.column),
                    help: "move each document into a file of its own"
                )
            )
        }
        let read = try YAMLComposer.document(document, path: path, limits: limits)
        return SourceFile(path: path, document: read.document, bytes: bytes, diagnostics: read.problems)
    }

    /// Returns every document of a YAML text.
    static func documents(
        in bytes: [UInt8],
        path: String,
        limits: SourceLimits
    ) throws(SourceError) -> [JSONDocument] {
        let stream = try YAMLEventReader.stream(in: bytes, path: path, limits: limits, keeping: .max)
        var documents: [JSONDocument] = []
        for document in stream.documents {
            let read = try YAMLComposer.document(document, path: path, limits: limits)
            guard !Diagnostics(read.problems).hasErrors else { throw SourceError(read.problems) }
            documents.append(read.document)
        }
        return documents
    }
}
