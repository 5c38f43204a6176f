import JSONDocument

/// Finds members that no applied schema names and no applied schema speaks on.
///
/// Runs on many values that are fine, so it works on two stacks instead of making lists.
struct UndeclaredSearch {
    /// How many members are listed at most.
    static let limit = 1_000

    private var checker: Checker
    private let tape: JSONTape
    private var found: [JSONPointer] = []
    /// The name entries and, as negative numbers from -1 on, the indexes that lead to the present value.
    private var path: [Int] = []
    /// The schemas that stand to be applied to a value; each value uses the top of the stack.
    private var pending: [NodeReference] = []
    /// The schemas that are applied to a value, each once; each value uses the top of the stack.
    private var applied: [NodeReference] = []

    init(checker: Checker) {
        self.checker = checker
        tape = checker.tape
    }

    /// The undeclared members of the value at `entry`, which `schema` judges.
    mutating func members(of entry: Int, by schema: NodeReference) -> [JSONPointer] {
        pending.append(schema)
        search(from: 0, entry, depth: 0)
        return found
    }

    /// Searches a value to which the schemas from `start` on are applied.
    private mutating func search(from start: Int, _ entry: Int, depth: Int) {
        let kind = tape.kind(at: entry)
        guard kind == .object || kind == .array, depth < Checker.maximumDepth, checker.steps > 0 else { return }
        let base = applied.count
        for position in start..<pending.count { gather(pending[position], entry, base) }
        if kind == .object {
            searchMembers(entry, base, depth)
        } else {
            searchElements(entry, base, depth)
        }
        applied.removeLast(applied.count - base)
    }

    private mutating func searchMembers(_ entry: Int, _ base: Int, _ depth: Int) {
        let declares = applied[base...].contains { $0.pointee.objects?.pointee.declaresMembers ?? false }
        var name = tape.firstChild(of: entry)
        let end = tape.end(of: entry)
        while name < end {
            checker.steps -= 1
            let top = pending.count
            path.append(name)
            if pushSchemas(ofMember: name, base) {
                search(from: top, name + 1, depth: depth + 1)
            } else if declares, found.count < Self.limit {
                found.append(pointer)
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
        while element < end {
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

    private var pointer: JSONPointer {
        JSONPointer(path.map { $0 < 0 ? String(-1 - $0) : tape.string(at: $0) })
    }

    /// Pushes the schemas that apply to a member; returns whether any applied schema speaks on it.
    private mutating func pushSchemas(ofMember name: Int, _ base: Int) -> Bool {
        var isSpokenOn = false
        for position in base..<applied.count {
            guard let rules = applied[position].pointee.objects else { continue }
            var isDeclared = false
            let number = rules.pointee.names.find(tape, name)
            if number >= 0, let schema = rules.pointee.slots[number].schema {
                isDeclared = true
                pending.append(schema)
            }
            let patterns = rules.pointee.patterns
            for index in patterns.indices where checker.search(patterns[index].pattern, name) != .invalid {
                isDeclared = true
                pending.append(patterns[index].schema)
            }
            if !isDeclared, let open = rules.pointee.additional ?? rules.pointee.unevaluated {
                isDeclared = true
                pending.append(open)
            }
            isSpokenOn = isSpokenOn || isDeclared
        }
        return isSpokenOn
    }

    private mutating func pushSchemas(ofElement element: Int, at index: Int, _ base: Int) {
        for position in base..<applied.count {
            guard let rules = applied[position].pointee.arrays else { continue }
            if index < rules.pointee.prefix.count {
                pending.append(rules.pointee.prefix[index])
            } else if let items = rules.pointee.items ?? rules.pointee.unevaluated {
                pending.append(items)
            }
            if let contains = rules.pointee.contains, checker.check(contains, element) == .valid {
                pending.append(contains)
            }
        }
    }

    /// Adds a schema and all that it applies to the same value. Of alternatives those count that the value
    /// satisfies; when it satisfies none, all of them, since any may have been meant.
    private mutating func gather(_ start: NodeReference, _ entry: Int, _ base: Int) {
        let node = start.pointee.alias ?? start
        checker.steps -= 1
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
        for number in applicators.indices { gather(applicators[number], entry, base) }
        guard tape.kind(at: entry) == .object, let rules = node.pointee.objects else { return }
        let dependents = rules.pointee.dependents
        for number in dependents.indices {
            guard let schema = dependents[number].schema,
                tape.value(of: entry, named: dependents[number].trigger.pointee) != nil
            else { continue }
            gather(schema, entry, base)
        }
    }

    private mutating func gather(_ applicator: Applicator, _ entry: Int, _ base: Int) {
        switch applicator {
        case .reference(let target): gather(target, entry, base)
        case .dynamicReference(let reference): gather(checker.target(of: reference), entry, base)
        case .all(let branches):
            for number in branches.indices { gather(branches[number], entry, base) }
        case .any(let branches), .one(let branches): gatherAlternatives(branches, entry, base)
        case .discriminated(let discriminator):
            if case .schema(let target) = discriminator.pointee.choice(tape, entry) {
                gather(target, entry, base)
            } else {
                gatherAlternatives(discriminator.pointee.branches, entry, base)
            }
        case .not: break
        case .conditional(let conditional):
            let holds = checker.check(conditional.condition, entry) == .valid
            if holds { gather(conditional.condition, entry, base) }
            if let branch = holds ? conditional.consequence : conditional.alternative { gather(branch, entry, base) }
        }
    }

    private mutating func gatherAlternatives(_ branches: Slice<NodeReference>, _ entry: Int, _ base: Int) {
        var isFitting = false
        for number in branches.indices where checker.check(branches[number], entry) == .valid {
            isFitting = true
            gather(branches[number], entry, base)
        }
        guard !isFitting else { return }
        for number in branches.indices { gather(branches[number], entry, base) }
    }
}
