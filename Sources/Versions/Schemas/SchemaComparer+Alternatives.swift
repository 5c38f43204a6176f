import Diagnostics
import JSONDocument
import JSONSchema
import Primitives

/// Compares schemas with alternatives: branches are paired by content, and branches without a partner were added or
/// removed.
extension SchemaComparer {
    /// The maximum number of pairs compared to find the best partner. In longer lists, only branches with equal names
    /// and places are paired.
    private static let maximumPairs = 1_600

    /// Two lists of branches during pairing.
    fileprivate struct Matching {
        var old: [Branch]
        var new: [Branch]
        var oldLeft: [Int]
        var newLeft: [Int]
        var pairs: [(old: Int, new: Int)] = []
        var comparesAll: Bool
    }

    func alternativeEdits(_ old: SchemaShape, _ new: SchemaShape) -> [SchemaEdit] {
        let (ours, theirs) = (pieces(old), pieces(new))
        var matching = Matching(
            old: ours, new: theirs, oldLeft: Array(ours.indices), newLeft: Array(theirs.indices),
            comparesAll: ours.count * theirs.count <= Self.maximumPairs)
        func edits(_ one: Int, _ other: Int) -> [SchemaEdit] {
            self.edits(ours[one], theirs[other], old, new)
        }
        pairEqual(&matching, edits)
        pairNamed(&matching)
        pairSimilar(&matching, edits)
        var result: [SchemaEdit] = []
        var changed: (old: Set<Int>, new: Set<Int>) = ([], [])
        for pair in matching.pairs {
            let inner = edits(pair.old, pair.new)
            result += inner
            if inner.contains(where: { $0.effect != .none }) {
                changed.old.insert(pair.old)
                changed.new.insert(pair.new)
            }
        }
        // A branch whose values another branch accepts as well was neither added nor removed; a `oneOf` may have become
        // ambiguous.
        let gone = matching.oldLeft.filter { one in
            !matching.comparesAll
                || !theirs.indices.contains { isWithin(ours[one], theirs[$0]) && edits(one, $0).keepsAll }
        }
        let fresh = matching.newLeft.filter { other in
            !matching.comparesAll
                || !ours.indices.contains { isWithin(theirs[other], ours[$0]) && edits($0, other).addsNone }
        }
        changed.old.formUnion(matching.oldLeft)
        changed.new.formUnion(matching.newLeft)
        result += comingsAndGoings(gone.map { ours[$0] }, fresh.map { theirs[$0] }, old, new)
        if !changed.old.isEmpty || !changed.new.isEmpty {
            let isUnclear = overlaps(ours, changed.old) || overlaps(theirs, changed.new)
            if isUnclear { result.append(overlap(old, new)) }
        }
        return result
    }

    private func isWithin(_ branch: Branch, _ other: Branch) -> Bool {
        branch.kinds.isSubset(of: other.kinds)
    }

    private static let comparedKinds: [KindSet] = [.boolean, .number, .string, .array, .object]

    /// The branches split by kind, so that `type: [string, integer]` can be compared with two alternatives.
    private func pieces(_ shape: SchemaShape) -> [Branch] {
        shape.branches.flatMap { branch in
            Self.comparedKinds.filter { branch.kinds.contains($0) }.map { kind in
                var piece = branch
                piece.kinds = kind
                return piece
            }
        }
    }

    // MARK: Pairs

    private func pairEqual(_ matching: inout Matching, _ edits: (Int, Int) -> [SchemaEdit]) {
        for one in matching.oldLeft {
            let candidates = matching.newLeft.filter { other in
                matching.old[one].kinds == matching.new[other].kinds
                    && (matching.comparesAll || one == other
                        || sameName(matching.old[one], matching.new[other]))
            }
            // A partner with the same name comes first, because several partners may be equal.
            let named = candidates.first { sameName(matching.old[one], matching.new[$0]) && edits(one, $0).isEmpty }
            guard let other = named ?? candidates.first(where: { edits(one, $0).isEmpty }) else { continue }
            matching.pair(one, other)
        }
    }

