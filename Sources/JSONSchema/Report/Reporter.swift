import Diagnostics
import JSONDocument

/// Walks a value and its schema again and reports everything that is invalid.
///
/// It is used only if the fast check did not accept the value, so it may allocate.
struct Reporter {
    let instance: JSONNode
    let tape: JSONTape
    let schema: NodeReference
    let options: ValidationOptions
    let index: SchemaIndex
    /// Provides the facts for the walk: which alternative matches, and which condition is true.
    var checker: Checker
    /// The path from the validated value to the current one.
    var path: [String] = []
    var issues: [SchemaIssue] = []
    /// How many more issues may be added here.
    var room: Int
    private var depth = 0

    /// The cost of an issue in steps: its places and excerpts take far longer than checking.
    private static let issueCost = 200

    init(
        instance: JSONNode, schema: NodeReference, options: ValidationOptions, checker: Checker, index: SchemaIndex
    ) {
        self.instance = instance
        self.schema = schema
        self.options = options
        self.index = index
        self.checker = checker
        tape = checker.tape
        room = max(1, options.maximumIssues)
    }

    /// The report for a value with a known verdict, without the undeclared members.
    mutating func report(_ verdict: SchemaVerdict) -> SchemaReport {
        if verdict != .valid {
            walk(schema, instance.tapeIndex)
            if issues.isEmpty { addUndecided("", at: instance.tapeIndex, schema) }
        }
        return SchemaReport(outcome: verdict.outcome, issues: withoutRepeats(issues), undeclared: [])
    }

    /// Adds the issues of the value at `entry` for one schema.
    mutating func walk(_ start: NodeReference, _ entry: Int, root: NodeReference? = nil) {
        let node = start.pointee.alias ?? start
        checker.steps -= 1
        guard room > 0, checker.steps >= 0, depth < Checker.maximumDepth else { return }
        switch node.pointee.constant {
        case .always: return
        case .never: return add("false", node, entry, Messages.nothingAllowed, expected: Messages.noValue)
        case .depends: break
        }
        depth += 1
        let entersScope = checker.tracksScopes && checker.scopes.last != node.pointee.resource
        if entersScope { checker.scopes.append(node.pointee.resource) }
        defer {
            depth -= 1
            if entersScope { checker.scopes.removeLast() }
        }
        guard reportType(node, entry) else { return }
        switch tape.kind(at: entry) {
        case .string: if let rules = node.pointee.rules.strings { reportString(node, rules, entry) }
        case .number: if let rules = node.pointee.rules.numbers { reportNumber(node, rules, entry) }
        case .object: if let rules = node.pointee.rules.objects { reportObject(node, rules, entry, root ?? start) }
        case .array: if let rules = node.pointee.rules.arrays { reportArray(node, rules, entry) }
        case .null, .boolean: break
        }
        if let rules = node.pointee.rules.values { reportValues(node, rules, entry) }
        let applicators = node.pointee.applicators
        for number in applicators.indices { report(applicators[number], node, entry, root ?? start) }
        reportUnevaluated(node, entry)
    }

    /// Walks the value of a member or element.
    mutating func walk(_ schema: NodeReference, _ entry: Int, under token: String) {
        path.append(token)
        walk(schema, entry)
        path.removeLast()
    }

    // MARK: Adding

    mutating func add(
        _ keyword: String, _ node: NodeReference, _ entry: Int, _ message: String, expected: String,
        actual: String? = nil, kind: SchemaIssue.Kind = .violation, property: String? = nil,
        causes: [[SchemaIssue]] = []
    ) {
        guard room > 0 else { return }
        room -= 1
        checker.steps -= Self.issueCost
        let source = node.pointee.source
        let position = instance.node(tapeIndex: entry).position
        var place = index.place(source)
        let stands = index.node(source)[keyword] != nil
        if stands { place.pointer = place.pointer.appending(keyword) }
        issues.append(
            SchemaIssue(
                kind: kind, keyword: keyword, pointer: JSONPointer(path), position: position, property: property,
                schema: place, location: index.location(of: stands ? keyword : nil, at: source),
                message: message, expected: expected, actual: actual ?? tape.excerpt(entry), causes: causes))
    }

    /// Records that a keyword or the whole schema could not be decided.
    mutating func addUndecided(_ keyword: String, at entry: Int, _ node: NodeReference) {
        add(
            keyword, node, entry, Messages.undecided(keyword), expected: Messages.decidable, kind: .undecided)
    }

    /// Returns the issues that `body` would add, without adding them.
    mutating func collecting(limit: Int, _ body: (inout Reporter) -> Void) -> [SchemaIssue] {
        guard room > 0 else { return [] }
        let outer = (issues, room)
        (issues, room) = ([], min(limit, room))
        body(&self)
        let found = issues
        (issues, room) = outer
        return withoutRepeats(found)
    }

    private func withoutRepeats(_ issues: [SchemaIssue]) -> [SchemaIssue] {
        var seen: Set<String> = []
        return issues.filter { issue in
            seen.insert("\(issue.pointer)\n\(issue.location)\n\(issue.keyword)\n\(issue.message)").inserted
        }
    }
}

extension JSONTape {
    /// The value as text, cut to about 100 characters; large containers are described by their size.
    func excerpt(_ entry: Int) -> String {
        let limit = 100
        switch kind(at: entry) {
        case .null: return "null"
        case .boolean: return boolean(at: entry) ? "true" : "false"
        case .number: return Messages.cut(String(decoding: bytes(at: entry).prefix(limit + 1), as: UTF8.self), limit)
        case .string: return Messages.quoted(string(at: entry), limit)
        case .array, .object:
            if end(of: entry) - entry <= 40 {
                let text = compact(entry)
                if text.unicodeScalars.count <= limit { return text }
            }
            return kind(at: entry) == .array
                ? Messages.arrayOf(childCount(at: entry)) : Messages.objectOf(childCount(at: entry))
        }
    }

    /// For small containers only: the depth is bounded by the number of entries.
    private func compact(_ entry: Int) -> String {
        var parts: [String] = []
        switch kind(at: entry) {
        case .array:
            forEachElement(of: entry) { parts.append(compact($0)) }
            return "[" + parts.joined(separator: ",") + "]"
        case .object:
            forEachMember(of: entry) { name, value in
                parts.append(Messages.quoted(string(at: name)) + ":" + compact(value))
            }
            return "{" + parts.joined(separator: ",") + "}"
        default: return excerpt(entry)
        }
    }
}
