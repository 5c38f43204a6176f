import JSONDocument

/// The result of one schema for one value. If two schemas both apply, the later case wins.
enum SchemaVerdict: UInt8 {
    case valid
    /// Every usable keyword accepts the value, and an unusable keyword applies to it.
    ///
    /// Inside `oneOf`, `anyOf`, `not`, `if` and `contains`, the result stays open, so that a mistake in the document
    /// rejects no value. For the value as a whole, it counts as valid; the document's mistake is reported separately.
    case unjudged
    case undecided
    case invalid

    /// The outcome shown to users.
    var outcome: SchemaOutcome {
        switch self {
        case .valid, .unjudged: .valid
        case .invalid: .invalid
        case .undecided: .undecided
        }
    }

    /// The combined verdict of two schemas that both apply.
    @inline(__always)
    func and(_ other: SchemaVerdict) -> SchemaVerdict {
        // The common case: both are valid.
        if other == .valid { return self }
        return self == .valid || rawValue < other.rawValue ? other : self
    }

    /// The combined verdict of alternatives, none of which is valid so far.
    @inline(__always)
    func or(_ other: SchemaVerdict) -> SchemaVerdict {
        if self == .invalid { return other }
        return other == .invalid ? self : and(other)
    }
}

/// Decides whether a value is valid against a schema, and nothing else.
///
/// Almost every value takes this path, so it allocates nothing unless the schema has `unevaluated…` or large
/// `uniqueItems`. Each family of keywords has its own extension. Annotations (`readOnly`, `discriminator`) never change
/// the verdict: the checker records that it met one, and ``AnnotationSearch`` then examines it.
struct Checker {
    /// The maximum nesting of schemas while one value is checked. Deeper nesting is undecided.
    static let maximumDepth = 1_500

    let tape: JSONTape
    /// The remaining steps.
    var steps: Int
    let assertsFormats: Bool
    /// The mark that removes a member from `required` because of the value's direction; empty if none does.
    var waiving: SchemaNode.Access
    /// The mark of members that must not be sent in this direction; empty if no schema has it.
    let refused: SchemaNode.Access
    /// Whether the program has `$dynamicRef`, so that the scopes must be recorded.
    let tracksScopes: Bool
    /// The current resources, outermost first.
    var scopes: [Int] = []
    var met = Met()
    var current = Alternatives()
    /// Whether `oneOf` and `anyOf` without a matching alternative evaluate the members of all alternatives. Reports set
    /// it, so that one wrong member does not make `unevaluatedProperties` reject every other member.
    var marksFailedAlternatives = false
    /// The current nesting of schemas.
    var depth = 0

    /// Annotations that were met, which ``AnnotationSearch`` then examines.
    struct Met {
        /// Whether a member was met that the current schema neither names nor covers.
        var undeclared = false
        /// Whether a value was met whose schema may forbid it in this direction.
        var refused = false
        /// Whether a `discriminator` may name another alternative than the one that the value matches.
        var misnamed = false
    }

    /// The alternatives being checked; recorded only while ``waiving`` is not empty.
    struct Alternatives {
        /// Outermost first.
        var branches: [Branch] = []
        /// The index of the first alternative that the current search for marks may use.
        var first = 0
        /// The value whose alternatives are being checked to find the matching ones; -1 if there is none.
        var waivedEntry = -1
    }

    /// An alternative and the value that it is applied to.
    struct Branch {
        let node: NodeReference
        let entry: Int
    }

    /// - Parameter marks: The marks of all schemas that validation can reach.
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

    /// Checks a member or an element. Half of all schemas have only a `type`, which needs no call.
    @inline(__always)
    mutating func checkInner(_ node: NodeReference, _ entry: Int) -> SchemaVerdict {
        guard node.pointee.isOnlyKinds else { return check(node, entry) }
        steps &-= 1
        guard steps >= 0, depth < Self.maximumDepth else { return .undecided }
        return node.pointee.kinds.contains(KindSet(tape.kind(at: entry))) ? .valid : .invalid
    }

    /// Checks the value at `entry`.
    ///
    /// - Parameter root: The schema with which checking of this value began; `nil` if it begins here. Schemas next to
    ///   or around the present one, which may declare a member `readOnly`, are found from there.
    mutating func check(_ start: NodeReference, _ entry: Int, root: NodeReference? = nil) -> SchemaVerdict {
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
        // This is written out here because the optimiser does not inline it as a function: `assay-bench validate`.
        let entersScope = tracksScopes && scopes.last != node.pointee.resource
        if entersScope { scopes.append(node.pointee.resource) }
        defer { if entersScope { scopes.removeLast() } }
        let root = root ?? start
        depth &+= 1
        defer { depth &-= 1 }
        var verdict = SchemaVerdict.valid
        switch kind {
        case .string:
            if let rules = node.pointee.rules.strings { verdict = checkString(rules, entry) }
        case .number:
            if node.pointee.integerOnly, !tape.isInteger(at: entry) { return .invalid }
            if let rules = node.pointee.rules.numbers { verdict = checkNumber(rules, entry) }
        case .object:
            if let rules = node.pointee.rules.objects { verdict = checkObject(rules, entry, root) }
        case .array:
            if let rules = node.pointee.rules.arrays { verdict = checkArray(rules, entry) }
        case .null, .boolean: break
        }
        if verdict == .invalid { return .invalid }
        if let rules = node.pointee.rules.values, !checkValues(rules, entry) { return .invalid }
        let applicators = node.pointee.applicators
        for index in applicators.indices {
            verdict = verdict.and(apply(applicators[index], entry, root))
            if verdict == .invalid { return .invalid }
        }
        if kind == .object, let rules = node.pointee.rules.objects, rules.pointee.unevaluated != nil {
            verdict = verdict.and(checkUnevaluatedMembers(node, rules, entry))
        } else if kind == .array, let rules = node.pointee.rules.arrays, rules.pointee.unevaluated != nil {
            verdict = verdict.and(checkUnevaluatedElements(node, rules, entry))
        }
        return verdict
    }
}