    private func pairNamed(_ matching: inout Matching) {
        for one in matching.oldLeft {
            let other = matching.newLeft.first { other in
                matching.old[one].kinds == matching.new[other].kinds
                    && sameName(matching.old[one], matching.new[other])
            }
            if let other { matching.pair(one, other) }
        }
    }

    private func sameName(_ old: Branch, _ new: Branch) -> Bool {
        guard let ours = old.choices.last?.name, let theirs = new.choices.last?.name else { return false }
        return ours.isSame(as: theirs)
    }

    private func pairSimilar(_ matching: inout Matching, _ edits: (Int, Int) -> [SchemaEdit]) {
        guard matching.comparesAll else {
            for one in matching.oldLeft where matching.newLeft.contains(one) { matching.pair(one, one) }
            return
        }
        var candidates: [(old: Int, new: Int, weight: Int)] = []
        for one in matching.oldLeft {
            for other in matching.newLeft where matching.old[one].kinds == matching.new[other].kinds {
                guard isSimilar(matching.old[one], matching.new[other]) else { continue }
                let changes = edits(one, other)
                candidates.append((one, other, changes.count + 8 * changes.count { $0.mayNarrow && $0.mayWiden }))
            }
        }
        for candidate in candidates.sorted(by: { ($0.weight, $0.old, $0.new) < ($1.weight, $1.old, $1.new) })
        where matching.oldLeft.contains(candidate.old) && matching.newLeft.contains(candidate.new) {
            matching.pair(candidate.old, candidate.new)
        }
    }

    /// Whether two branches of one kind may be the same branch before and after an edit.
    private func isSimilar(_ old: Branch, _ new: Branch) -> Bool {
        guard old.kinds == .object else { return true }
        if areApart(old.facts, new.facts, .object) { return false }
        let ours = Set(old.facts.objects.declaredNames)
        let theirs = Set(new.facts.objects.declaredNames)
        guard !ours.isEmpty, !theirs.isEmpty else { return true }
        return 2 * ours.intersection(theirs).count >= min(ours.count, theirs.count)
    }

    // MARK: What has no partner

    private func comingsAndGoings(
        _ gone: [Branch], _ fresh: [Branch], _ old: SchemaShape, _ new: SchemaShape
    ) -> [SchemaEdit] {
        let (before, after) = (old.kinds, new.kinds)
        // No old kind remains: the type changed, regardless of the alternatives.
        if before.isDisjoint(with: after), !gone.isEmpty, !fresh.isEmpty {
            return [typeEdit("type-changed", text(old), text(new), old.typeLocation, new.typeLocation)]
        }
        var edits: [SchemaEdit] = []
        var bare: (gone: Bool, fresh: Bool) = (false, false)
        let keyword = (old.branches + new.branches).lazy.compactMap(\.choices.last?.keyword).first ?? "oneOf"
        for (branches, isOld) in [(gone, true), (fresh, false)] {
            var listed: Set<SchemaIdentity> = []
            for branch in branches {
                guard let choice = branch.choices.last else {
                    if branch.facts.leaves.count > 0, (isOld ? after : before).contains(branch.kinds) {
                        // Alternatives of the same kind exist: the single schema became one of them.
                        edits.append(alternative(keyword, branch, choice: nil, isOld: isOld, old, new))
                    } else if isOld {
                        bare.gone = true
                    } else {
                        bare.fresh = true
                    }
                    continue
                }
                guard listed.insert(choice.alternative.identity).inserted else { continue }
                edits.append(alternative(choice.keyword, branch, choice: choice, isOld: isOld, old, new))
            }
        }
        if bare.gone || bare.fresh {
            let name = bare.gone && bare.fresh ? "type-changed" : bare.gone ? "type-narrowed" : "type-widened"
            edits.append(typeEdit(name, text(old), text(new), old.typeLocation, new.typeLocation))
        }
        return edits
    }

