internal import Diagnostics
internal import JSONDocument
internal import Primitives
internal import SourceText

/// A document with an overlay applied. Values from the overlay are located in the overlay's file.
struct OverlayApplication {
    let result: SourceFile
    let diagnostics: [Diagnostic]

    static func apply(
        _ overlay: SourceFile,
        to source: SourceFile,
        limits: SourceLimits
    ) throws(SourceError) -> OverlayApplication {
        try apply(try OverlayDocument(overlay), to: source, limits: limits)
    }

    static func apply(
        _ document: OverlayDocument,
        to source: SourceFile,
        limits: SourceLimits
    ) throws(SourceError) -> OverlayApplication {
        let overlay = document.file
        var map = source.map
        let shift = map.stack(file: overlay.path, lineCount: overlay.lineCount, below: source)
        var editor = OverlayEditor(
            tree: LocatedValue(source.document.root),
            overlay: document,
            shift: shift,
            map: map
        )
        try editor.run()
        var builder = JSONDocumentBuilder(limits: limits.json)
        do {
            try editor.tree.write(to: &builder)
            let edited = try builder.finish()
            let result = SourceFile(path: source.path, document: edited, bytes: source.bytes, map: map)
            return OverlayApplication(result: result, diagnostics: editor.diagnostics)
        } catch {
            throw SourceError(
                Diagnostic(
                    "overlay.result", .error, "the document is too large after the overlay is applied: \(error.message)"
                )
            )
        }
    }
}

/// Applies the actions of an overlay, one after the other.
struct OverlayEditor {
    var tree: LocatedValue
    let overlay: OverlayDocument
    /// The distance of the overlay's lines below those of the document.
    let shift: Int
    let map: SourceMap
    private(set) var diagnostics: [Diagnostic] = []
    private var errors: [Diagnostic] = []

    init(tree: LocatedValue, overlay: OverlayDocument, shift: Int, map: SourceMap) {
        self.tree = tree
        self.overlay = overlay
        self.shift = shift
        self.map = map
        diagnostics = overlay.diagnostics
    }

    /// Applies every action; those that fail are reported together.
    mutating func run() throws(SourceError) {
        for action in overlay.actions { carryOut(action) }
        guard errors.isEmpty else { throw SourceError(diagnostics + errors) }
    }

    private mutating func carryOut(_ action: OverlayDocument.Action) {
        guard let paths = find(action.target, action.targetNode) else { return }
        guard !paths.isEmpty else {
            let text = action.targetNode.string ?? ""
            diagnostics.append(
                Diagnostic(
                    "overlay.no-match",
                    .warning,
                    "the target '\(Reference.excerpt(text))' matches nothing, so the action has no effect",
                    at: overlay.file.location(of: action.targetNode)
                )
            )
            return
        }
        switch action.change {
        case .remove:
            // Removes from the end, so that the remaining indexes stay valid.
            for path in paths.sorted(by: Self.isLater) { remove(path, action) }
        case .update(let node):
            update(paths, with: LocatedValue(node, shift: shift), action)
        case .copy(let query, let node):
            guard let sources = find(query, node) else { return }
            guard sources.count == 1, let value = tree[sources[0][...]] else {
                return fail("`copy` must match one value, but matches \(sources.count)", at: node)
            }
            update(paths, with: value, action)
        }
    }

    private mutating func find(_ query: JSONPath, _ node: JSONNode) -> [[LocatedStep]]? {
        do {
            return try query.paths(in: tree)
        } catch {
            fail("the query is not valid: \(error.message)", at: node)
            return nil
        }
    }

    private mutating func remove(_ path: [LocatedStep], _ action: OverlayDocument.Action) {
        guard !path.isEmpty else { return fail("the whole document cannot be removed", at: action.targetNode) }
        tree.remove(at: path[...])
    }

    private mutating func update(_ paths: [[LocatedStep]], with value: LocatedValue, _ action: OverlayDocument.Action) {
        let kinds = paths.compactMap { tree[$0[...]].map(Self.shape) }
        guard Set(kinds).count == 1 else {
            return fail(
                "the target matches values of different kinds: objects, lists and single values", at: action.targetNode)
        }
        let before = paths.map { tree[$0[...]]?.value }
        defer { noteEffect(of: action, changed: before != paths.map { tree[$0[...]]?.value }) }
        for path in paths {
            do {
                try tree.change(at: path[...]) { target throws(OverlayMerge.Conflict) in
                    try OverlayMerge.merge(value, into: &target, isTop: true)
                }
            } catch {
                errors.append(
                    Diagnostic(
                        "overlay.conflict",
                        .error,
                        error.message,
                        at: map.location(of: error.position),
                        related: [Diagnostic.Related("the value to change", at: map.location(of: error.target))]
                    )
                )
            }
        }
    }

    /// Reports a correction that the document already contains and that can be removed.
    private mutating func noteEffect(of action: OverlayDocument.Action, changed: Bool) {
        guard !changed, errors.isEmpty else { return }
        diagnostics.append(
            Diagnostic(
                "overlay.no-effect",
                .warning,
                "the action changes nothing: its target already has the new value",
                at: overlay.file.location(of: action.targetNode)
            )
        )
    }

    private mutating func fail(_ message: String, at node: JSONNode) {
        errors.append(Diagnostic("overlay.action", .error, message, at: overlay.file.location(of: node)))
    }

    /// 0 for single values, 1 for lists, 2 for objects.
    private static func shape(_ value: LocatedValue) -> Int {
        switch value.content {
        case .array: 1
        case .object: 2
        default: 0
        }
    }

    private static func isLater(_ left: [LocatedStep], _ right: [LocatedStep]) -> Bool {
        for (a, b) in zip(left, right) {
            let (first, second) = (index(of: a), index(of: b))
            if first != second { return first > second }
        }
        return left.count > right.count
    }

    private static func index(of step: LocatedStep) -> Int {
        switch step {
        case .member(let index), .element(let index): index
        }
    }
}

/// Merges one value into another (Overlay Specification 1.1, section 4.4.3).
enum OverlayMerge {
    /// Two values that cannot be merged.
    struct Conflict: Error {
        let message: String
        let position: TextPosition
        let target: TextPosition
    }

    /// Merges objects member by member, concatenates lists, appends any other value to a list that is the target
    /// itself, and replaces single values.
    static func merge(_ update: LocatedValue, into target: inout LocatedValue, isTop: Bool) throws(Conflict) {
        switch (target.content, update.content) {
        case (.object(var members), .object(let changes)):
            for change in changes {
                let index = members.firstIndex { $0.name.isSame(as: change.name) }
                guard let index else {
                    members.append(change)
                    continue
                }
                try merge(change.value, into: &members[index].value, isTop: false)
                if !members[index].value.isContainer { members[index].namePosition = change.namePosition }
            }
            target.content = .object(members)
        case (.array(let elements), .array(let more)):
            target.content = .array(elements + more)
        case (.array(let elements), _) where isTop:
            target.content = .array(elements + [update])
        case _ where !target.isContainer && !update.isContainer:
            target = update
        default:
            throw Conflict(
                message: "\(update.kind.described) cannot be merged into \(target.kind.described)",
                position: update.position,
                target: target.position
            )
        }
    }
}
