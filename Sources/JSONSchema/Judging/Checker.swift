import JSONDocument

/// The answer of one schema about one value.
enum Verdict: UInt8 {
    case valid
    case invalid
    case undecided

    /// The outcome that users see.
    var outcome: SchemaOutcome {
        switch self {
        case .valid: .valid
        case .invalid: .invalid
        case .undecided: .undecided
        }
    }

    /// Both have to hold.
    @inline(__always)
    func and(_ other: Verdict) -> Verdict {
        if self == .invalid || other == .invalid { return .invalid }
        return self == .undecided || other == .undecided ? .undecided : .valid
    }
}

/// Decides whether a value satisfies a schema, and nothing else.
///
/// This is the path that almost every value takes, so it allocates nothing as long as the schema has neither
/// `unevaluated…` nor large `uniqueItems`. Each family of keywords adds its part in an extension.
struct Checker {
    /// How many schemas may be inside of each other while one value is judged. More is undecided.
    static let maximumDepth = 1_500

    let tape: JSONTape
    /// What is left of the allowed work.
    var steps: Int
    let assertsFormats: Bool
    let direction: ValidationOptions.Direction
    let refusesReadOnly: Bool
    /// Whether the program has `$dynamicRef`, so that the scopes passed through have to be remembered.
    let tracksScopes: Bool
    /// The resources passed through, outermost first.
    var scopes: [Int] = []
    /// Whether a member was met that the schema at hand neither names nor speaks on.
    var metUndeclared = false
    /// How many schemas are inside of each other right now.
    var depth = 0

    init(tape: JSONTape, options: ValidationOptions, tracksScopes: Bool) {
        self.tape = tape
        steps = options.steps
        assertsFormats = options.formats == .assert
        direction = options.direction
        refusesReadOnly = options.refusesReadOnly && options.direction == .request
        self.tracksScopes = tracksScopes
    }

    /// Judges the value at `entry`.
    ///
    /// - Parameter root: The schema at which judging this value began; `nil` when it begins here. What a schema
    ///   beside or around the present one says of a member's `readOnly` is found from there.
    mutating func check(_ start: NodeReference, _ entry: Int, root: NodeReference? = nil) -> Verdict {
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
        if !tracksScopes || scopes.last == node.pointee.resource {
            return check(node, entry, kind, root ?? start)
        }
        scopes.append(node.pointee.resource)
        defer { scopes.removeLast() }
        return check(node, entry, kind, root ?? start)
    }

    @inline(__always)
    private mutating func check(
        _ node: NodeReference, _ entry: Int, _ kind: JSONKind, _ root: NodeReference
    ) -> Verdict {
        depth &+= 1
        defer { depth &-= 1 }
        var verdict = Verdict.valid
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
