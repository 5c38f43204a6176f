internal import Diagnostics
internal import JSONDocument

/// Turns the events of one YAML document into a JSON document: aliases followed, merge keys applied, keys as text.
struct YAMLComposer {
    private let events: [YAMLEvent]
    private let path: String
    private var builder: JSONDocumentBuilder
    private var problems: [Diagnostic] = []
    private var checked: Set<Int> = []

    /// The document, and the mistakes in it after which reading went on.
    static func document(
        root: Int,
        of stream: YAMLStream,
        path: String,
        limits: SourceLimits
    ) throws(SourceError) -> (document: JSONDocument, problems: [Diagnostic]) {
        var composer = YAMLComposer(
            events: stream.events,
            path: path,
            builder: JSONDocumentBuilder(limits: limits.json)
        )
        do {
            try composer.write(root)
            let problems = composer.problems
            return (try composer.builder.finish(), problems)
        } catch let error as JSONSyntaxError {
            throw SourceError(error.diagnostic(path: path))
        } catch let error as SourceError {
            throw error
        } catch {
            throw SourceError(composer.problems)
        }
    }

    private init(events: [YAMLEvent], path: String, builder: JSONDocumentBuilder) {
        self.events = events
        self.path = path
        self.builder = builder
    }

    /// Writes one value. The nesting is bounded by the builder, which refuses to open one level too many.
    private mutating func write(_ index: Int) throws {
        let event = events[index]
        switch event.kind {
        case .alias(let target):
            try write(target)
        case .scalar(let isPlain):
            try writeScalar(event, isPlain: isPlain)
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

    private mutating func writeScalar(_ event: YAMLEvent, isPlain: Bool) throws {
        switch YAMLCoreSchema.value(of: event.text, isPlain: isPlain, tag: event.tag) {
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
        var names = Set(members.lazy.filter { !$0.isMerge }.map(\.name))
        for member in members {
            if member.isMerge {
                try merge(member.value, besides: &names, depth: 0)
            } else {
                try write(member)
            }
        }
    }

    private mutating func write(_ member: Member) throws {
        try builder.name(member.name.name, at: events[member.key].position)
        try write(member.value)
    }

    /// Writes the members of a merged mapping, or of each mapping of a merged list, that no earlier one names.
    ///
    /// A merge of merges is followed for a few levels; the values still count against the node budget.
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
                } else if names.insert(member.name).inserted {
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
                "the merge key \"<<\" takes a mapping or a list of mappings",
                at: events[value].position
            )
        }
    }

    private struct Member {
        var key: Int
        var value: Int
        var name: JSONNameKey
        var isMerge: Bool
    }

    /// The members of a mapping; the first call for a mapping reports what is wrong with its keys.
    private mutating func members(of mapping: Int) -> [Member] {
        var members: [Member] = []
        var key = mapping + 1
        while key < events[mapping].next - 1 {
            let value = events[key].next
            if let member = member(key: key, value: value) { members.append(member) }
            key = events[value].next
        }
        if checked.insert(mapping).inserted { refuseDuplicates(among: members) }
        return members
    }

    private mutating func member(key: Int, value: Int) -> Member? {
        let event = events[resolved(key)]
        guard case .scalar(let isPlain) = event.kind else {
            if checked.insert(key).inserted {
                problem(
                    "yaml.key", "the key is a list or a mapping, where only text can be one", at: events[key].position)
            }
            return nil
        }
        let isMerge = isPlain && event.tag == nil && event.text.utf8.elementsEqual("<<".utf8)
        return Member(key: key, value: value, name: JSONNameKey(event.text), isMerge: isMerge)
    }

    private mutating func refuseDuplicates(among members: [Member]) {
        var seen: [JSONNameKey: Int] = [:]
        seen.reserveCapacity(members.count)
        for member in members {
            guard let first = seen.updateValue(member.key, forKey: member.name) else { continue }
            seen[member.name] = first
            let duplicate = DuplicateKey.diagnostic(
                name: member.name.name,
                first: events[first].position,
                second: events[member.key].position,
                path: path
            )
            if problems.count < 100 { problems.append(duplicate) }
        }
    }

    private func resolved(_ index: Int) -> Int {
        guard case .alias(let target) = events[index].kind else { return index }
        return target
    }

    private mutating func problem(_ rule: String, _ message: String, at position: TextPosition) {
        guard problems.count < 100 else { return }
        let location = SourceLocation(file: path, line: position.line, column: position.column)
        problems.append(Diagnostic(rule, .error, message, at: location))
    }
}
