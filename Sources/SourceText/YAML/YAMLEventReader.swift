internal import CYaml
internal import Diagnostics
internal import JSONDocument

/// Runs libyaml over a text and stores its events.
struct YAMLEventReader {
    private let path: String
    private let limits: SourceLimits
    private var stream = YAMLStream()
    private var open: [Int] = []
    private var anchors: [JSONNameKey: Int] = [:]
    private var scalars: [Range<Int>] = []

    static func events(
        in bytes: [UInt8],
        path: String,
        limits: SourceLimits
    ) throws(SourceError) -> YAMLStream {
        let text = YAMLPrologue.withoutIgnored(bytes)
        do {
            return try stream(of: text, path: path, limits: limits).stream
        } catch {
            guard let line = error.diagnostics.first?.location?.line, let space = YAMLWhiteSpace(text),
                space.contains(line: line) || space.contains(line: line - 1)
            else { throw error }
            let trial = try stream(of: space.text(besides: []), path: path, limits: limits)
            guard !trial.scalars.isEmpty else { return trial.stream }
            return try stream(of: space.text(besides: trial.scalars), path: path, limits: limits).stream
        }
    }

    /// Returns the events of a text, and the lines of its multi-line block and quoted scalars, without the line on
    /// which each starts.
    private static func stream(
        of bytes: [UInt8], path: String, limits: SourceLimits
    ) throws(SourceError) -> (stream: YAMLStream, scalars: [Range<Int>]) {
        var reader = YAMLEventReader(path: path, limits: limits)
        let stream = try bytes.withUnsafeBufferPointer { buffer throws(SourceError) in try reader.run(buffer) }
        return (stream, reader.scalars)
    }

    private init(path: String, limits: SourceLimits) {
        self.path = path
        self.limits = limits
    }

    private mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) throws(SourceError) -> YAMLStream {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            throw SourceError(Diagnostic("source.memory", .error, "there is not enough memory to read '\(path)'"))
        }
        defer { yaml_parser_delete(&parser) }
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
        // Unused capacity costs nothing; growing step by step costs twice the memory.
        stream.events.reserveCapacity(min(bytes.count / 8, 3 * limits.maximumNodes) + 16)
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(&parser, &event) == 1 else { throw failure(of: parser) }
            defer { yaml_event_delete(&event) }
            if event.type == YAML_STREAM_END_EVENT { return stream }
            try take(event)
        }
    }

    private mutating func take(_ event: yaml_event_t) throws(SourceError) {
        let position = TextPosition(Self.position(event.start_mark))
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            anchors = [:]
            stream.starts.append(position)
            stream.roots.append(stream.events.count)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            if scalar.style != YAML_PLAIN_SCALAR_STYLE, event.end_mark.line > event.start_mark.line {
                // A quoted scalar ends inside its last line; a block scalar ends before its last line.
                let isBlock = scalar.style == YAML_LITERAL_SCALAR_STYLE || scalar.style == YAML_FOLDED_SCALAR_STYLE
                scalars.append(Int(event.start_mark.line) + 2..<Int(event.end_mark.line) + (isBlock ? 1 : 2))
            }
            let text = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            try append(
                YAMLEvent(
                    .scalar(isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE),
                    text: String(decoding: text, as: UTF8.self),
                    at: position,
                    next: stream.events.count + 1
                ),
                tag: Self.text(scalar.tag),
                anchor: Self.text(scalar.anchor)
            )
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            try begin(.sequence, tag: Self.text(start.tag), anchor: Self.text(start.anchor), at: position)
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            try begin(.mapping, tag: Self.text(start.tag), anchor: Self.text(start.anchor), at: position)
        case YAML_ALIAS_EVENT:
            try alias(Self.text(event.data.alias.anchor) ?? "", at: position)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            try end(at: position)
        default:
            break
        }
    }

    private mutating func begin(
        _ kind: YAMLEvent.Kind,
        tag: String?,
        anchor: String?,
        at position: TextPosition
    ) throws(SourceError) {
        guard open.count < limits.maximumDepth else { throw tooDeep(at: position) }
        // The end is not known yet. Until it is, an alias to this value is an alias to itself.
        try append(YAMLEvent(kind, at: position, next: -1), tag: tag, anchor: anchor)
        open.append(stream.events.count - 1)
    }

    private mutating func end(at position: TextPosition) throws(SourceError) {
        guard let start = open.popLast() else { return }
        stream.events.append(YAMLEvent(.end, at: position, next: stream.events.count + 1, size: 0))
        stream.events[start].next = stream.events.count
        guard let parent = open.last else { return }
        stream.events[parent].size += stream.events[start].size
        try checkSize(stream.events[parent].size, at: stream.events[start].position)
    }

    private mutating func alias(_ name: String, at position: TextPosition) throws(SourceError) {
        guard let target = anchors[JSONNameKey(name)] else {
            throw error("yaml.alias", "the alias '*\(name)' refers to no earlier anchor", at: position)
        }
        guard stream.events[target].next >= 0 else {
            throw error("yaml.alias", "the alias '*\(name)' is inside the value that it refers to", at: position)
        }
        let size = stream.events[target].size
        let event = YAMLEvent(
            .alias(target: Int32(clamping: target)),
            at: position,
            next: stream.events.count + 1,
            size: size
        )
        try append(event, tag: nil, anchor: nil)
    }

    private mutating func append(_ event: YAMLEvent, tag: String?, anchor: String?) throws(SourceError) {
        if let tag { stream.tags[stream.events.count] = tag }
        if let anchor { anchors[JSONNameKey(anchor)] = stream.events.count }
        stream.events.append(event)
        let total: Int
        if event.next >= 0, let parent = open.last {
            stream.events[parent].size += event.size
            total = stream.events[parent].size
        } else {
            total = event.size
        }
        try checkSize(total, at: event.position)
    }

    private func checkSize(_ size: Int, at position: TextPosition) throws(SourceError) {
        guard size > limits.maximumNodes || stream.events.count > 3 * limits.maximumNodes else { return }
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
        return hints.first { problem.utf8.elementsEqual($0.0.utf8) }?.1
    }
}
