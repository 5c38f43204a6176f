import JSONDocument

/// The answer of one schema about one value; of two that both count, the later case wins.
enum Validity: UInt8 {
    case valid
    /// Every usable keyword accepts the value, and a keyword that cannot be used applies to it.
    ///
    /// Inside of `oneOf`, `anyOf`, `not`, `if` and `contains` the answer stays open, so that a mistake of the document
    /// fails no value. For the value as a whole it counts as valid; the document's mistake is reported on its own.
    case unjudged
    case undecided
    case invalid

    /// The outcome that users see.
    var outcome: SchemaOutcome {
        switch self {
        case .valid, .unjudged: .valid
        case .invalid: .invalid
        case .undecided: .undecided
        }
    }

    /// The verdict of two schemas that both apply.
    @inline(__always)
    func and(_ other: Validity) -> Validity {
        // Mostly both are valid.
        if other == .valid { return self }
        return self == .valid || rawValue < other.rawValue ? other : self
    }

    /// The verdict of alternatives of which none is valid so far.
    @inline(__always)
    func or(_ other: Validity) -> Validity {
        if self == .invalid { return other }
        return other == .invalid ? self : and(other)
    }
}

/// Decides whether a value satisfies a schema, and nothing else.
///
/// This is the path that almost every value takes, so it allocates nothing as long as the schema has neither
/// `unevaluated…` nor large `uniqueItems`. Each family of keywords adds its part in an extension. What a schema only
/// annotates (`readOnly`, `discriminator`) never changes the verdict: the checker notes that it met such a schema, and
/// ``AnnotationSearch`` looks closer afterwards.
struct Checker {
    /// How many schemas may be inside of each other while one value is judged. More is undecided.
    static let maximumDepth = 1_500

    let tape: JSONTape
    /// What is left of the allowed work.
    var steps: Int
    let assertsFormats: Bool
    /// The mark that takes a member away from `required` because of the way the value travels; empty when none does.
    var waiving: SchemaNode.Access
    /// The mark of members that must not travel this way; empty when no schema has it.
    let refused: SchemaNode.Access
    /// Whether the program has `$dynamicRef`, so that the scopes passed through have to be remembered.
    let tracksScopes: Bool
    /// The resources passed through, outermost first.
    var scopes: [Int] = []
    /// Whether a member was met that the schema at hand neither names nor speaks on.
    var metUndeclared = false
    /// Whether a value was met whose schema may say that it must not travel this way.
    var metRefused = false
    /// Whether a `discriminator` may name another alternative than the one that the value satisfies.
    var metMisnamed = false
    /// The alternatives that are being judged, outermost first; kept only while ``waiving`` is not empty.
    var branches: [Branch] = []
    /// Where the alternatives start that the present search for marks looks into.
    var firstBranch = 0
    /// The value whose alternatives are being judged to find out which of them apply; -1 while there is none.
    var waivedEntry = -1
    /// How many schemas are inside of each other right now.
    var depth = 0

    /// An alternative and the value that it is applied to.
    struct Branch {
        let node: NodeReference
        let entry: Int
    }

    /// - Parameter marks: The marks that any schema has which judging can reach.
    init(tape: JSONTape, options: ValidationOptions, tracksScopes: Bool, marks: SchemaNode.Access) {
        self.tape = tape
        steps = options.steps
        assertsFormats = options.formats == .assert
        self.tracksScopes = tracksScopes
        switch options.direction {
        case .request:
            waiving = marks.intersection(.readOnly)
            refused = options.refusesReadOnly ? waiving : []
        case .response:
            waiving = marks.intersection(.writeOnly)
            refused = waiving
        case .none:
            waiving = []
            refused = []
        }
    }

    /// Judges the value at `entry`.
    ///
    /// - Parameter root: The schema at which judging this value began; `nil` when it begins here. What a schema
    ///   beside or around the present one says of a member's `readOnly` is found from there.
    mutating func check(_ start: NodeReference, _ entry: Int, root: NodeReference? = nil) -> Validity {
        var node = start
        if let target = node.pointee.alias { node = target }
        switch node.pointee.constant {
        case .always: return .valid
        case .never: return .invalid
        case .depends: break
        }
        steps &-= 1
        guard steps >= 0, depth < Self.maximumDepth else { return .undecided }
        let kind = tape.kind(at: entry)
        guard node.pointee.kinds.contains(KindSet(kind)) else { return .invalid }
        // Written out here and not as a function of its own, which the optimiser does not inline: `assay-bench validate`.
        let entersScope = tracksScopes && scopes.last != node.pointee.resource
        if entersScope { scopes.append(node.pointee.resource) }
        defer { if entersScope { scopes.removeLast() } }
        let root = root ?? start
        depth &+= 1
        defer { depth &-= 1 }
        var verdict = Validity.valid
        switch kind {
        case .string:
            if let rules = node.pointee.strings { verdict = checkString(rules, entry) }
        case .number:
            if node.pointee.integerOnly, !tape.isInteger(at: entry) { return .invalid }
            if let rules = node.pointee.numbers { verdict = checkNumber(rules, entry) }
        case .object:
            if let rules = node.pointee.objects { verdict = checkObject(rules, entry, root) }
        case .array:
            if let rules = node.pointee.arrays { verdict = checkArray(rules, entry) }
        case .null, .boolean: break
        }
        if verdict == .invalid { return .invalid }
        if let rules = node.pointee.values, !checkValues(rules, entry) { return .invalid }
        let applicators = node.pointee.applicators
        for index in applicators.indices {
            verdict = verdict.and(apply(applicators[index], entry, root))
            if verdict == .invalid { return .invalid }
        }
        if kind == .object, let rules = node.pointee.objects, rules.pointee.unevaluated != nil {
            verdict = verdict.and(checkUnevaluatedMembers(node, rules, entry))
        } else if kind == .array, let rules = node.pointee.arrays, rules.pointee.unevaluated != nil {
            verdict = verdict.and(checkUnevaluatedElements(node, rules, entry))
        }
        return verdict
    }
}
