import Diagnostics
import JSONDocument
import OpenAPI
import SourceText

/// Reads a behaviour file part by part and collects everything that is wrong with it.
struct BehaviourReader {
    let source: SourceFile
    let contract: Contract
    var diagnostics = Diagnostics()
    /// What is declared anywhere in the file, gathered before references are checked.
    var names = DeclaredNames()

    init(source: SourceFile, contract: Contract) {
        self.source = source
        self.contract = contract
    }

    static let sections = [
        "behaviour", "answers", "order", "version", "credentials", "headers", "idempotency", "rateLimit", "memory",
        "counters", "errors", "collections", "operations", "events",
    ]

    /// The whole file; `nil` when it is no behaviour file at all. Mistakes are in `diagnostics`.
    mutating func behaviour() -> Behaviour? {
        let root = source.document.root
        guard let sections = members(of: root, in: "a behaviour file", known: Self.sections) else { return nil }
        guard let format = sections["behaviour"] else {
            report(
                "behaviour.format", "the behaviour file does not declare its format", at: root,
                help: "start the file with `behaviour: 1`")
            return nil
        }
        guard format.number?.int == 1 else {
            report(
                "behaviour.format", "unknown behaviour format \(format.spelling)",
                at: format, help: "use `behaviour: 1`")
            return nil
        }
        names = DeclaredNames(sections: sections, contract: contract)
        let answers = answers(sections["answers"])
        let counters = counters(sections["counters"])
        let order = order(sections["order"])
        let version = version(sections["version"])
        let credentials = credentials(sections["credentials"])
        let headers = headers(sections["headers"], in: "headers", ReferenceContext(names: names))
        let idempotency = idempotency(sections["idempotency"])
        let rateLimit = rateLimit(sections["rateLimit"])
        let memory = memory(sections["memory"])
        let errors = errors(sections["errors"], in: "errors", ReferenceContext(names: names, isError: true))
        let collections = collections(sections["collections"])
        let operations = operations(sections["operations"])
        let events = events(sections["events"])
        return Behaviour(
            file: source.path,
            diagnostics: diagnostics.sorted,
            contentType: answers.contentType,
            ending: answers.ending,
            offset: answers.offset,
            order: order,
            version: version,
            enforcesCredentials: credentials.isEnforced,
            acceptsAnyCredentials: credentials.acceptsAny,
            headers: headers,
            idempotency: idempotency,
            rateLimit: rateLimit,
            counters: counters,
            errors: errors,
            collections: Dictionary(collections.map { ($0.name, $0) }, uniquingKeysWith: { $1 }),
            collectionNames: collections.map(\.name),
            operations: operations,
            events: Dictionary(events.map { ($0.name, $0) }, uniquingKeysWith: { $1 }),
            eventNames: events.map(\.name),
            memory: memory
        )
    }

    // MARK: Reporting

    mutating func report(
        _ rule: String, _ message: String, at node: JSONNode, help: String? = nil,
        excerpt: Diagnostic.Excerpt? = nil
    ) {
        diagnostics.append(
            Diagnostic(rule, .error, message, at: source.location(of: node), excerpt: excerpt, help: help))
    }

    mutating func report(_ rule: String, _ message: String, at position: TextPosition, help: String? = nil) {
        diagnostics.append(Diagnostic(rule, .error, message, at: source.location(of: position), help: help))
    }

    /// Reports that `name` is not among `known`, with the nearest one.
    mutating func reportUnknown(
        _ rule: String, _ message: String, name: String, known: [String], at position: TextPosition
    ) {
        let nearest = nearestName(to: name, among: known).map { "did you mean `\($0)`?" }
        let all = known.isEmpty ? nil : "the known names are \(known.joined(separator: ", "))"
        report(rule, message, at: position, help: nearest ?? all)
    }

    mutating func reportKind(_ node: JSONNode, _ what: String, expected: String, help: String? = nil) {
        report("behaviour.type", "\(what) must be \(expected), found \(kindText(node))", at: node, help: help)
    }

    private func kindText(_ node: JSONNode) -> String {
        switch node.kind {
        case .null: "null"
        case .boolean: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "a map"
        }
    }

    // MARK: Reading parts

    /// The members of a map, by name, once each is known; `nil` when it is no map.
    mutating func members(of node: JSONNode, in what: String, known: [String]) -> [String: JSONNode]? {
        guard node.kind == .object else {
            reportKind(node, what, expected: "a map")
            return nil
        }
        var found: [String: JSONNode] = [:]
        for member in node.members {
            if known.contains(where: { $0.utf8.elementsEqual(member.name.utf8) }) {
                found[member.name] = member.value
            } else {
                reportUnknown(
                    "behaviour.unknown-key", "unknown member '\(member.name)' of \(what)", name: member.name,
                    known: known, at: member.namePosition)
            }
        }
        return found
    }

    mutating func text(_ node: JSONNode?, _ what: String) -> String? {
        guard let node else { return nil }
        if let text = node.string { return text }
        reportKind(node, what, expected: "a string", help: node.kind == .number ? "quote it" : nil)
        return nil
    }

    mutating func boolean(_ node: JSONNode?, _ what: String) -> Bool? {
        guard let node else { return nil }
        if let boolean = node.boolean { return boolean }
        reportKind(node, what, expected: "true or false")
        return nil
    }

    mutating func integer(_ node: JSONNode?, _ what: String, in range: ClosedRange<Int>) -> Int? {
        guard let node else { return nil }
        if let number = node.number?.int, range.contains(number) { return number }
        report(
            "behaviour.type",
            "\(what) must be a whole number from \(range.lowerBound) to \(range.upperBound), found "
                + node.spelling,
            at: node)
        return nil
    }

    /// One text or a list of them.
    mutating func texts(_ node: JSONNode?, _ what: String) -> [(text: String, node: JSONNode)]? {
        guard let node else { return nil }
        if let text = node.string { return [(text, node)] }
        guard node.kind == .array else {
            reportKind(node, what, expected: "a string or a list of strings")
            return nil
        }
        var texts: [(text: String, node: JSONNode)] = []
        for element in node.elements {
            if let text = text(element, what) { texts.append((text, element)) }
        }
        return texts
    }

    /// One of a few words.
    mutating func word(_ node: JSONNode?, _ what: String, _ known: [String]) -> String? {
        guard let node, let text = text(node, what) else { return nil }
        if known.contains(text) { return text }
        reportUnknown(
            "behaviour.unknown-word", "\(what) cannot be '\(text)'", name: text, known: known, at: node.position)
        return nil
    }

    /// `60s`, `5m`, `2h`, `30d` as seconds.
    mutating func duration(_ node: JSONNode?, _ what: String) -> Int? {
        guard let node, let text = text(node, what) else { return nil }
        if let seconds = ReferenceParser.seconds(duration: text), seconds > 0 { return seconds }
        report(
            "behaviour.type", "\(what) must be a duration, found '\(text)'", at: node,
            help: "write a number and s, m, h or d, such as 60s")
        return nil
    }
}
