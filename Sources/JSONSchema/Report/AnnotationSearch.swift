import JSONDocument

/// Finds annotations that apply to a value: members that no applied schema declares, members that must not be sent in
/// this direction, and discriminators that name an alternative that does not match.
///
/// It runs on many valid values, so it uses two stacks instead of allocating lists.
struct AnnotationSearch {
    /// The kinds of results to search for.
    struct Aims: OptionSet {
        let rawValue: UInt8
        static let undeclared = Aims(rawValue: 1)
        static let refused = Aims(rawValue: 2)
        static let misnamed = Aims(rawValue: 4)
        static let all: Aims = [.undeclared, .refused, .misnamed]
    }

    /// A value that must not be sent in this direction.
    struct Refused {
        var path: [String]
        var entry: Int
        /// The schema that forbids it.
        var node: NodeReference
    }

    /// An object whose discriminator names another alternative than the one that it matches.
    struct Misnamed {
        var path: [String]
        var entry: Int
        /// The schema with the discriminator.
        var node: NodeReference
        var discriminator: UnsafePointer<Discriminator>
        /// The matching alternatives.
        var fitting: [NodeReference]
    }

    /// The maximum number of listed results of each kind.
    static let limit = 1_000

    var seeking: Aims
    private(set) var undeclared: [JSONPointer] = []
    private(set) var refused: [Refused] = []
    private(set) var misnamed: [Misnamed] = []

    private var checker: Checker
    private let tape: JSONTape
    /// The path to the current value: name entries, and indexes as negative numbers from -1 on.
    private var path: [Int] = []
    /// The schemas to apply to a value; each value uses the top of the stack.
    private var pending: [Applied] = []
    /// The schemas applied to a value, each once; each value uses the top of the stack.
    private var applied: [NodeReference] = []

    /// A schema, and whether its marks count.
    private struct Applied {
        var node: NodeReference
        var marks: Bool
    }

    init(checker: Checker, seeking: Aims) {
        self.checker = checker
        self.seeking = seeking
        tape = checker.tape
    }

    /// Whether the search covered the whole value.
    var isComplete: Bool { checker.steps > 0 }

    /// Searches the value at `entry`, which is validated against `schema`.
    mutating func run(from entry: Int, by schema: NodeReference) {
        guard !seeking.isEmpty else { return }
        // The value as a whole is not a member of anything, so the marks of its own schema have no effect.
        pending.append(Applied(node: schema, marks: false))
        search(from: 0, entry, depth: 0)
    }

    /// Searches a value to which the schemas from index `start` on are applied.
    private mutating func search(from start: Int, _ entry: Int, depth: Int) {
        let kind = tape.kind(at: entry)
        let isContainer = kind == .object || kind == .array
        guard isContainer || mayBeRefused(from: start), depth < Checker.maximumDepth, checker.steps > 0 else { return }
        let base = applied.count
        let known = refused.count
        for position in start..<pending.count {
            gather(pending[position].node, entry, base, marks: pending[position].marks)
        }
        // One schema that forbids a value is enough.
        if refused.count > known + 1 { refused.removeLast(refused.count - known - 1) }
        if kind == .object {
            searchMembers(entry, base, depth)
        } else if kind == .array {
            searchElements(entry, base, depth)
        }
        applied.removeLast(applied.count - base)
    }

    private func mayBeRefused(from start: Int) -> Bool {
        seeking.contains(.refused)
            && pending[start...].contains {
                $0.marks && !$0.node.pointee.access.isDisjoint(with: checker.refused)
            }
    }

    private mutating func searchMembers(_ entry: Int, _ base: Int, _ depth: Int) {
        let declares =
            seeking.contains(.undeclared)
            && applied[base...].contains { $0.pointee.rules.objects?.pointee.declaresMembers ?? false }
        var name = tape.firstChild(of: entry)
        let end = tape.end(of: entry)
        while name < end, checker.steps > 0 {
            checker.steps -= 1
            let top = pending.count
            path.append(name)
            if pushSchemas(ofMember: name, base) {
                search(from: top, name + 1, depth: depth + 1)
            } else if declares, undeclared.count < Self.limit {
                undeclared.append(JSONPointer(tokens))
            }
            path.removeLast()
            pending.removeLast(pending.count - top)
            name = tape.end(of: name + 1)
        }
    }

