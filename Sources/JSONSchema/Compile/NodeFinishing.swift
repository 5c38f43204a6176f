import Diagnostics
import JSONDocument

/// The last step of compiling: finds cycles, shortens chains of references and propagates marks.
extension SchemaCompiler {
    /// Finishes the nodes from number `start` on. Older nodes are already finished and refer only to finished nodes.
    func finish(from start: Int) {
        var states = [VisitState](repeating: .fresh, count: records.count - start)
        for number in start..<records.count where states[number - start] == .fresh {
            visit(number, from: start, &states)
        }
        for number in start..<records.count { passMarksOn(to: records[number].node) }
        for discriminator in discriminators { finish(discriminator) }
        discriminators = []
        for number in start..<records.count {
            let node = records[number].node
            node.pointee.isOnlyKinds = node.pointee.requiresOnlyKinds
        }
    }

    /// Records the marks of member and element schemas in the object and array rules.
    private func passMarksOn(to node: NodeReference) {
        if let objects = node.pointee.rules.objects {
            var access = SchemaNode.Access()
            let rules = objects.pointee
            for index in rules.slots.indices {
                if let schema = rules.slots[index].schema { access.formUnion(schema.pointee.access) }
            }
            if rules.marks.coverEverything {
                for index in rules.patterns.indices { access.formUnion(rules.patterns[index].schema.pointee.access) }
                for schema in [rules.additional, rules.unevaluated] {
                    if let schema { access.formUnion(schema.pointee.access) }
                }
            }
            UnsafeMutablePointer(mutating: objects).pointee.marks.access = access
        }
        if let arrays = node.pointee.rules.arrays, index.resources[node.pointee.resource].dialect.family != .openAPI30 {
            var access = SchemaNode.Access()
            let rules = arrays.pointee
            for schema in rules.prefix.array { access.formUnion(schema.pointee.access) }
            for schema in [rules.items, rules.contains, rules.unevaluated] {
                if let schema { access.formUnion(schema.pointee.access) }
            }
            UnsafeMutablePointer(mutating: arrays).pointee.access = access
        }
    }

    private enum VisitState {
        case fresh
        case open
        case done
    }

    /// One node on the path, and its children that have not been visited yet.
    private struct Visit {
        let number: Int
        var targets: [Int]
    }

    /// Visits the schemas that are applied to the same value, depth first and without recursion. Reaching a node that
    /// is still open means that validation would never end.
    private func visit(_ root: Int, from start: Int, _ states: inout [VisitState]) {
        var path = [Visit(number: root, targets: targets(of: root))]
        states[root - start] = .open
        while let last = path.indices.last {
            guard let target = path[last].targets.popLast() else {
                close(path[last].number)
                states[path[last].number - start] = .done
                path.removeLast()
                continue
            }
            guard target >= start else { continue }
            switch states[target - start] {
            case .done: continue
            case .fresh:
                states[target - start] = .open
                path.append(Visit(number: target, targets: targets(of: target)))
            case .open:
                let cycle = path.drop { $0.number != target }.map(\.number)
                reportCycle(cycle)
            }
        }
    }

    private func targets(of number: Int) -> [Int] {
        var numbers: [Int] = []
        records[number].node.pointee.forEachCertain { target, _ in
            if let other = self.number(of: target) { numbers.append(other) }
        }
        return numbers.reversed()
    }

    /// Everything that the node applies to the same value is finished.
    private func close(_ number: Int) {
        let node = records[number].node
        var access = node.pointee.ownAccess
        node.pointee.forEachInPlace { access.formUnion($0.pointee.access) }
        node.pointee.access = access
        guard let target = node.pointee.onlyReference, target != node else { return }
        // A scope with dynamic anchors must be entered, so such a reference stays in the chain.
        let isSameScope = node.pointee.resource == target.pointee.resource
        guard isSameScope || index.resources[node.pointee.resource].dynamicAnchors.isEmpty else { return }
        node.pointee.alias = target.pointee.alias ?? target
    }

