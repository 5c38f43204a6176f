import JSONDocument
import Primitives

/// Reports the keywords that apply schemas to the same value.
extension Reporter {
    mutating func report(_ applicator: Applicator, _ node: NodeReference, _ entry: Int, _ root: NodeReference) {
        switch applicator {
        case .reference(let target): walk(target, entry, root: root)
        case .dynamicReference(let reference): walk(checker.target(of: reference), entry, root: root)
        case .all(let branches):
            for number in branches.indices { walk(branches[number], entry, root: root) }
        case .any(let branches): reportAny(branches, node, entry, root)
        case .one(let branches): reportOne(branches, node, entry, root)
        case .discriminated(let discriminator): reportDiscriminated(discriminator, node, entry, root)
        case .not(let schema):
            switch checker.checkCondition(schema, entry) {
            case .invalid, .unjudged: break
            case .valid: add("not", node, entry, Messages.negated, expected: Messages.negatedExpectation)
            case .undecided: addUndecided("not", at: entry, node)
            }
        case .conditional(let conditional): report(conditional, node, entry, root)
        case .unusable: break
        }
    }

    private mutating func report(
        _ conditional: Conditional, _ node: NodeReference, _ entry: Int, _ root: NodeReference
    ) {
        guard conditional.consequence != nil || conditional.alternative != nil else { return }
        switch checker.checkCondition(conditional.condition, entry) {
        case .valid: if let consequence = conditional.consequence { walkBranch(consequence, entry, root) }
        case .invalid: if let alternative = conditional.alternative { walkBranch(alternative, entry, root) }
        case .unjudged: break
        case .undecided: addUndecided("if", at: entry, node)
        }
    }

    private mutating func reportAny(
        _ branches: Slice<NodeReference>, _ node: NodeReference, _ entry: Int, _ root: NodeReference
    ) {
        switch checker.checkAny(branches, entry, root) {
        case .valid, .unjudged: break
        case .undecided: addUndecided("anyOf", at: entry, node)
        case .invalid:
            let causes = causes(branches, entry, root)
            if branches.count == 1 { return issues.append(contentsOf: causes.first ?? []) }
            add(
                "anyOf", node, entry, Messages.noAlternative(branches.count), expected: Messages.anAlternative,
                causes: causes)
        }
    }

    private mutating func reportOne(
        _ branches: Slice<NodeReference>, _ node: NodeReference, _ entry: Int, _ root: NodeReference
    ) {
        var fitting: [Int] = []
        var isOpen = false
        var isUnjudged = false
        for number in branches.indices {
            switch checker.checkBranch(branches[number], entry, root) {
            case .valid: fitting.append(number + 1)
            case .invalid: break
            case .undecided: isOpen = true
            case .unjudged: isUnjudged = true
            }
        }
        if fitting.count > 1 {
            add(
                "oneOf", node, entry, Messages.severalAlternatives(fitting),
                expected: Messages.exactlyOneAlternative)
        } else if isOpen {
            addUndecided("oneOf", at: entry, node)
        } else if fitting.isEmpty, !isUnjudged {
            let causes = causes(branches, entry, root)
            if branches.count == 1 { return issues.append(contentsOf: causes.first ?? []) }
            add(
                "oneOf", node, entry, Messages.noAlternative(branches.count),
                expected: Messages.exactlyOneAlternative, causes: causes)
        }
    }