    private mutating func searchElements(_ entry: Int, _ base: Int, _ depth: Int) {
        var index = 0
        var element = tape.firstChild(of: entry)
        let end = tape.end(of: entry)
        while element < end, checker.steps > 0 {
            checker.steps -= 1
            let top = pending.count
            path.append(-1 - index)
            pushSchemas(ofElement: element, at: index, base)
            search(from: top, element, depth: depth + 1)
            path.removeLast()
            pending.removeLast(pending.count - top)
            index += 1
            element = tape.end(of: element)
        }
    }

    private var tokens: [String] {
        path.map { $0 < 0 ? String(-1 - $0) : tape.string(at: $0) }
    }

    /// Pushes the schemas that apply to a member; returns whether any applied schema covers it.
    private mutating func pushSchemas(ofMember name: Int, _ base: Int) -> Bool {
        var isSpokenOn = false
        for position in base..<applied.count {
            guard let rules = applied[position].pointee.rules.objects else { continue }
            checker.steps -= 1
            var isDeclared = false
            let number = rules.pointee.names.find(tape, name)
            if number >= 0, let schema = rules.pointee.slots[number].schema {
                isDeclared = true
                pending.append(Applied(node: schema, marks: true))
            }
            let marks = rules.pointee.marks.coverEverything
            let patterns = rules.pointee.patterns
            for index in patterns.indices where checker.search(patterns[index].pattern, name) != .invalid {
                isDeclared = true
                pending.append(Applied(node: patterns[index].schema, marks: marks))
            }
            if !isDeclared, let open = rules.pointee.additional ?? rules.pointee.unevaluated {
                isDeclared = true
                pending.append(Applied(node: open, marks: marks))
            }
            isSpokenOn = isSpokenOn || isDeclared
        }
        return isSpokenOn
    }

    private mutating func pushSchemas(ofElement element: Int, at index: Int, _ base: Int) {
        for position in base..<applied.count {
            guard let rules = applied[position].pointee.rules.arrays else { continue }
            checker.steps -= 1
            // In OpenAPI 3.0 these are empty, because marks count only for members.
            let marks = !rules.pointee.access.isEmpty
            if index < rules.pointee.prefix.count {
                pending.append(Applied(node: rules.pointee.prefix[index], marks: marks))
            } else if let items = rules.pointee.items ?? rules.pointee.unevaluated {
                pending.append(Applied(node: items, marks: marks))
            }
            if let contains = rules.pointee.contains, checker.check(contains, element) == .valid {
                pending.append(Applied(node: contains, marks: marks))
            }
        }
    }

    /// Adds a schema and all schemas that it applies to the same value. Of alternatives, those that the value matches
    /// count. If it matches none, all of them count, but without their marks.
    private mutating func gather(_ start: NodeReference, _ entry: Int, _ base: Int, marks: Bool) {
        let node = start.pointee.alias ?? start
        checker.steps -= 1 + (applied.count - base) >> 4
        if marks, seeking.contains(.refused), !node.pointee.ownAccess.isDisjoint(with: checker.refused),
            refused.count < Self.limit
        {
            refused.append(Refused(path: tokens, entry: entry, node: node))
        }
        guard node.pointee.constant == .depends, checker.steps > 0, checker.depth < Checker.maximumDepth,
            !applied[base...].contains(node)
        else { return }
        checker.depth += 1
        let entersScope = checker.tracksScopes && checker.scopes.last != node.pointee.resource
        if entersScope { checker.scopes.append(node.pointee.resource) }
        defer {
            checker.depth -= 1
            if entersScope { checker.scopes.removeLast() }
        }
        applied.append(node)
        let applicators = node.pointee.applicators
        for number in applicators.indices { gather(applicators[number], of: node, entry, base, marks: marks) }
        guard tape.kind(at: entry) == .object, let rules = node.pointee.rules.objects else { return }
        let dependents = rules.pointee.dependents
        for number in dependents.indices {
            guard let schema = dependents[number].schema,
                tape.value(of: entry, named: dependents[number].trigger.pointee) != nil
            else { continue }
            gather(schema, entry, base, marks: marks)
        }
    }

