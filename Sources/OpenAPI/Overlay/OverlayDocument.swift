internal import Diagnostics
internal import JSONDocument
internal import SourceText

/// A parsed overlay (Overlay Specification 1.0 and 1.1).
struct OverlayDocument {
    enum Change {
        case remove
        case update(JSONNode)
        /// The values of the document itself that match the query.
        case copy(JSONPath, JSONNode)
    }

    struct Action {
        var target: JSONPath
        /// The node of the target's text, for messages.
        var targetNode: JSONNode
        var change: Change
    }

    let file: SourceFile
    /// The value of `extends`.
    let extends: JSONNode?
    private(set) var actions: [Action] = []
    private(set) var diagnostics: [Diagnostic] = []

    /// Reads an overlay; throws all mistakes if there are any.
    init(_ file: SourceFile) throws(SourceError) {
        self.file = file
        let root = file.document.root
        extends = root["extends"]
        guard root.kind == .object, let version = root["overlay"] else {
            throw SourceError(
                Diagnostic(
                    "overlay.not-a-document",
                    .error,
                    "the file is not an overlay: the field `overlay` is missing",
                    at: file.location(of: root)
                )
            )
        }
        let text = version.string ?? version.spelling
        guard ["1.0", "1.1"].contains(where: { text.utf8.starts(with: ($0 + ".").utf8) || text == $0 }) else {
            throw SourceError(
                Diagnostic(
                    "overlay.version",
                    .error,
                    "Overlay \(Reference.excerpt(text)) is not supported; use 1.0 or 1.1",
                    at: file.location(of: version)
                )
            )
        }
        checkFields(of: root, known: ["overlay", "info", "extends", "actions"], what: "an overlay")
        if let extends, extends.string == nil {
            report(
                "overlay.extends", .warning, "`extends` must be a URL, found \(extends.kind.described)",
                at: extends)
        }
        readActions(root)
        if diagnostics.contains(where: { $0.severity == .error }) { throw SourceError(diagnostics) }
    }

    private mutating func readActions(_ root: JSONNode) {
        guard let list = root["actions"], list.kind == .array, list.count > 0 else {
            return report("overlay.actions", .error, "the overlay has no list of actions", at: root["actions"] ?? root)
        }
        for node in list.elements {
            guard node.kind == .object else {
                report("overlay.action", .error, "expected an action, found \(node.kind.described)", at: node)
                continue
            }
            if let action = readAction(node) { actions.append(action) }
        }
    }

    private mutating func readAction(_ node: JSONNode) -> Action? {
        checkFields(of: node, known: ["target", "description", "update", "remove", "copy"], what: "an action")
        guard let target = node["target"], let path = path(target) else {
            if node["target"] == nil { report("overlay.target", .error, "the action has no target", at: node) }
            return nil
        }
        if let remove = node["remove"], remove.boolean == nil {
            report(
                "overlay.action", .error, "`remove` must be true or false, found \(remove.kind.described)",
                at: remove)
        }
        if node["remove"]?.boolean == true { return Action(target: path, targetNode: target, change: .remove) }
        if node["update"] != nil, let copy = node["copy"] {
            report("overlay.action", .error, "`update` and `copy` cannot be combined", at: copy)
        }
        if let update = node["update"] { return Action(target: path, targetNode: target, change: .update(update)) }
        if let copy = node["copy"] {
            return self.path(copy).map { Action(target: path, targetNode: target, change: .copy($0, copy)) }
        }
        report("overlay.action", .warning, "the action changes nothing: it has no update, copy or remove", at: node)
        return nil
    }

    private mutating func path(_ node: JSONNode) -> JSONPath? {
        guard let text = node.string else {
            report("overlay.target", .error, "expected a JSONPath query, found \(node.kind.described)", at: node)
            return nil
        }
        do {
            return try JSONPath(text)
        } catch {
            diagnostics.append(
                Diagnostic(
                    "overlay.target",
                    .error,
                    "the query is not valid: \(error.message)",
                    at: file.location(of: node),
                    excerpt: Diagnostic.Excerpt(text, offset: error.offset, length: 1)
                )
            )
            return nil
        }
    }

    private mutating func checkFields(of node: JSONNode, known: [String], what: String) {
        for member in node.members where !member.name.isExtensionName && !known.contains(member.name) {
            let help = nearestName(to: member.name, among: known).map { "did you mean `\($0)`?" }
            let location = file.location(of: member.namePosition)
            let message = "\(what) has no field '\(member.name)'"
            diagnostics.append(Diagnostic("overlay.unknown-field", .warning, message, at: location, help: help))
        }
    }

    mutating func report(_ rule: String, _ severity: Severity, _ message: String, at node: JSONNode) {
        diagnostics.append(Diagnostic(rule, severity, message, at: file.location(of: node)))
    }
}
