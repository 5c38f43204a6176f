import Diagnostics
import JSONDocument
import Primitives
import SourceText

/// Builds a behaviour from the sections of its file.
enum BehaviourBuilder {
    /// The behaviour. A part with a mistake is left out, and `draft` has a diagnostic for it.
    static func behaviour(_ sections: BehaviourSections, _ draft: inout BehaviourDraft) -> Behaviour {
        let style = sections["answers"].map { Self.style($0, &draft) } ?? ResponseStyle()
        let counters = Self.counters(sections["counters"], &draft)
        let checks = CheckBuilder.checks(sections, &draft)
        let headers = ErrorBuilder.headers(sections["headers"], ReferenceContext(), &draft)
        let memory = sections["memory"].map { Self.memory($0, &draft) } ?? MemoryLimits()
        let errors = ErrorBuilder.errors(sections["errors"], ReferenceContext(isError: true), &draft)
        let collections = CollectionBuilder.collections(sections["collections"], &draft)
        let operations = OperationBuilder.operations(sections["operations"], &draft)
        let events = EventBuilder.events(sections["events"], &draft)
        return Behaviour(
            file: draft.reader.source.path,
            diagnostics: draft.reader.diagnostics.sorted,
            style: style,
            checks: checks,
            headers: headers,
            counters: counters,
            errors: errors,
            collections: NamedRules(collections.map { ($0.name, $0) }),
            operations: operations,
            events: NamedRules(events.map { ($0.name, $0) }),
            memory: memory)
    }

    // MARK: Style

    private static func style(_ node: JSONNode, _ draft: inout BehaviourDraft) -> ResponseStyle {
        guard let fields = draft.reader.fields(node, "`answers`", known: ["contentType", "ending", "offset"]) else {
            return ResponseStyle()
        }
        let contentType = ErrorBuilder.headerValue(fields["contentType"], "`contentType`", &draft)
        var ending = ""
        if let node = fields["ending"] {
            ending = draft.reader.text(node, "`ending`") ?? ""
            if !ending.utf8.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
                draft.reader.report("ending", "`ending` can contain only spaces and line breaks", at: node)
            }
        }
        let offset = fields["offset"].flatMap { Self.offset($0, &draft) }
        return ResponseStyle(contentType: contentType, ending: ending, offset: offset)
    }

    private static func offset(_ node: JSONNode, _ draft: inout BehaviourDraft) -> Int? {
        guard let text = draft.reader.text(node, "`offset`"), text != "Z" else { return nil }
        let bytes = Array(text.utf8)
        let digits = [1, 2, 4, 5].compactMap { index in
            bytes.count == 6 && bytes[index].isASCIIDigit ? Int(bytes[index] - 0x30) : nil
        }
        guard digits.count == 4, bytes[3] == UInt8(ascii: ":"), ["+", "-"].contains(text.prefix(1)),
            digits[0] * 10 + digits[1] < 24, digits[2] < 6
        else {
            draft.reader.report(
                "offset", "\(quoted(text)) is not a valid offset from UTC", at: node,
                help: "write it as in RFC 3339, such as '+05:30', or Z")
            return nil
        }
        let minutes = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]
        return bytes[0] == UInt8(ascii: "-") ? -minutes : minutes
    }

    // MARK: Memory

    private static func counters(_ node: JSONNode?, _ draft: inout BehaviourDraft) -> [String: Int] {
        var counters: [String: Int] = [:]
        for member in node.map({ draft.reader.members(of: $0, "`counters`") }) ?? [] {
            counters[member.name] = draft.reader.integer(
                member.value, "the first number of counter \(quoted(member.name))", in: 0...(1 << 53))
        }
        return counters
    }

    private static func memory(_ node: JSONNode, _ draft: inout BehaviourDraft) -> MemoryLimits {
        var limits = MemoryLimits()
        let known = ["entities", "replays", "children", "bytes"]
        for member in draft.reader.members(of: node, "`memory`", known: known) {
            let limit = draft.reader.integer(member.value, "`\(member.name)`", in: 1...1_000_000_000)
            guard let limit else { continue }
            switch member.name {
            case "entities": limits.entities = limit
            case "replays": limits.replays = limit
            case "children": limits.children = limit
            default: limits.bytes = limit
            }
        }
        return limits
    }
}
