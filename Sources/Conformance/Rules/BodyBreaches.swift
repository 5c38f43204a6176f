import JSONDocument
import JSONSchema
import OpenAPI

/// What a schema says against a body, with one entry per cause: what merely follows from another breach is left out.
struct BodyBreaches {
    /// An object that holds, in one undeclared member, what it should itself be.
    struct Wrapped {
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
    /// Discriminators that name another alternative than the one that the value satisfies.
    let remarks: [SchemaIssue]
    private(set) var wrapped: [Wrapped] = []
    private(set) var hollow: [Hollow] = []

    private let root: JSONNode

    /// - Parameters:
    ///   - schema: The schema with its place, by which objects inside can be judged on their own; `nil` where only its
    ///     compiled form is known.
    init(
        _ report: SchemaReport, of root: JSONNode, by compiled: CompiledSchema, _ schema: Schema?,
        _ options: ValidationOptions
    ) {
        self.root = root
        issues = Self.withoutEchoes(report.issues)
        undeclared = report.undeclared
        remarks = report.remarks
        guard !undeclared.isEmpty || !issues.isEmpty else { return }
        for pointer in strangers {
            guard let parent = pointer.parent, let name = pointer.tokens.last,
                let value = root.node(at: pointer), value.kind == .object || value.kind == .array,
                !wrapped.contains(where: { pointer.tokens.starts(with: $0.pointer.tokens) }),
                let judge = parent.tokens.isEmpty ? compiled : try? schema?.inside(parent.tokens)?.compiled(),
                Self.fits(value, judge, options)
            else { continue }
            wrapped.append(Wrapped(pointer: parent, member: name))
            drop(below: parent)
        }
        gatherHollow()
    }

    /// Keywords that say more narrowly what a value is: one that is none of an enumeration has no form to speak of.
    private static let narrow = ["enum", "const"]
    private static let forms = [
        "format", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "multipleOf",
    ]

    /// The issues without those that others say already: a discriminator cannot choose by a member that is missing or
    /// broken, and a value outside of an enumeration has no form to speak of.
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

    /// Members that the contract does not know and that are the only ones of their object.
    private var strangers: [JSONPointer] {
        let forbidden = issues.filter { ["additionalProperties", "unevaluatedProperties"].contains($0.keyword) }
            .compactMap { issue in issue.property.map { issue.pointer.appending($0) } }
        return (undeclared + forbidden).filter { pointer in
            pointer.parent.flatMap { root.node(at: $0) }.map { $0.kind == .object && $0.members.count == 1 } ?? false
        }
    }

    private static func fits(_ value: JSONNode, _ judge: CompiledSchema, _ options: ValidationOptions) -> Bool {
        let report = judge.validate(value, options)
        guard report.outcome == .valid else { return false }
        // What fits any object says nothing: something declared must be there.
        return value.kind == .array
            || value.members.contains { member in
                !report.undeclared.contains { $0.tokens.first?.utf8.elementsEqual(member.name.utf8) ?? false }
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
