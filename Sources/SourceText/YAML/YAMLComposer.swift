internal import Diagnostics
internal import JSONDocument
internal import Primitives

/// Resolves what is marked in one YAML document: it expands aliases, applies merge keys and tags, and reports values and
/// keys that JSON does not have.
struct YAMLComposer {
    private let source: YAMLDocument
    private let path: String
    private var builder: JSONDocumentBuilder
    private var problems: [Diagnostic] = []
    private var checked: Set<Int> = []
    /// The index of the diagnostic for each tag.
    private var unknownTags: [JSONNameKey: Int] = [:]

    /// Returns the document, and the mistakes that did not stop reading.
    static func document(
        _ source: YAMLDocument,
        path: String,
        limits: SourceLimits
    ) throws(SourceError) -> (document: JSONDocument, problems: [Diagnostic]) {
        if source.isFinal { return (source.written, duplicates(in: source.written, path: path)) }
        var composer = YAMLComposer(source, path: path, builder: JSONDocumentBuilder(limits: limits.json))
        do throws(JSONSyntaxError) {
            try composer.write(0)
            var problems = composer.problems
            let document = try composer.builder.finish()
            problems += duplicates(in: document, path: path)
            return (document, problems)
        } catch {
            throw SourceError(error.diagnostic(path: path))
        }
    }

    private init(_ source: YAMLDocument, path: String, builder: JSONDocumentBuilder) {
        self.source = source
        self.path = path
        self.builder = builder
    }

    /// Writes one value. The builder bounds the nesting: it refuses to open one level too many.
    private mutating func write(_ index: Int) throws(JSONSyntaxError) {
        if let tag = source.tags[index] { noteUnknown(tag, at: position(index)) }
        switch source.marks[index] {
        case .alias(let target): try write(target)
        case .scalar(let isPlain): try writeScalar(index, isPlain: isPlain)
        case .compoundKey, nil: try writeUnmarked(index)
        }
    }

    private mutating func writeUnmarked(_ index: Int) throws(JSONSyntaxError) {
        switch kind(index) {
        case .array:
            try builder.beginArray(at: position(index))
            for element in elements(of: index) { try write(element) }
            builder.endArray()
        case .object:
            try builder.beginObject(at: position(index))
            try writeMembers(of: index)
            builder.endObject()
        case .null: try builder.null(at: position(index))
        case .boolean: try builder.boolean(source.written.withTape { $0.boolean(at: index) }, at: position(index))
        case .number: try builder.number(text(index), at: position(index))
        case .string: try builder.string(text(index), at: position(index))
        }
    }

    private mutating func writeScalar(_ index: Int, isPlain: Bool) throws(JSONSyntaxError) {
        let (text, position) = (text(index), position(index))
        var bytes = text
        switch bytes.withUTF8({ YAMLCoreSchema.value(of: $0, isPlain: isPlain, tag: source.tags[index]) }) {
        case .null: try builder.null(at: position)
        case .boolean(let value): try builder.boolean(value, at: position)
        case .number(let lexeme): try builder.number(lexeme ?? text, at: position)
        case .string: try builder.string(text, at: position)
        case .impossible(let message):
            problem("yaml.value", message, at: position)
            try builder.null(at: position)
        }
    }

    private mutating func writeMembers(of mapping: Int) throws(JSONSyntaxError) {
        let members = members(of: mapping)
        var names: Set<JSONNameKey> = []
        if members.contains(where: \.isMerge) {
            for member in members where !member.isMerge { names.insert(name(of: member)) }
        }
        for member in members {
            if member.isMerge {
                try merge(member.value, besides: &names, depth: 0)
            } else {
                try write(member)
            }
        }
    }

    private mutating func write(_ member: Member) throws(JSONSyntaxError) {
        try builder.name(text(resolved(member.key)), at: position(member.key))
        try write(member.value)
    }