    /// Reports the cycle at one of its references, or otherwise at the keyword that closes it. That keyword becomes
    /// unusable, which breaks the cycle.
    private func reportCycle(_ cycle: [Int]) {
        var chosen: (number: Int, keyword: String, next: NodeReference)?
        for (position, number) in cycle.enumerated() {
            let next = records[cycle[(position + 1) % cycle.count]].node
            var found: String?
            records[number].node.pointee.forEachCertain { target, keyword in
                if target == next, found == nil { found = keyword }
            }
            // An earlier report has already broken the cycle.
            guard let keyword = found else { return }
            let isReference = keyword == "$ref" || keyword == "$dynamicRef"
            if chosen?.keyword.utf8.first == UInt8(ascii: "$") { continue }
            if isReference || position + 1 == cycle.count { chosen = (number, keyword, next) }
        }
        guard let chosen else { return }
        complain(chosen.number, cycleProblem(chosen.number, chosen.keyword))
        cut(records[chosen.number].node, from: chosen.next)
    }

    /// Removes the keywords by which `node` applies `target` to the same value.
    private func cut(_ node: NodeReference, from target: NodeReference) {
        var applicators = node.pointee.applicators.array.filter { applicator in
            var leads = false
            applicator.forEachCertain { schema, _ in leads = leads || schema == target }
            return !leads
        }
        applicators.append(.unusable(.all))
        node.pointee.applicators = memory.store(all: applicators)
        guard let objects = node.pointee.rules.objects else { return }
        let dependents = objects.pointee.dependents.array.filter { $0.schema != target }
        UnsafeMutablePointer(mutating: objects).pointee.dependents = memory.store(all: dependents)
    }

    private func cycleProblem(_ number: Int, _ keyword: String) -> Diagnostic {
        let source = records[number].node.pointee.source
        return Diagnostic(
            "schema.cycle", .error, Messages.cycle, at: index.location(of: keyword, at: source),
            place: index.place(source).pointer.appending(keyword).description, help: Messages.cycleHelp)
    }
}

extension SchemaNode {
    /// The target of a schema that consists only of a reference.
    fileprivate var onlyReference: NodeReference? {
        guard kinds == .all, rules.isEmpty, ownAccess.isEmpty, applicators.count == 1,
            case .reference(let target) = applicators[0]
        else { return nil }
        return target
    }

    /// Calls `body` with each schema that always applies to the same value as the keyword, and with the keyword. The
    /// target of a dynamic reference is uncertain if several scopes have the anchor.
    fileprivate func forEachCertain(_ body: (NodeReference, String) -> Void) {
        for index in applicators.indices { applicators[index].forEachCertain(body) }
        guard let dependents = rules.objects?.pointee.dependents else { return }
        for index in dependents.indices {
            if let schema = dependents[index].schema { body(schema, dependents[index].keyword.name) }
        }
    }
}

extension Applicator {
    fileprivate func forEachCertain(_ body: (NodeReference, String) -> Void) {
        switch self {
        case .reference(let target): body(target, "$ref")
        case .dynamicReference(let reference):
            if reference.pointee.targets.count == 1 { body(reference.pointee.initial, "$dynamicRef") }
        case .all(let branches): branches.array.forEach { body($0, "allOf") }
        case .any(let branches): branches.array.forEach { body($0, "anyOf") }
        case .one(let branches): branches.array.forEach { body($0, "oneOf") }
        case .discriminated(let discriminator):
            let keyword = discriminator.pointee.isOne ? "oneOf" : "anyOf"
            discriminator.pointee.branches.array.forEach { body($0, keyword) }
        case .not(let schema): body(schema, "not")
        case .conditional(let conditional):
            body(conditional.condition, "if")
            if let consequence = conditional.consequence { body(consequence, "then") }
            if let alternative = conditional.alternative { body(alternative, "else") }
        case .unusable: break
        }
    }
}
