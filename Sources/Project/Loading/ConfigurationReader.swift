import Diagnostics
import JSONDocument
import Scenarios
import SourceText

/// Reads values out of one configuration file and keeps every problem it meets.
///
/// Each question names what it wants; an answer of the wrong kind is a diagnostic and `nil`, so that reading goes on.
struct ConfigurationReader {
    let source: SourceFile
    private(set) var diagnostics = Diagnostics()

    init(_ source: SourceFile) {
        self.source = source
    }

    /// Reports a problem at `node`.
    mutating func report(_ rule: String, _ message: String, at node: JSONNode, help: String? = nil) {
        report(rule, message, at: node.position, help: help)
    }

    /// Reports a problem at a position of the file.
    mutating func report(_ rule: String, _ message: String, at position: TextPosition, help: String? = nil) {
        diagnostics.append(
            Diagnostic("configuration.\(rule)", .error, message, at: source.location(of: position), help: help)
        )
    }

    /// The members of an object; every name that is not among `known` is a problem.
    mutating func members(of node: JSONNode, what: String, known: [String]) -> [JSONMember] {
        let members = members(of: node, what: what)
        for member in members where !known.contains(where: { $0.utf8.elementsEqual(member.name.utf8) }) {
            let nearest = nearestName(to: member.name, among: known)
            report(
                "unknown-key",
                "\(what) has no key \(quoted(member.name))",
                at: member.namePosition,
                help: nearest.map { "did you mean `\($0)`?" } ?? "the known keys are \(known.joined(separator: ", "))"
            )
        }
        return members
    }

    /// The members of an object with names of the user's choice; an empty name is a problem.
    mutating func members(of node: JSONNode, what: String) -> [JSONMember] {
        guard node.kind == .object else {
            report("wrong-type", "\(what) must be a mapping, found \(node.kind.name)", at: node)
            return []
        }
        return node.members.filter { member in
            guard member.name.isEmpty else { return true }
            report("empty", "a name in \(what) is empty", at: member.namePosition)
            return false
        }
    }

    /// A text that is not empty.
    mutating func text(_ node: JSONNode, what: String) -> String? {
        guard let text = node.string else {
            report(
                "wrong-type",
                "\(what) must be a string, found \(node.kind.name)",
                at: node,
                help: node.kind == .number ? "quote it" : nil
            )
            return nil
        }
        guard !text.isEmpty else {
            report("empty", "\(what) is empty", at: node)
            return nil
        }
        return text
    }

    /// A list of texts with their places; a single text is a list of one.
    mutating func texts(_ node: JSONNode, what: String) -> [(text: String, node: JSONNode)] {
        if node.kind == .string {
            return text(node, what: what).map { [($0, node)] } ?? []
        }
        guard node.kind == .array else {
            report("wrong-type", "\(what) must be a list of strings, found \(node.kind.name)", at: node)
            return []
        }
        var result: [(text: String, node: JSONNode)] = []
        for element in node.elements {
            if let text = text(element, what: "each entry of \(what)") {
                result.append((text, element))
            }
        }
        return result
    }

    /// `true` or `false`.
    mutating func flag(_ node: JSONNode, what: String) -> Bool? {
        guard let flag = node.boolean else {
            report("wrong-type", "\(what) must be true or false, found \(node.kind.name)", at: node)
            return nil
        }
        return flag
    }

    /// A duration such as `500ms`, `30s` or `2m`, more than nothing and an hour at most.
    mutating func duration(_ node: JSONNode, what: String) -> Duration? {
        guard let text = node.string, let duration = DurationText.parse(text), duration > .zero,
            duration <= .seconds(3600)
        else {
            report(
                "wrong-duration",
                "\(what) must be between 1ms and 1h",
                at: node,
                help: "write for example 500ms, 30s or 2m"
            )
            return nil
        }
        return duration
    }
}

/// `text` in quotation marks, cut to a readable length, without control characters.
func quoted(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(80).map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : $0 }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: shown)
    return "'\(String(result))'"
}
