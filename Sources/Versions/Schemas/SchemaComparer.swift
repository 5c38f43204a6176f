import Diagnostics
import ECMAPattern
import JSONDocument
import JSONSchema

/// Compares schemas of two contracts by the values they accept, each pair once.
final class SchemaComparer {
    private struct Pair: Hashable {
        var old: SchemaListKey
        var new: SchemaListKey
    }

    struct BranchPair: Hashable {
        var old: SchemaListKey
        var new: SchemaListKey
        var oldKinds: KindSet
        var newKinds: KindSet
    }

    /// The maximum number of edits kept for one schema, including those inside it.
    private static let maximumEdits = 2_000
    /// The maximum depth of nested schemas.
    private static let maximumDepth = 80

    /// The direction in which values are sent; it decides the effect of `readOnly` and `writeOnly`.
    var direction = ChangeRule.Direction.request
    let options: ComparisonOptions
    let sameness: Sameness
    private var shapes: (old: [SchemaListKey: SchemaShape], new: [SchemaListKey: SchemaShape]) = ([:], [:])
    private var pairs = EditMemo<Pair>()
    private var branches = EditMemo<BranchPair>()
    private var progress = Progress()
    private var budget = ComparisonBudget()

    /// The pairs in progress, of schemas and of branches.
    private struct Progress {
        /// The nesting of schemas.
        var depth = 0
        /// The number of pairs in progress.
        var level = 0
        /// The level of the outermost pair in progress that recurred since the current pair was started.
        var lowestLevel = Int.max
        /// The number of decisions that depended on the direction.
        var directedDecisions = 0
    }

    init(options: ComparisonOptions, sameness: Sameness) {
        self.options = options
        self.sameness = sameness
    }

    /// The changes between two schemas; an empty list of schemas accepts everything.
    func edits(_ old: [SchemaView], _ new: [SchemaView]) -> [SchemaEdit] {
        if old.count == 1, new.count == 1, sameness.isSame(old[0], new[0]) { return [] }
        if old.isEmpty, new.isEmpty { return [] }
        if progress.depth == 0 { budget.startSchema() }
        let pair = Pair(old: SchemaListKey(old), new: SchemaListKey(new))
        return remembered(\.pairs, pair) {
            guard budget.hasSteps else { return exhausted(old.first?.location, new.first?.location) }
            let oldShape = shape(old, pair.old, &shapes.old)
            let newShape = shape(new, pair.new, &shapes.new)
            guard progress.depth < Self.maximumDepth else {
                return [undecided(oldShape, newShape, "is nested too deeply to compare")]
            }
            progress.depth += 1
            defer { progress.depth -= 1 }
            var edits = unique(self.edits(oldShape, newShape))
            if edits.count > Self.maximumEdits {
                edits.removeLast(edits.count - Self.maximumEdits)
                edits.append(
                    undecided(oldShape, newShape, "has more than \(Self.maximumEdits) changes, the rest is left out"))
            }
            return edits
        }
    }

    /// The changes between two branches of schemas with alternatives.
    func edits(_ pair: BranchPair, _ old: SchemaShape, _ new: SchemaShape, _ work: () -> [SchemaEdit]) -> [SchemaEdit] {
        remembered(\.branches, pair) {
            guard budget.hasSteps else { return exhausted(old.location, new.location) }
            budget.spend(1)
            return work()
        }
    }

    /// The edits of a pair, computed once for all places where the pair occurs.
    private func remembered<Key>(
        _ memo: ReferenceWritableKeyPath<SchemaComparer, EditMemo<Key>>, _ key: Key, _ work: () -> [SchemaEdit]
    ) -> [SchemaEdit] {
        if let entry = self[keyPath: memo].known(key, direction) {
            progress.lowestLevel = min(progress.lowestLevel, entry.level)
            if entry.isDirected { progress.directedDecisions += 1 }
            return entry.edits
        }
        if let around = self[keyPath: memo].openLevel(key) {
            progress.lowestLevel = min(progress.lowestLevel, around)
            return []
        }
        let own = progress.level
        let start = self[keyPath: memo].start(key, level: own)
        let (outer, decisions) = (progress.lowestLevel, progress.directedDecisions)
        progress.lowestLevel = .max
        progress.level += 1
        let edits = work()
        progress.level -= 1
        let entry = EditMemo<Key>.Entry(
            edits: edits, isDirected: progress.directedDecisions != decisions,
            level: progress.lowestLevel < own ? progress.lowestLevel : .max)
        progress.lowestLevel = min(outer, entry.level)
        // Edits that were skipped for lack of steps may be found from another place.
        self[keyPath: memo].finish(key, entry, direction, since: start, isKept: budget.hasSteps)
        return edits
    }

