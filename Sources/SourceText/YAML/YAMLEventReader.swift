internal import CYaml
internal import Diagnostics
internal import JSONDocument
internal import Primitives

/// The documents of a YAML text.
struct YAMLStream {
    /// The first documents.
    var documents: [YAMLDocument] = []
    /// Where the second document starts, kept or not.
    var second: TextPosition?
}

/// Runs libyaml over a text and writes what it reports to documents.
struct YAMLEventReader {
    private let path: String
    private let limits: SourceLimits
    /// The number of documents to return; the others are only checked.
    private let kept: Int
    private var stream = YAMLStream()
    private var builder = YAMLDocumentBuilder(at: .start, expecting: 0)
    private var documents = 0
    /// The number of scalars, aliases, starts and ends so far.
    private var events = 0
    private var scalars: [Range<Int>] = []

    /// Returns the first `kept` documents of a text, all of which are checked.
    static func stream(
        in bytes: [UInt8],
        path: String,
        limits: SourceLimits,
        keeping kept: Int
    ) throws(SourceError) -> YAMLStream {
        let text = YAMLPrologue.withoutIgnored(bytes)
        let read = { (bytes: [UInt8]) throws(SourceError) in
            var reader = YAMLEventReader(path: path, limits: limits, kept: kept)
            try bytes.withUnsafeBufferPointer { buffer throws(SourceError) in try reader.run(buffer) }
            return reader
        }
        do {
            return try read(text).stream
        } catch {
            guard let line = error.diagnostics.first?.location?.line, let space = YAMLWhiteSpace(text),
                space.contains(line: line) || space.contains(line: line - 1)
            else { throw error }
            let trial = try read(space.text(besides: []))
            guard !trial.scalars.isEmpty else { return trial.stream }
            return try read(space.text(besides: trial.scalars)).stream
        }
    }

    private init(path: String, limits: SourceLimits, kept: Int) {
        self.path = path
        self.limits = limits
        self.kept = kept
    }

    private mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) throws(SourceError) {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            throw SourceError(Diagnostic("source.memory", .error, "there is not enough memory to read '\(path)'"))
        }
        defer { yaml_parser_delete(&parser) }
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
        var event = yaml_event_t()
        while true {
            guard yaml_parser_parse(&parser, &event) == 1 else { throw failure(of: parser) }
            defer { yaml_event_delete(&event) }
            if event.type == YAML_STREAM_END_EVENT { return }
            do {
                try take(&event, in: bytes)
            } catch let error as JSONSyntaxError {
                throw SourceError(error.diagnostic(path: path))
            } catch let error as SourceError {
                throw error
            } catch {
                throw SourceError([])
            }
        }
    }

    /// Takes one event, which is large and therefore not copied.
    private mutating func take(_ event: inout yaml_event_t, in bytes: UnsafeBufferPointer<UInt8>) throws {
        let position = TextPosition(Self.position(event.start_mark))
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            documents += 1
            if documents == 2 { stream.second = position }
            builder = YAMLDocumentBuilder(at: position, expecting: documents == 1 ? bytes.count : 0)
        case YAML_DOCUMENT_END_EVENT:
            if documents <= kept { stream.documents.append(try builder.finish()) }
            builder = YAMLDocumentBuilder(at: position, expecting: 0)
        case YAML_SCALAR_EVENT:
            try scalar(&event, at: position)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            try begin(isMapping: false, tag: start.tag, anchor: start.anchor, at: position)
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            try begin(isMapping: true, tag: start.tag, anchor: start.anchor, at: position)
        case YAML_ALIAS_EVENT:
            try alias(Self.text(event.data.alias.anchor) ?? "", at: position)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            try end()
        default:
            break
        }
    }

    private mutating func scalar(_ event: inout yaml_event_t, at position: TextPosition) throws {
        let scalar = event.data.scalar
        let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
        if !isPlain, event.end_mark.line > event.start_mark.line {
            // A quoted scalar ends inside its last line; a block scalar ends before its last line.
            let isBlock = scalar.style == YAML_LITERAL_SCALAR_STYLE || scalar.style == YAML_FOLDED_SCALAR_STYLE
            scalars.append(Int(event.start_mark.line) + 2..<Int(event.end_mark.line) + (isBlock ? 1 : 2))
        }
        try builder.scalar(
            UnsafeBufferPointer(start: scalar.value, count: scalar.length),
            isPlain: isPlain,
            tag: Self.text(scalar.tag),
            anchor: Self.text(scalar.anchor),
            at: position
        )
        events += 1
        try checkSize(at: position)
    }

    private mutating func begin(
        isMapping: Bool,
        tag: UnsafeMutablePointer<yaml_char_t>?,
        anchor: UnsafeMutablePointer<yaml_char_t>?,
        at position: TextPosition
    ) throws {
        guard builder.depth < limits.maximumDepth else { throw tooDeep(at: position) }
        try builder.begin(isMapping: isMapping, tag: Self.text(tag), anchor: Self.text(anchor), at: position)
        events += 1
        try checkSize(at: position)
    }

    private mutating func end() throws {
        events += 1
        guard let start = builder.end(), builder.depth > 0 else { return }
        try checkSize(at: start)
    }

    private mutating func alias(_ name: String, at position: TextPosition) throws {
        guard let target = builder.anchored(name) else {
            throw error("yaml.alias", "the alias '*\(name)' refers to no earlier anchor", at: position)
        }
        guard target.size != nil else {
            throw error("yaml.alias", "the alias '*\(name)' is inside the value that it refers to", at: position)
        }
        try builder.alias(of: target, at: position)
        events += 1
        try checkSize(at: position)
    }

    private func checkSize(at position: TextPosition) throws(SourceError) {
        guard builder.size > limits.maximumNodes || events > 3 * limits.maximumNodes else { return }
        throw error(
            "source.too-many-values",
            "the document has more than \(limits.maximumNodes) values here, counting aliases",
            at: position
        )
    }

    private static func position(_ mark: yaml_mark_t) -> (line: Int, column: Int) {
        (mark.line + 1, mark.column + 1)
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }
}