    /// The alternatives decide; the discriminator selects the alternative that the message describes.
    private mutating func reportDiscriminated(
        _ discriminator: UnsafePointer<Discriminator>, _ node: NodeReference, _ entry: Int, _ root: NodeReference
    ) {
        let branches = discriminator.pointee.branches
        let isOne = discriminator.pointee.isOne
        let verdict = isOne ? checker.checkOne(branches, entry, root) : checker.checkAny(branches, entry, root)
        guard verdict == .invalid, branches.count > 1,
            !branches.array.contains(where: { checker.checkBranch($0, entry, root) == .valid })
        else {
            return isOne ? reportOne(branches, node, entry, root) : reportAny(branches, node, entry, root)
        }
        let property = discriminator.pointee.property.pointee.name
        let value = tape.value(of: entry, named: discriminator.pointee.property.pointee)
        let tagged = value.flatMap { nearest(discriminator, $0) }
        switch discriminator.pointee.choice(tape, entry) {
        case .schema(let target) where branches.contains(target): return walkBranch(target, entry, root)
        case .unknown(let value) where tagged == nil:
            let names = discriminator.pointee.texts.array.map { Messages.quoted($0.pointee.name, 100) }
            let shown = Messages.cutList(Array(names.prefix(6)), of: names.count)
            return add(
                "discriminator", node, entry,
                Messages.discriminatorUnknown(property, tape.excerpt(value), shown),
                expected: Messages.oneOf(shown), actual: tape.excerpt(value), property: property)
        default: break
        }
        if let tagged { return walkBranch(tagged, entry, root) }
        let causes = causes(branches, entry, root)
        let isMissing = value == nil && tape.kind(at: entry) == .object
        let isRequired = causes.allSatisfy { issues in
            issues.contains {
                $0.keyword == "required" && $0.pointer.tokens.count == path.count
                    && $0.property?.isSame(as: property) == true
            }
        }
        if isMissing, isRequired {
            return add(
                "discriminator", node, entry, Messages.discriminatorMissing(property),
                expected: Messages.member(property), property: property)
        }
        add(
            isOne ? "oneOf" : "anyOf", node, entry, Messages.noAlternative(branches.count),
            expected: isOne ? Messages.exactlyOneAlternative : Messages.anAlternative, causes: causes)
    }

    /// The only alternative whose own `enum` or `const` contains the text of the discriminating member.
    private func nearest(_ discriminator: UnsafePointer<Discriminator>, _ value: Int) -> NodeReference? {
        guard tape.kind(at: value) == .string, let tags = discriminator.pointee.tags else { return nil }
        let candidates = tags.candidates(tape, value).array.filter { tags.isTagged[$0] }
        return candidates.count == 1 ? candidates.first.map { discriminator.pointee.branches[$0] } : nil
    }

    /// Walks an alternative, or another schema that applies only to some values.
    mutating func walkBranch(_ schema: NodeReference, _ entry: Int, _ root: NodeReference) {
        checker.current.branches.append(Checker.Branch(node: schema, entry: entry))
        walk(schema, entry, root: root)
        checker.current.branches.removeLast()
    }

    /// The reasons why each alternative does not match, the closest first; of many alternatives, only the closest few.
    private mutating func causes(
        _ branches: Slice<NodeReference>, _ entry: Int, _ root: NodeReference
    ) -> [[SchemaIssue]] {
        var fallen: [(rank: BranchRank, issues: [SchemaIssue])] = []
        for number in branches.indices where checker.steps > 0 {
            let found = collecting(limit: 10) { $0.walkBranch(branches[number], entry, root) }
            fallen.append((BranchRank(found, at: path.count, number: number), found))
        }
        return fallen.sorted { $0.rank < $1.rank }.prefix(8).map(\.issues)
    }
}

/// How close an alternative is to matching: smaller is closer.
struct BranchRank: Comparable {
    private let parts: [Int]

    /// Ranks an alternative by its issues below `depth`. An alternative for another type is the farthest, then one
    /// whose fixed member values show that another alternative was intended. After that, the number of issues counts,
    /// then the depth of the first issue, then the order in the schema.
    init(_ issues: [SchemaIssue], at depth: Int, number: Int) {
        let misses = issues.count { issue in
            issue.pointer.tokens.count == depth && (issue.keyword == "type" || issue.keyword == "false")
        }
        let marks = issues.count { issue in
            issue.pointer.tokens.count == depth + 1 && (issue.keyword == "const" || issue.keyword == "enum")
        }
        let missing = issues.count { $0.keyword == "required" && $0.pointer.tokens.count == depth }
        let deepest = issues.map(\.pointer.tokens.count).max() ?? 0
        parts = [misses, marks, missing, issues.count, -deepest, number]
    }

    static func < (left: BranchRank, right: BranchRank) -> Bool {
        left.parts.lexicographicallyPrecedes(right.parts)
    }
}
