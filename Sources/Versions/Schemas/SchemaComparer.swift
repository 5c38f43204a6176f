import Diagnostics
import JSONDocument
import JSONSchema

/// Compares schemas of two contracts by what they accept, each pair once.
final class SchemaComparer {
    private struct Pair: Hashable {
        var old: [SchemaIdentity]
        var new: [SchemaIdentity]
    }

    struct BranchPair: Hashable {
        var old: [SchemaIdentity]
        var new: [SchemaIdentity]
        var oldKinds: Kinds
        var newKinds: Kinds
    }

    /// Edits of one schema that are kept at most, with everything inside of it.
    private static let maximumEdits = 2_000
    /// Schemas inside of schemas are followed this deep.
    private static let maximumDepth = 80

    /// Which way values travel; decides what `readOnly` and `writeOnly` mean.
    let direction: ChangeRule.Direction
    let options: ComparisonOptions
    private let sameness: Sameness
    private var known: [Pair: [SchemaEdit]] = [:]
    private var open: Set<Pair> = []
    private var oldShapes: [[SchemaIdentity]: SchemaShape] = [:]
    private var newShapes: [[SchemaIdentity]: SchemaShape] = [:]
    var knownBranches: [BranchPair: [SchemaEdit]] = [:]
    var openBranches: Set<BranchPair> = []
    private(set) var depth = 0
    /// Alternatives that were looked at: lists of them inside of each other multiply.
    private var steps = 0
    private static let maximumSteps = 60_000
    /// Whether there is work left to spend on alternatives; without, schemas are said to be undecided.
    var hasSteps: Bool { steps <= Self.maximumSteps }

    init(_ direction: ChangeRule.Direction, options: ComparisonOptions, sameness: Sameness) {
        self.direction = direction
        self.options = options
        self.sameness = sameness
    }

    /// What changed between two schemas; an empty list of schemas accepts everything.
    func edits(_ old: [SchemaView], _ new: [SchemaView]) -> [SchemaEdit] {
        if old.count == 1, new.count == 1, sameness.isSame(old[0], new[0]) { return [] }
        if old.isEmpty, new.isEmpty { return [] }
        let pair = Pair(old: old.map(\.identity), new: new.map(\.identity))
        if let edits = known[pair] { return edits }
        guard hasSteps else { return exhausted(old.first?.location, new.first?.location) }
        // A pair that is met inside of itself changed in no other way than the one that is being worked out.
        guard open.insert(pair).inserted else { return [] }
        defer { open.remove(pair) }
        let oldShape = shape(old, pair.old, &oldShapes)
        let newShape = shape(new, pair.new, &newShapes)
        guard depth < Self.maximumDepth else {
            return [undecided(oldShape, newShape, "is nested too deeply to compare")]
        }
        depth += 1
        defer { depth -= 1 }
        var edits = unique(self.edits(oldShape, newShape))
        if edits.count > Self.maximumEdits {
            edits.removeLast(edits.count - Self.maximumEdits)
            edits.append(
                undecided(oldShape, newShape, "has more than \(Self.maximumEdits) changes, the rest is left out"))
        }
        // What was left out for lack of steps may be worked out from elsewhere.
        if hasSteps { known[pair] = edits }
        return edits
    }

    private func shape(
        _ views: [SchemaView], _ key: [SchemaIdentity], _ shapes: inout [[SchemaIdentity]: SchemaShape]
    ) -> SchemaShape {
        if let shape = shapes[key] { return shape }
        let shape = SchemaShape(views)
        if shape.branches.count > 1 { spend(shape.branches.count) }
        shapes[key] = shape
        return shape
    }

    /// Counts work on alternatives.
    func spend(_ count: Int) { steps += count }

    /// What is said of schemas when there is no work left to spend.
    func exhausted(_ old: SourceLocation?, _ new: SourceLocation?) -> [SchemaEdit] {
        [
            SchemaEdit(
                name: "schema-undecided", old: old, new: new,
                phrase: "\(part) is not compared: the contracts have too many combinations of alternatives")
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
        edits += annotationEdits(old.described, new.described, old, new)
        return edits
    }

    /// `null` beside other kinds; where everything was accepted or is, the type says it already.
    private func nullEdits(_ old: SchemaShape, _ new: SchemaShape) -> [SchemaEdit] {
        guard old.allowsNull != new.allowsNull, !old.kinds.isEmpty, !new.kinds.isEmpty else { return [] }
        let everything = Kinds.all.subtracting(.null)
        if old.kinds != new.kinds, old.kinds == everything || new.kinds == everything { return [] }
        return [
            SchemaEdit(
                name: old.allowsNull ? "nullable-removed" : "nullable-added", from: text(old), to: text(new),
                old: old.typeLocation, new: new.typeLocation,
                phrase: old.allowsNull ? "\(part) no longer accepts null" : "\(part) accepts null now")
        ]
    }

    /// A schema of which nothing but `null`, or nothing at all, is left on one side.
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
            for name in branch.kinds.names(integerOnly: branch.facts.integerOnly) where !names.contains(name) {
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
    /// Where the type is written, else the schema.
    var typeLocation: SourceLocation? {
        (branches.count == 1 ? branches[0].facts.type : base.type)?.location ?? location
    }

    /// The facts that describe the value as a whole: those of the only branch, else those outside of alternatives.
    var described: SchemaFacts { branches.count == 1 ? branches[0].facts : base }
}