    /// Writes the members of a merged mapping, or of each mapping of a merged list, unless an earlier member has the
    /// same name. In a merged mapping, its own members also precede those that it merges itself.
    ///
    /// Merges inside merges are followed for a few levels; their values also count against the node limit.
    private mutating func merge(
        _ value: Int, besides names: inout Set<JSONNameKey>, depth: Int
    ) throws(JSONSyntaxError) {
        let merged = resolved(value)
        guard depth < 32 else {
            problem("yaml.merge", "merge keys are nested more than 32 levels deep", at: position(value))
            return
        }
        switch source.marks[merged] == nil ? kind(merged) : .null {
        case .object:
            let members = members(of: merged)
            let absent = members.map { !$0.isMerge && names.insert(name(of: $0)).inserted }
            for (member, isAbsent) in zip(members, absent) {
                if member.isMerge {
                    try merge(member.value, besides: &names, depth: depth + 1)
                } else if isAbsent {
                    try write(member)
                }
            }
        case .array where depth == 0 || value == merged:
            for element in elements(of: merged) { try merge(element, besides: &names, depth: depth + 1) }
        default:
            problem(
                "yaml.merge",
                "the merge key `<<` requires a mapping or a list of mappings",
                at: position(value)
            )
        }
    }

    private struct Member {
        var key: Int
        var value: Int
        var isMerge: Bool
    }

    private func name(of member: Member) -> JSONNameKey { JSONNameKey(text(resolved(member.key))) }

    /// The members of a mapping.
    private mutating func members(of mapping: Int) -> [Member] {
        var members: [Member] = []
        for key in names(of: mapping) {
            if source.marks[key] == .compoundKey {
                note(compoundKey: key + 2, help: template(at: key + 2, in: mapping))
            } else if let member = member(key: key) {
                members.append(member)
            }
        }
        return members
    }

    private mutating func member(key: Int) -> Member? {
        let index = resolved(key)
        var isMerge = false
        if let mark = source.marks[index] {
            isMerge = mark == .scalar(isPlain: true) && source.tags[index] == nil
            isMerge = isMerge && text(index).isSame(as: "<<")
        } else if index != key {
            note(compoundKey: key, help: nil)
            return nil
        }
        return Member(key: key, value: key + 1, isMerge: isMerge)
    }

    private mutating func note(compoundKey key: Int, help template: String?) {
        guard checked.insert(key).inserted else { return }
        problem(
            "yaml.key", "the key is a list or a mapping, but keys must be text", at: position(key),
            help: template.map { "quote the template: '{{\($0)}}'" })
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
        guard case .alias(let target) = source.marks[index] else { return index }
        return target
    }

    /// The name in an unquoted `{{name}}`, which YAML reads as a mapping whose key is a mapping.
    private func template(at key: Int, in mapping: Int) -> String? {
        let (outer, inner) = (position(mapping), position(key))
        guard kind(key) == .object, inner.line == outer.line, inner.column == outer.column + 1,
            let name = names(of: key).first, source.marks[name] == .scalar(isPlain: true)
        else { return nil }
        return text(name)
    }

    /// Records a tag that is specific to another program. Each tag is reported once, with its locations.
    private mutating func noteUnknown(_ tag: String, at position: TextPosition) {
        guard !tag.isSame(as: "!"), !tag.utf8.starts(with: "tag:yaml.org,2002:".utf8) else { return }
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

/// The document as it is written.
extension YAMLComposer {
    private func kind(_ index: Int) -> JSONKind { source.written.withTape { $0.kind(at: index) } }

    private func text(_ index: Int) -> String {
        source.written.withTape { String(decoding: $0.bytes(at: index), as: UTF8.self) }
    }

    private func position(_ index: Int) -> TextPosition { source.written.position(tapeIndex: index) }

    private func elements(of array: Int) -> [Int] {
        source.written.withTape { tape in
            var elements: [Int] = []
            var element = tape.firstChild(of: array)
            while element < tape.end(of: array) {
                elements.append(element)
                element = tape.end(of: element)
            }
            return elements
        }
    }

    private func names(of object: Int) -> [Int] {
        source.written.withTape { tape in
            var names: [Int] = []
            var name = tape.firstChild(of: object)
            while name < tape.end(of: object) {
                names.append(name)
                name = tape.end(of: name + 1)
            }
            return names
        }
    }
}
