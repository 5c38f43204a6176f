package import Diagnostics
package import JSONDocument
import Primitives

/// Reads the values of a YAML or JSON file. Reports each unexpected value with its location, and with the nearest known
/// name.
///
/// Every function expects one kind of value. If the file has another kind, the function adds a diagnostic and returns
/// `nil` or nothing. Reading continues, so all mistakes of a file are reported together.
package struct DiagnosingReader {
    package let source: SourceFile
    /// Everything that was reported so far.
    package private(set) var diagnostics = Diagnostics()
    private let format: FileFormat

    /// Reads `source`, a file of the given format.
    package init(_ source: SourceFile, as format: FileFormat) {
        self.source = source
        self.format = format
    }

    /// The top of the file.
    package var root: JSONNode { source.document.root }

    /// The location of a value, for diagnostics that are found later.
    package func location(of node: JSONNode) -> SourceLocation { source.location(of: node.position) }

    // MARK: Reporting

    /// Reports a mistake at a value.
    ///
    /// - Parameter rule: The rule without the name of the format.
    package mutating func report(
        _ rule: String, _ message: String, at node: JSONNode, help: String? = nil, excerpt: Diagnostic.Excerpt? = nil
    ) {
        report(rule, message, at: node.position, help: help, excerpt: excerpt)
    }

    /// Reports a mistake at a position, such as that of a name.
    package mutating func report(
        _ rule: String, _ message: String, at position: TextPosition, help: String? = nil,
        excerpt: Diagnostic.Excerpt? = nil
    ) {
        diagnostics.append(
            Diagnostic(
                "\(format.name).\(rule)", .error, message, at: source.location(of: position), excerpt: excerpt,
                help: help))
    }

    /// Reports that `name` is not among `known`. The help is the nearest known name, or `otherwise` if there is none.
    package mutating func reportUnknown(
        _ rule: String, _ message: String, name: String, known: [String], at position: TextPosition,
        otherwise: String? = nil
    ) {
        let nearest = nearestName(to: name, among: known).map { "did you mean `\($0)`?" }
        report(rule, message, at: position, help: nearest ?? otherwise)
    }

    /// All known names, as a help; `nil` when there are none.
    package func all(_ known: [String]) -> String? {
        known.isEmpty ? nil : "\(format.words.knownKeys) \(known.joined(separator: ", "))"
    }

    /// Reports a value of the wrong kind.
    package mutating func reportKind(_ node: JSONNode, _ what: String, expected: String) {
        report(
            format.words.wrongKind, "\(what) must be \(expected), found \(format.words.found(node.kind))", at: node)
    }

    // MARK: Maps

    /// The members of a map with names that users choose.
    package mutating func members(of node: JSONNode, _ what: String) -> [JSONMember] {
        guard node.kind == .object else {
            reportKind(node, what, expected: format.words.map)
            return []
        }
        let members = Array(node.members)
        guard !format.allowsEmptyText else { return members }
        return members.filter { member in
            guard member.name.isEmpty else { return true }
            report("empty", "a name in \(what) is empty", at: member.namePosition)
            return false
        }
    }

    /// The members of a map in the order of the file, without those with unknown names.
    package mutating func members(of node: JSONNode, _ what: String, known: [String]) -> [JSONMember] {
        members(of: node, what).filter { member in
            if known.contains(where: { $0.isSame(as: member.name) }) { return true }
            reportUnknown(
                "unknown-key", format.words.unknownKey(what, quoted(member.name)), name: member.name, known: known,
                at: member.namePosition, otherwise: all(known))
            return false
        }
    }

    /// The values of a map by name; `nil` when it is not a map.
    package mutating func fields(_ node: JSONNode, _ what: String, known: [String]) -> [String: JSONNode]? {
        let members = members(of: node, what, known: known)
        guard node.kind == .object else { return nil }
        return Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }

    /// The value of a required name.
    package mutating func required(
        _ name: String, _ fields: [String: JSONNode], of node: JSONNode, _ what: String
    ) -> JSONNode? {
        if let found = fields[name] { return found }
        report("missing-key", "\(what) requires `\(name)`", at: node)
        return nil
    }

    // MARK: Values

    /// A text.
    package mutating func text(_ node: JSONNode, _ what: String) -> String? {
        guard let text = node.string else {
            let help = node.kind == .number ? "quote it" : nil
            report(
                format.words.wrongKind, "\(what) must be a string, found \(format.words.found(node.kind))", at: node,
                help: help)
            return nil
        }
        guard format.allowsEmptyText || !text.isEmpty else {
            report("empty", "\(what) is empty", at: node)
            return nil
        }
        return text
    }

    /// A list of texts, each with its place; a single text is a list of one.
    package mutating func texts(_ node: JSONNode, _ what: String) -> [(text: String, node: JSONNode)] {
        if node.kind == .string { return text(node, what).map { [($0, node)] } ?? [] }
        guard node.kind == .array else {
            reportKind(node, what, expected: format.words.listOfTexts)
            return []
        }
        let entry = format.words.entry(what)
        return node.elements.map { $0 }.compactMap { element in text(element, entry).map { ($0, element) } }
    }

    /// One of a few words.
    package mutating func word(_ node: JSONNode, _ what: String, _ known: [String]) -> String? {
        guard let text = text(node, what) else { return nil }
        if known.contains(where: { $0.isSame(as: text) }) { return text }
        reportUnknown(
            format.words.unknownWord, format.words.wrongWord(what, quoted(text)), name: text, known: known,
            at: node.position, otherwise: "\(format.words.knownWords) \(known.joined(separator: ", "))")
        return nil
    }

    /// `true` or `false`.
    package mutating func boolean(_ node: JSONNode, _ what: String) -> Bool? {
        if let boolean = node.boolean { return boolean }
        reportKind(node, what, expected: "true or false")
        return nil
    }

    /// A whole number within a range.
    package mutating func integer(_ node: JSONNode, _ what: String, in range: ClosedRange<Int>) -> Int? {
        if let number = node.number?.int, range.contains(number) { return number }
        report(
            format.words.wrongKind,
            "\(what) must be a whole number from \(range.lowerBound) to \(range.upperBound), found \(node.spelling)",
            at: node)
        return nil
    }
}

/// A text of a file in quotation marks, as messages show it: cut to a readable length, without control characters.
package func quoted(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(80).map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : $0 }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: shown)
    return "'\(String(result))'"
}
