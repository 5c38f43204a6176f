internal import Diagnostics
internal import JSONDocument

/// Decides by content whether a text is JSON or YAML, and reads it.
enum SourceParser {
    /// Parses the text as a tree. Mistakes after which parsing continues are listed in the file's diagnostics.
    static func parse(_ input: [UInt8], path: String, limits: SourceLimits) throws(SourceError) -> SourceFile {
        guard input.count <= limits.maximumBytes else {
            throw SourceError(
                Diagnostic(
                    "source.too-large",
                    .error,
                    "the text is larger than the limit of \(limits.maximumBytes) bytes",
                    at: SourceLocation(file: path, line: 1, column: 1)
                )
            )
        }
        let bytes = try TextEncoding.utf8(input, path: path)
        guard looksLikeJSON(bytes) || isNamedJSON(path) && isComment(bytes[...]) else {
            var file = try YAMLSource.document(in: bytes, path: path, limits: limits)
            if isNamedJSON(path) {
                file.diagnostics.insert(notJSON("it is YAML", at: file.document.root.position, path), at: 0)
            }
            return file
        }
        let failure: JSONSyntaxError
        do {
            let document = try JSONDocument(parsing: bytes, limits: limits.json)
            return SourceFile(
                path: path, document: document, bytes: bytes, diagnostics: duplicates(in: document, path: path))
        } catch {
            failure = error
        }
        // YAML would read the comment as a part of a name or of a text.
        let hasComment = isNamedJSON(path) && isComment(rest(of: bytes, from: failure.position))
        guard failure.mayBeAnotherSyntax, !hasComment else { throw SourceError(failure.diagnostic(path: path)) }
        do {
            var file = try YAMLSource.document(in: bytes, path: path, limits: limits)
            if isNamedJSON(path) {
                file.diagnostics.insert(notJSON(failure.message, at: failure.position, path), at: 0)
            }
            return file
        } catch {
            // The text has neither syntax. The name of the file shows which one the author intended; otherwise it is most
            // likely that of the parser that got further.
            let json = failure.diagnostic(path: path)
            guard !isNamedJSON(path), let yaml = error.diagnostics.first?.location, let place = json.location,
                yaml > place
            else {
                throw SourceError(json)
            }
            throw error
        }
    }

    private static func isNamedJSON(_ path: String) -> Bool {
        path.utf8.suffix(5).map { $0 | 0x20 }.elementsEqual(".json".utf8.map { $0 | 0x20 })
    }

    /// Warns about a `.json` text that is only valid as YAML and that other programs will reject: a trailing comma,
    /// single quotes, unquoted names or comments.
    private static func notJSON(_ reason: String, at position: TextPosition, _ path: String) -> Diagnostic {
        Diagnostic(
            "source.json",
            .warning,
            "the file is not valid JSON, although it is named .json; it was read as YAML: \(reason)",
            at: SourceLocation(file: path, line: position.line, column: position.column),
            help: "fix the text, or rename the file to .yaml"
        )
    }

    private static func looksLikeJSON(_ bytes: [UInt8]) -> Bool {
        let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
        let first = bytes.first { !blanks.contains($0) }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    /// Whether a text begins with a comment of JavaScript, which JSON does not have (RFC 8259, section 2).
    private static func isComment(_ bytes: ArraySlice<UInt8>) -> Bool {
        let start = bytes.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }.prefix(2)
        return start.elementsEqual("//".utf8) || start.elementsEqual("/*".utf8)
    }

    /// The rest of a text's line from a position.
    private static func rest(of bytes: [UInt8], from position: TextPosition) -> ArraySlice<UInt8> {
        let lines = bytes.split(separator: 0x0A, maxSplits: position.line, omittingEmptySubsequences: false)
        guard lines.indices.contains(position.line - 1) else { return [] }
        let scalars = String(decoding: lines[position.line - 1], as: UTF8.self).unicodeScalars
        return Array(String(scalars.dropFirst(position.column - 1)).utf8)[...]
    }

    private static func duplicates(in document: JSONDocument, path: String) -> [Diagnostic] {
        document.duplicateNames.map { duplicate in
            DuplicateKey.diagnostic(
                name: duplicate.name,
                first: duplicate.first,
                second: duplicate.second,
                path: path
            )
        }
    }
}

/// The diagnostic for duplicate members of a mapping; without it, the later member would silently win.
enum DuplicateKey {
    static func diagnostic(name: String, first: TextPosition, second: TextPosition, path: String) -> Diagnostic {
        let place = SourceLocation(file: path, line: first.line, column: first.column)
        let lines =
            first.line == second.line
            ? "twice on line \(first.line)" : "on line \(first.line) and again on line \(second.line)"
        return Diagnostic(
            "source.duplicate-key",
            .error,
            "duplicate key '\(name)' \(lines)",
            at: SourceLocation(file: path, line: second.line, column: second.column),
            help: "remove one of the two, or merge them",
            related: [Diagnostic.Related("first here", at: place)]
        )
    }
}

extension JSONSyntaxError {
    /// Whether the text may still be valid in another syntax. A text that exceeds a limit exceeds it in any syntax.
    fileprivate var mayBeAnotherSyntax: Bool {
        switch reason {
        case .syntax, .trailingText, .unexpectedEnd: true
        default: false
        }
    }

    /// The error as a diagnostic for the file at `path`.
    func diagnostic(path: String) -> Diagnostic {
        let rule =
            switch reason {
            case .invalidUTF8, .otherEncoding, .loneSurrogate: "source.encoding"
            case .tooLarge: "source.too-large"
            case .tooDeep: "source.too-deep"
            case .tooManyValues: "source.too-many-values"
            default: "source.json"
            }
        return Diagnostic(
            rule,
            .error,
            reason.isLimit ? "the file is too large: \(message)" : "the file is not valid JSON: \(message)",
            at: SourceLocation(file: path, line: position.line, column: position.column)
        )
    }
}

extension JSONSyntaxError.Reason {
    /// Whether the text is refused for its size, regardless of its content.
    fileprivate var isLimit: Bool {
        switch self {
        case .tooLarge, .tooDeep, .tooManyValues: true
        default: false
        }
    }
}