    private mutating func gather(
        _ applicator: Applicator, of node: NodeReference, _ entry: Int, _ base: Int, marks: Bool
    ) {
        switch applicator {
        case .reference(let target): gather(target, entry, base, marks: marks)
        case .dynamicReference(let reference): gather(checker.target(of: reference), entry, base, marks: marks)
        case .all(let branches):
            for number in branches.indices { gather(branches[number], entry, base, marks: marks) }
        case .any(let branches), .one(let branches):
            gather(branches, fitting: fitting(branches, entry), entry, base, marks: marks)
        case .discriminated(let discriminator):
            let fitting = fitting(discriminator.pointee.branches, entry)
            if fitting.isEmpty, case .schema(let target) = discriminator.pointee.choice(tape, entry),
                discriminator.pointee.branches.contains(target)
            {
                return gather(target, entry, base, marks: false)
            }
            gather(discriminator.pointee.branches, fitting: fitting, entry, base, marks: marks)
            if seeking.contains(.misnamed), !fitting.isEmpty { compare(discriminator, fitting, of: node, entry) }
        case .not, .unusable: break
        case .conditional(let conditional):
            switch checker.checkCondition(conditional.condition, entry) {
            case .valid:
                gather(conditional.condition, entry, base, marks: marks)
                if let branch = conditional.consequence { gather(branch, entry, base, marks: marks) }
            case .invalid:
                if let branch = conditional.alternative { gather(branch, entry, base, marks: marks) }
            // It is open which branch applies.
            case .undecided, .unjudged: break
            }
        }
    }

    private mutating func fitting(_ branches: Slice<NodeReference>, _ entry: Int) -> [NodeReference] {
        branches.array.filter { checker.checkBranch($0, entry, $0) == .valid }
    }

    private mutating func gather(
        _ branches: Slice<NodeReference>, fitting: [NodeReference], _ entry: Int, _ base: Int, marks: Bool
    ) {
        for branch in fitting { gather(branch, entry, base, marks: marks) }
        guard fitting.isEmpty else { return }
        for number in branches.indices { gather(branches[number], entry, base, marks: false) }
    }

    // MARK: Discriminators

    /// Records a discriminator that names an alternative that does not match, or names no alternative.
    private mutating func compare(
        _ discriminator: UnsafePointer<Discriminator>, _ fitting: [NodeReference], of node: NodeReference, _ entry: Int
    ) {
        guard let value = tape.value(of: entry, named: discriminator.pointee.property.pointee),
            tape.kind(at: value) == .string, misnamed.count < Self.limit
        else { return }
        switch discriminator.pointee.choice(tape, entry) {
        case .nothing, .missing: return
        case .schema(let target):
            // An alternative may be a schema that contains the named one.
            if fitting.contains(where: { $0 == target || applies(target, by: $0) }) { return }
        case .unknown: break
        }
        let mapped = discriminator.pointee.names.find(tape, value) >= 0
        if !mapped, fitting.contains(where: { isNamed(value, by: $0, discriminator) }) { return }
        misnamed.append(
            Misnamed(
                path: tokens, entry: entry, node: node, discriminator: discriminator, fitting: fitting))
    }

    /// Whether an alternative itself lists the text among the values of its discriminating member.
    private func isNamed(
        _ value: Int, by branch: NodeReference, _ discriminator: UnsafePointer<Discriminator>
    ) -> Bool {
        guard let tags = discriminator.pointee.tags,
            let number = discriminator.pointee.branches.array.firstIndex(of: branch)
        else { return false }
        return tags.isTagged[number] && tags.candidates(tape, value).array.contains(number)
    }

    private mutating func applies(_ target: NodeReference, by branch: NodeReference) -> Bool {
        let wanted = target.pointee.alias ?? target
        var pending = [branch]
        var seen: Set<NodeReference> = []
        while let next = pending.popLast(), checker.steps > 0 {
            let node = next.pointee.alias ?? next
            if node == wanted { return true }
            guard seen.insert(node).inserted else { continue }
            checker.steps -= 1
            node.pointee.forEachInPlace { pending.append($0) }
        }
        return false
    }
}
