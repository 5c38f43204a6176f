internal import Diagnostics
internal import JSONDocument

/// Converts the events of one YAML document to a JSON document: it expands aliases, applies merge keys and turns keys
/// into text.
struct YAMLComposer {
    private let events: [YAMLEvent]
    private let tags: [Int: String]
    private let path: String
    private var builder: JSONDocumentBuilder
    private var problems: [Diagnostic] = []
    private var checked: Set<Int> = []
    /// The index of the diagnostic for each tag.
    private var unknownTags: [JSONNameKey: Int] = [:]

    /// Returns the document, and the mistakes that did not stop reading.
    static func document(
        root: Int,
        of stream: YAMLStream,
        path: String,
        limits: SourceLimits
    ) throws(SourceError) -> (document: JSONDocument, problems: [Diagnostic]) {
        var composer = YAMLComposer(
            events: stream.events,
            tags: stream.tags,
            path: path,
            builder: JSONDocumentBuilder(limits: limits.json)
        )
        do {
            try composer.write(root)
            var problems = composer.problems
            let document = try composer.builder.finish()
            problems += duplicates(in: document, path: path)
            return (document, problems)
        } catch let error as JSONSyntaxError {
            throw SourceError(error.diagnostic(path: path))
        } catch let error as SourceError {
            throw error
        } catch {
            throw SourceError(composer.problems)
        }
    }

    private init(events: [YAMLEvent], tags: [Int: String], path: String, builder: JSONDocumentBuilder) {
        self.events = events
        self.tags = tags
        self.path = path
        self.builder = builder
    }

    /// Writes one value. The builder bounds the nesting: it refuses to open one level too many.
    private mutating func write(_ index: Int) throws {
        let event = events[index]
        if let tag = tag(of: index) { noteUnknown(tag, at: event.position) }
        switch event.kind {
        case .alias(let target):
            try write(Int(target))
        case .scalar(let isPlain):
            try writeScalar(event, isPlain: isPlain, tag: tag(of: index))
        case .sequence:
            try builder.beginArray(at: event.position)
            var child = index + 1
            while child < event.next - 1 {
                try write(child)
                child = events[child].next
            }
            builder.endArray()
        case .mapping:
            try builder.beginObject(at: event.position)
            try writeMembers(of: index)
            builder.endObject()
        case .end:
            break
        }
    }

    private func tag(of index: Int) -> String? { tags.isEmpty ? nil : tags[index] }

    private mutating func writeScalar(_ event: YAMLEvent, isPlain: Bool, tag: String?) throws {
        switch YAMLCoreSchema.value(of: event.text, isPlain: isPlain, tag: tag) {
        case .null: try builder.null(at: event.position)
        case .boolean(let value): try builder.boolean(value, at: event.position)
        case .number(let lexeme): try builder.number(lexeme, at: event.position)
        case .string: try builder.string(event.text, at: event.position)
        case .impossible(let message):
            problem("yaml.value", message, at: event.position)
            try builder.null(at: event.position)
        }
    }

    private mutating func writeMembers(of mapping: Int) throws {
        let members = members(of: mapping)
        guard members.contains(where: \.isMerge) else {
            for member in members {
                try write(member)
            }
            return
        }
        var names: Set<JSONNameKey> = []
        for member in members where !member.isMerge { names.insert(name(of: member)) }
        for member in members {
            if member.isMerge {
                try merge(member.value, besides: &names, depth: 0)
            } else {
                try write(member)
            }
        }
    }

    private mutating func write(_ member: Member) throws {
        try builder.name(events[resolved(member.key)].text, at: events[member.key].position)
        try write(member.value)
    }