extension TextPosition {
    fileprivate init(_ place: (line: Int, column: Int)) {
        self.init(line: place.line, column: place.column, offset: -1)
    }
}

extension YAMLEventReader {
    private func tooDeep(at position: TextPosition) -> SourceError {
        error("source.too-deep", "values are nested more than \(limits.maximumDepth) levels deep here", at: position)
    }

    private func error(_ rule: String, _ message: String, at position: TextPosition) -> SourceError {
        SourceError(
            Diagnostic(
                rule,
                .error,
                message,
                at: SourceLocation(file: path, line: position.line, column: position.column)
            )
        )
    }

    private func failure(of parser: yaml_parser_t) -> SourceError {
        let problem = parser.problem.map { String(cString: $0) } ?? "it cannot be parsed"
        let context = parser.context.map { " " + String(cString: $0) } ?? ""
        let position = TextPosition(Self.position(parser.problem_mark))
        if problem.utf8.starts(with: "Maximum nesting level".utf8) { return tooDeep(at: position) }
        var related: [Diagnostic.Related] = []
        if parser.context != nil, parser.context_mark.line != parser.problem_mark.line {
            let start = Self.position(parser.context_mark)
            related = [
                Diagnostic.Related(
                    "the surrounding construct starts here",
                    at: SourceLocation(file: path, line: start.line, column: start.column)
                )
            ]
        }
        return SourceError(
            Diagnostic(
                "source.yaml",
                .error,
                "the file is not valid YAML: \(problem)\(context)",
                at: SourceLocation(file: path, line: position.line, column: position.column),
                help: Self.help(for: problem),
                related: related
            )
        )
    }

    private static func help(for problem: String) -> String? {
        let hints = [
            (
                "found character that cannot start any token",
                "indent with spaces, not tabs; quote text that starts with @, ` or %"
            ),
            (
                "mapping values are not allowed in this context",
                "quote a text that contains \": \", and check the indentation"
            ),
            ("did not find expected key", "check the indentation of this line and of the lines above it"),
        ]
        return hints.first { problem.isSame(as: $0.0) }?.1
    }
}
