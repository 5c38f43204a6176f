import JSONDocument
import JSONSchema
import OpenAPI

/// How a body deviates from its schema, with one entry per cause: what follows from another deviation is left out.
struct BodyDeviations {
    /// An object that lacks required members, and whose only member, an undeclared one, contains them.
    struct Wrapped: Equatable {
        var pointer: JSONPointer
        var member: String
    }

    /// An object that has none of the members that it needs, two at least.
    struct Hollow {
        var issue: SchemaIssue
        var missing: [String]
        var present: [String]
    }

    private(set) var issues: [SchemaIssue]
    private(set) var undeclared: [JSONPointer]
    /// Discriminators that select another alternative than the one that the value satisfies.
    let remarks: [SchemaIssue]
    private(set) var wrapped: [Wrapped] = []
    private(set) var hollow: [Hollow] = []

    private let root: JSONNode

    /// - Parameters:
    ///   - schema: The schema with its place, so that objects inside can be judged by themselves; `nil` where only its
    ///     compiled form is known.
    ///   - examples: The document's own examples of the body, read when an object seems to be wrapped.
    init(
        _ report: SchemaReport, of root: JSONNode, by compiled: CompiledSchema, _ schema: Schema?,
        _ options: ValidationOptions, examples: () -> [JSONNode] = { [] }
    ) {
        self.root = root
        issues = Self.withoutEchoes(report.issues)
        undeclared = report.undeclared
        remarks = report.remarks
        guard !issues.isEmpty else { return }
        for pointer in strangers {
            guard let parent = pointer.parent, let name = pointer.tokens.last,
                let value = root.node(at: pointer), value.kind == .object,
                !wrapped.contains(where: { pointer.tokens.starts(with: $0.pointer.tokens) }),
                missing(at: parent).contains(where: { value[$0] != nil }),
                schema?.inside(parent.tokens)?.view?.isSelfSimilar != true,
                let judge = parent.tokens.isEmpty ? compiled : try? schema?.inside(parent.tokens)?.compiled(),
                judge.validate(value, options).outcome == .valid,
                // The document has such an object in an example, so the wrapper is intended.
                !examples().contains(where: { $0.isWrapper(at: parent, around: name) })
            else { continue }
            wrapped.append(Wrapped(pointer: parent, member: name))
            drop(below: parent)
        }
        gatherHollow()
    }

    /// The required members that an object lacks, also where a branch of a composed schema requires them.
    private func missing(at pointer: JSONPointer) -> [String] {
        func missing(_ issues: [SchemaIssue], _ depth: Int) -> [String] {
            issues.filter { $0.pointer == pointer }.flatMap { issue -> [String] in
                if issue.keyword == "required" { return issue.property.map { [$0] } ?? [] }
                return depth < 8 ? issue.causes.flatMap { missing($0, depth + 1) } : []
            }
        }
        return missing(issues, 0)
    }

    /// Keywords that determine the value more narrowly: outside of an enumeration, its form is of no interest.
    private static let narrow = ["enum", "const"]
    private static let forms = [
        "format", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "multipleOf",
    ]

    /// The issues without those that follow from others: a discriminator cannot select by a member that is missing or
    /// wrong, and outside of an enumeration the form of a value is of no interest.
    static func withoutEchoes(_ issues: [SchemaIssue]) -> [SchemaIssue] {
        issues.filter { issue in
            if forms.contains(issue.keyword) {
                return !issues.contains { narrow.contains($0.keyword) && $0.pointer == issue.pointer }
            }
            guard issue.keyword == "discriminator", let property = issue.property else { return true }
            let place = issue.pointer.appending(property)
            return !issues.contains { $0.keyword != "discriminator" && $0.place == place }
        }
    }

    /// Members that the contract does not declare and that are the only ones of their object.
    private var strangers: [JSONPointer] {
        let forbidden = issues.filter { ["additionalProperties", "unevaluatedProperties"].contains($0.keyword) }
            .compactMap { issue in issue.property.map { issue.pointer.appending($0) } }
        return (undeclared + forbidden).filter { pointer in
            pointer.parent.flatMap { root.node(at: $0) }.map { $0.kind == .object && $0.members.count == 1 } ?? false
        }
    }

    private mutating func drop(below pointer: JSONPointer) {
        func isInside(_ place: JSONPointer) -> Bool { place.tokens.starts(with: pointer.tokens) }
        issues.removeAll { isInside($0.place) }
        undeclared.removeAll { isInside($0) }
    }

    private mutating func gatherHollow() {
        var pointers: [JSONPointer] = []
        for issue in issues where issue.keyword == "required" && !pointers.contains(issue.pointer) {
            pointers.append(issue.pointer)
        }
        for pointer in pointers {
            let missing = issues.filter { $0.keyword == "required" && $0.pointer == pointer }
            guard missing.count > 1, let first = missing.first, let object = root.node(at: pointer) else { continue }
            let strange = undeclared.filter { $0.parent == pointer }
            guard strange.count == object.members.count else { continue }
            issues.removeAll { $0.keyword == "required" && $0.pointer == pointer }
            undeclared.removeAll { $0.tokens.starts(with: pointer.tokens) && $0 != pointer }
            let names = object.members.map(\.name)
            hollow.append(Hollow(issue: first, missing: missing.compactMap(\.property), present: names))
        }
    }
}

extension Schema {
    /// The schema of the value at a path inside of values of this one.
    func inside(_ path: [String]) -> Schema? {
        view?.view(at: path).flatMap { other(at: $0.place) }
    }
}

extension SchemaView {
    /// Whether a value can contain, in its declared members, a value of the same schema, as nodes of a tree do. Then a
    /// seeming wrapper may be just another node.
    var isSelfSimilar: Bool {
        let own = branches.map(\.place)
        var open = [self]
        for _ in 0..<3 {
            var next: [SchemaView] = []
            for view in open.prefix(200) {
                let inner = view.propertyNames.prefix(200).compactMap(view.property)
                next += inner + [view.items, view.additional].compactMap { $0 }
            }
            if next.contains(where: { own.contains($0.place) }) { return true }
            open = next
        }
        return false
    }
}

extension JSONNode {
    /// Whether the value at `pointer`, in any element of lists, is an object with the one member `name`.
    fileprivate func isWrapper(at pointer: JSONPointer, around name: String) -> Bool {
        var open = [self]
        for token in pointer.tokens {
            open = open.flatMap { node -> [JSONNode] in
                node.kind == .array && Int(token) != nil
                    ? Array(node.elements.prefix(100)) : [node[token]].compactMap { $0 }
            }
        }
        return open.contains { $0.kind == .object && $0.members.count == 1 && $0[name] != nil }
    }
}