    private func alternative(
        _ keyword: String, _ branch: Branch, choice: SchemaShape.Choice?, isOld: Bool, _ old: SchemaShape,
        _ new: SchemaShape
    ) -> SchemaEdit {
        let name =
            choice?.name ?? branch.kinds.names(integerOnly: branch.facts.types.integerOnly).joined(separator: " or ")
        let text = choice.map { cutText($0.alternative.node.spelling) }
        let place = choice?.alternative.location
        return SchemaEdit(
            name: "\(Self.kebab(keyword))-\(isOld ? "removed" : "added")", from: isOld ? text : nil,
            to: isOld ? nil : text, old: isOld ? place ?? old.location : old.location,
            new: isOld ? new.location : place ?? new.location,
            phrase: "the alternative '\(name)' of `\(keyword)` was \(isOld ? "removed from" : "added to") \(part)")
    }

    // MARK: oneOf

    /// Whether a changed alternative of `oneOf` may accept values of another one, so that a value matches both and is
    /// rejected.
    private func overlaps(_ branches: [Branch], _ changed: Set<Int>) -> Bool {
        guard branches.count <= 64 else { return true }
        for one in changed {
            for other in branches.indices where other != one {
                let (left, right) = (branches[one], branches[other])
                guard left.kinds == right.kinds, areChoicesOfOne(left, right) else { continue }
                if !areApart(left.facts, right.facts, left.kinds) { return true }
            }
        }
        return false
    }

    private func areChoicesOfOne(_ left: Branch, _ right: Branch) -> Bool {
        zip(left.choices, right.choices).contains { one, other in
            one.keyword == "oneOf" && one.written.value.tapeIndex == other.written.value.tapeIndex
                && one.alternative.identity != other.alternative.identity
        }
    }

    private func overlap(_ old: SchemaShape, _ new: SchemaShape) -> SchemaEdit {
        SchemaEdit(
            name: "one-of-undecided", old: old.location, new: new.location,
            phrase:
                "alternatives of `oneOf` of \(part) changed and may overlap; a value that fits two of them is refused")
    }

    /// Whether no value of a kind matches both, as far as this can be decided.
    func areApart(_ left: SchemaFacts, _ right: SchemaFacts, _ kind: KindSet) -> Bool {
        if let ours = left.listed?.values, let theirs = right.listed?.values {
            return Set(ours).isDisjoint(with: theirs)
        }
        if let values = (left.listed ?? right.listed)?.values {
            let other = left.listed == nil ? left : right
            return values.allSatisfy { !other.accepts($0) }
        }
        guard kind == .object else { return false }
        for name in left.objects.requiredNames {
            let theirs = right.objects.property(name)
            if theirs.state == .forbidden { return true }
            guard theirs.isRequired else { continue }
            let (ours, others) = (left.objects.property(name), theirs)
            if SchemaFacts.areValuesApart(ours.schemas, others.schemas) { return true }
        }
        return right.objects.requiredNames.contains { left.objects.property($0).state == .forbidden }
    }
}

extension SchemaFacts {
    /// Whether the schemas of one property have no accepted value in common: other values or other kinds.
    static func areValuesApart(_ left: [SchemaView], _ right: [SchemaView]) -> Bool {
        guard !left.isEmpty, !right.isEmpty else { return false }
        let (ours, theirs) = (SchemaShape(left), SchemaShape(right))
        if ours.allowsNull && theirs.allowsNull { return false }
        if ours.kinds.isDisjoint(with: theirs.kinds) { return true }
        guard ours.branches.count == 1, theirs.branches.count == 1, let before = ours.branches[0].facts.listed?.values,
            let after = theirs.branches[0].facts.listed?.values
        else { return false }
        return Set(before).isDisjoint(with: after)
    }
}

extension SchemaComparer.Matching {
    fileprivate mutating func pair(_ one: Int, _ other: Int) {
        pairs.append((one, other))
        oldLeft.removeAll { $0 == one }
        newLeft.removeAll { $0 == other }
    }
}