    private func shape(
        _ views: [SchemaView], _ key: SchemaListKey, _ shapes: inout [SchemaListKey: SchemaShape]
    ) -> SchemaShape {
        if let shape = shapes[key] { return shape }
        let shape = SchemaShape(views)
        if shape.branches.count > 1 { budget.spend(shape.branches.count) }
        shapes[key] = shape
        return shape
    }

    /// The relation of the texts that two patterns match; `nil` if it cannot be decided.
    func relation(_ old: String, _ new: String) -> PatternRelation? { budget.relation(old, new) }

    /// Records that the current edits differ between requests and responses.
    func noteDirection() { progress.directedDecisions += 1 }

    /// The edit for schemas when no steps remain.
    private func exhausted(_ old: SourceLocation?, _ new: SourceLocation?) -> [SchemaEdit] {
        [
            SchemaEdit(
                name: "schema-undecided", old: old, new: new,
                phrase: "\(part) is not compared: its alternatives have too many combinations")
        ]
    }

    private func unique(_ edits: [SchemaEdit]) -> [SchemaEdit] {
        guard edits.count > 1 else { return edits }
        var seen: Set<SchemaEdit> = []
        return edits.filter { seen.insert($0).inserted }
    }

    private func undecided(_ old: SchemaShape, _ new: SchemaShape, _ why: String) -> SchemaEdit {
        SchemaEdit(name: "schema-undecided", old: old.location, new: new.location, phrase: "\(part) \(why)")
    }

    // MARK: Shapes

    private func edits(_ old: SchemaShape, _ new: SchemaShape) -> [SchemaEdit] {
        var edits: [SchemaEdit] = []
        if old.isCut || new.isCut {
            edits.append(undecided(old, new, "has too many combinations of alternatives to compare all of them"))
        }
        edits += nullEdits(old, new)
        if old.branches.isEmpty || new.branches.isEmpty {
            edits += emptyEdits(old, new)
        } else if old.branches.count == 1, new.branches.count == 1 {
            edits += self.edits(old.branches[0], new.branches[0], old, new)
        } else {
            edits += alternativeEdits(old, new)
        }
        edits += annotationEdits(old, new)
        return edits
    }

    /// `null` next to other kinds; if a side accepts everything, the type change covers it.
    private func nullEdits(_ old: SchemaShape, _ new: SchemaShape) -> [SchemaEdit] {
        guard old.allowsNull != new.allowsNull, !old.kinds.isEmpty, !new.kinds.isEmpty else { return [] }
        let everything = KindSet.all.subtracting(.null)
        if old.kinds != new.kinds, old.kinds == everything || new.kinds == everything { return [] }
        return [
            SchemaEdit(
                name: old.allowsNull ? "nullable-removed" : "nullable-added", from: text(old), to: text(new),
                old: old.typeLocation, new: new.typeLocation,
                phrase: old.allowsNull ? "\(part) no longer accepts null" : "\(part) now accepts null")
        ]
    }

    /// A schema that accepts only `null`, or nothing at all, on one side.
    private func emptyEdits(_ old: SchemaShape, _ new: SchemaShape) -> [SchemaEdit] {
        guard old.branches.isEmpty != new.branches.isEmpty || old.allowsNull != new.allowsNull else { return [] }
        let name: String
        if old.branches.isEmpty {
            name = old.allowsNull && !new.allowsNull ? "type-changed" : "type-widened"
        } else {
            name = new.allowsNull && !old.allowsNull ? "type-changed" : "type-narrowed"
        }
        return [typeEdit(name, text(old), text(new), old.typeLocation, new.typeLocation)]
    }

    func typeEdit(
        _ name: String, _ from: String, _ to: String, _ old: SourceLocation?, _ new: SourceLocation?
    ) -> SchemaEdit {
        let verb =
            switch name {
            case "type-widened": "was widened"
            case "type-narrowed": "was narrowed"
            default: "changed"
            }
        return SchemaEdit(
            name: name, from: from, to: to, old: old, new: new,
            phrase: "the type of \(part) \(verb) from \(from) to \(to)")
    }

    /// The types of a schema in words: `integer or null`.
    func text(_ shape: SchemaShape) -> String {
        var names: [String] = []
        for branch in shape.branches {
            for name in branch.kinds.names(integerOnly: branch.facts.types.integerOnly) where !names.contains(name) {
                names.append(name)
            }
        }
        if names.count == 5, shape.allowsNull { return "any type" }
        if names.contains("number") { names.removeAll { $0 == "integer" } }
        if shape.allowsNull { names.append("null") }
        return names.isEmpty ? "nothing" : names.joined(separator: " or ")
    }
}

extension SchemaShape {
    /// The location of the type, otherwise of the schema.
    var typeLocation: SourceLocation? {
        (branches.count == 1 ? branches[0].facts : base).types.written?.location ?? location
    }

    /// The facts that describe the whole value: those of the only branch, otherwise those outside alternatives.
    var described: SchemaFacts { branches.count == 1 ? branches[0].facts : base }
}
