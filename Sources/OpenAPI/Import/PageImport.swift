public import Diagnostics
public import JSONDocument
public import SourceText

/// One document assembled from the fragments on documentation pages.
public struct PageImport: Sendable {
    /// The document.
    public let document: JSONValue
    /// Conflicts between fragments; the first fragment wins.
    public let diagnostics: [Diagnostic]
    /// The number of fragments.
    public let fragmentCount: Int

    /// A documentation page: its bytes and its name for users.
    public struct Page: Sendable {
        /// The name of the page in messages.
        public var path: String
        /// The text.
        public var bytes: [UInt8]

        /// Creates a page at `path`.
        public init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// Merges the fragments of all pages, in their order.
    ///
    /// - Throws: The mistakes of pages without a readable document.
    public init(_ pages: [Page], limits: SourceLimits = SourceLimits()) throws(SourceError) {
        var problems: [Diagnostic] = []
        var fragments: [SourceFile] = []
        for page in pages {
            let found = PageFragments(page.bytes, path: page.path, limits: limits)
            problems += found.diagnostics
            for fragment in found.fragments {
                do {
                    _ = try DocumentVersion.check(fragment)
                    fragments.append(fragment)
                } catch {
                    problems += error.diagnostics
                }
            }
            if found.fragments.isEmpty, found.diagnostics.isEmpty {
                problems.append(
                    Diagnostic(
                        "import.no-fragment",
                        .error,
                        "the page contains no OpenAPI document in a fenced block",
                        at: SourceLocation(file: page.path, line: 1, column: 1)
                    )
                )
            }
        }
        guard problems.isEmpty, let first = fragments.first else { throw SourceError(problems.map(\.withAdvice)) }
        var merge = FragmentMerge(fragments: fragments)
        var tree = MergedValue(first.document.root, fragment: 0)
        for index in fragments.indices.dropFirst() {
            merge.merge(fragments[index].document.root, from: index, into: &tree, at: .root)
        }
        document = tree.value
        diagnostics = Diagnostics(merge.diagnostics).sorted.map(\.withAdvice)
        fragmentCount = fragments.count
    }
}

/// A value of the merged document, and its origin.
struct MergedValue {
    /// The value, and the first fragment that contained it.
    var node: JSONNode
    var fragment: Int
    /// The members, if it is an object.
    var members: [(name: String, value: MergedValue)]

    init(_ node: JSONNode, fragment: Int) {
        self.node = node
        self.fragment = fragment
        members = node.members.map { ($0.name, MergedValue($0.value, fragment: fragment)) }
    }

    var value: JSONValue {
        guard node.kind == .object else { return node.value }
        return .object(JSONObject(members.map { ($0.name, $0.value.value) }))
    }
}

/// Merges fragments, object by object.
struct FragmentMerge {
    /// The maximum number of reported conflicts.
    private static let maximumDisagreements = 200

    let fragments: [SourceFile]
    private(set) var diagnostics: [Diagnostic] = []

    init(fragments: [SourceFile]) {
        self.fragments = fragments
    }

    mutating func merge(_ node: JSONNode, from fragment: Int, into target: inout MergedValue, at pointer: JSONPointer) {
        guard node.kind == .object, target.node.kind == .object else {
            if node.value != target.value { mergeList(node, from: fragment, into: &target, at: pointer) }
            return
        }
        var indexes: [JSONNameKey: Int] = [:]
        for (index, member) in target.members.enumerated() { indexes[JSONNameKey(member.name)] = index }
        for member in node.members {
            if let index = indexes[JSONNameKey(member.name)] {
                merge(
                    member.value, from: fragment, into: &target.members[index].value,
                    at: pointer.appending(member.name))
            } else {
                target.members.append((member.name, MergedValue(member.value, fragment: fragment)))
            }
        }
    }

    /// Lists of names at the root of the document are merged; any other difference is a conflict.
    private mutating func mergeList(
        _ node: JSONNode,
        from fragment: Int,
        into target: inout MergedValue,
        at pointer: JSONPointer
    ) {
        guard pointer.tokens == ["tags"], node.kind == .array, target.node.kind == .array else {
            return disagree(node, fragment, target, at: pointer)
        }
        let kept = target.value.elements ?? []
        let known = Set(kept.map { $0["name"] ?? $0 })
        let more = node.elements.filter { !known.contains($0["name"]?.value ?? $0.value) }
        guard !more.isEmpty else { return }
        let all = kept + more.map(\.value)
        target.node = JSONDocument(.array(all)).root
    }

    private mutating func disagree(_ node: JSONNode, _ fragment: Int, _ target: MergedValue, at pointer: JSONPointer) {
        guard diagnostics.count < Self.maximumDisagreements else { return }
        diagnostics.append(
            Diagnostic(
                "import.disagreement",
                .error,
                "the fragment has the value \(Reference.excerpt(node.spelling)), but an earlier fragment has"
                    + " \(Reference.excerpt(target.node.spelling)), which is kept",
                at: location(of: node, in: fragment),
                place: "#" + pointer.description,
                related: [
                    Diagnostic.Related("the earlier fragment", at: location(of: target.node, in: target.fragment))
                ]
            )
        )
    }

    private func location(of node: JSONNode, in fragment: Int) -> SourceLocation {
        fragments[fragment].location(of: node.namePosition ?? node.position)
    }
}