    /// Writes the members of a merged mapping, or of each mapping of a merged list, unless an earlier member has the
    /// same name.
    ///
    /// Merges inside merges are followed for a few levels; their values also count against the node limit.
    private mutating func merge(_ value: Int, besides names: inout Set<JSONNameKey>, depth: Int) throws {
        let source = resolved(value)
        guard depth < 32 else {
            problem("yaml.merge", "merge keys are nested more than 32 levels deep", at: events[value].position)
            return
        }
        switch events[source].kind {
        case .mapping:
            for member in members(of: source) {
                if member.isMerge {
                    try merge(member.value, besides: &names, depth: depth + 1)
                } else if names.insert(name(of: member)).inserted {
                    try write(member)
                }
            }
        case .sequence where depth == 0 || events[value].position == events[source].position:
            var child = source + 1
            while child < events[source].next - 1 {
                try merge(child, besides: &names, depth: depth + 1)
                child = events[child].next
            }
        default:
            problem(
                "yaml.merge",
                "the merge key `<<` requires a mapping or a list of mappings",
                at: events[value].position
            )
        }
    }

    private struct Member {
        var key: Int
        var value: Int
        var isMerge: Bool
    }

    private func name(of member: Member) -> JSONNameKey { JSONNameKey(events[resolved(member.key)].text) }

    /// The members of a mapping.
    private mutating func members(of mapping: Int) -> [Member] {
        var members: [Member] = []
        var key = mapping + 1
        while key < events[mapping].next - 1 {
            let value = events[key].next
            if let member = member(key: key, value: value, in: mapping) { members.append(member) }
            key = events[value].next
        }
        return members
    }

    private mutating func member(key: Int, value: Int, in mapping: Int) -> Member? {
        let index = resolved(key)
        let event = events[index]
        guard case .scalar(let isPlain) = event.kind else {
            if checked.insert(key).inserted {
                problem(
                    "yaml.key", "the key is a list or a mapping, but keys must be text", at: events[key].position,
                    help: template(at: key, in: mapping).map { "quote the template: '{{\($0)}}'" })
            }
            return nil
        }
        let isMerge = isPlain && tag(of: index) == nil && event.text.utf8.elementsEqual("<<".utf8)
        return Member(key: key, value: value, isMerge: isMerge)
    }

    /// Reports duplicate names in mappings. A duplicate that aliases repeat is reported once.
    private static func duplicates(in document: JSONDocument, path: String) -> [Diagnostic] {
        var known: Set<Diagnostic> = []
        return document.duplicateNames.prefix(100).compactMap { duplicate in
            let problem = DuplicateKey.diagnostic(
                name: duplicate.name,
                first: duplicate.first,
                second: duplicate.second,
                path: path
            )
            return known.insert(problem).inserted ? problem : nil
        }
    }

    private func resolved(_ index: Int) -> Int {
        guard case .alias(let target) = events[index].kind else { return index }
        return Int(target)
    }

    /// The name in an unquoted `{{name}}`, which YAML reads as a mapping whose key is a mapping.
    private func template(at key: Int, in mapping: Int) -> String? {
        let (outer, inner) = (events[mapping].position, events[key].position)
        guard events[key].kind == .mapping, inner.line == outer.line, inner.column == outer.column + 1,
            key + 1 < events[key].next - 1, case .scalar(true) = events[key + 1].kind
        else { return nil }
        return events[key + 1].text
    }

    /// Records a tag that is specific to another program. Each tag is reported once, with its locations.
    private mutating func noteUnknown(_ tag: String, at position: TextPosition) {
        guard !tag.utf8.elementsEqual("!".utf8), !tag.utf8.starts(with: "tag:yaml.org,2002:".utf8) else { return }
        let location = SourceLocation(file: path, line: position.line, column: position.column)
        let key = JSONNameKey(tag)
        if let index = unknownTags[key] {
            guard problems[index].related.count < 1_000 else { return }
            problems[index].related.append(Diagnostic.Related("also here", at: location))
            return
        }
        guard problems.count < 100 else { return }
        unknownTags[key] = problems.count
        let shown = String(String.UnicodeScalarView(tag.unicodeScalars.prefix(100)))
        problems.append(
            Diagnostic(
                "yaml.tag",
                .warning,
                "the YAML tag '\(shown)' is unknown and is ignored",
                at: location,
                help: "write the value out, or refer to a file by $ref"
            )
        )
    }

    private mutating func problem(
        _ rule: String, _ message: String, at position: TextPosition, help: String? = nil
    ) {
        guard problems.count < 100 else { return }
        let location = SourceLocation(file: path, line: position.line, column: position.column)
        problems.append(Diagnostic(rule, .error, message, at: location, help: help))
    }
}
