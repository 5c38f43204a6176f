import Diagnostics
import JSONDocument

/// The last step of compiling: cycles are found, chains of references shortened, marks passed on.
extension SchemaCompiler {
    /// Finishes the nodes from number `start` on; older ones are finished and lead to finished ones only.
    func finish(from start: Int) {
        var states = [VisitState](repeating: .fresh, count: records.count - start)
        for number in start..<records.count where states[number - start] == .fresh {
            visit(number, from: start, &states)
        }
        for number in start..<records.count {
            guard let objects = records[number].node.pointee.objects else { continue }
            var access = SchemaNode.Access()
            let slots = objects.pointee.slots
            for index in slots.indices {
                if let schema = slots[index].schema { access.formUnion(schema.pointee.access) }
            }
            UnsafeMutablePointer(mutating: objects).pointee.access = access
        }
    }

    private enum VisitState {
        case fresh
        case open
        case done
    }

    /// One node on the way down, and what is still to be visited below it.
    private struct Visit {
        let number: Int
        var targets: [Int]
    }

    /// Walks the schemas that are applied to the same value, depth first and without recursion. Meeting a node that
    /// is still open means that judging it would never end.
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
        var access = node.pointee.access
        node.pointee.forEachInPlace { access.formUnion($0.pointee.access) }
        node.pointee.access = access
        guard let target = node.pointee.onlyReference, target != node else { return }
        // A scope with dynamic anchors has to be entered, so such a link stays in the chain.
        let isSameScope = node.pointee.resource == target.pointee.resource
        guard isSameScope || index.resources[node.pointee.resource].dynamicAnchors.isEmpty else { return }
        node.pointee.alias = target.pointee.alias ?? target
    }

    /// Puts the problem where a reference of the cycle stands, or else at the keyword that closes it.
    private func reportCycle(_ cycle: [Int]) {
        var fallback: (Int, String)?
        for (position, number) in cycle.enumerated() {
            let next = records[cycle[(position + 1) % cycle.count]].node
            var found: String?
            records[number].node.pointee.forEachCertain { target, keyword in
                if target == next, found == nil { found = keyword }
            }
            guard let keyword = found else { continue }
            if keyword == "$ref" || keyword == "$dynamicRef" {
                return complain(number, cycleProblem(number, keyword))
            }
            fallback = (number, keyword)
        }
        if let (number, keyword) = fallback { complain(number, cycleProblem(number, keyword)) }
    }

    private func cycleProblem(_ number: Int, _ keyword: String) -> Diagnostic {
        let source = records[number].node.pointee.source
        return Diagnostic(
            "schema.cycle", .error, Messages.cycle, at: index.location(of: keyword, at: source),
            place: index.place(source).pointer.appending(keyword).description, help: Messages.cycleHelp)
    }
}

extension SchemaNode {
    /// The target of a schema that is nothing but a reference.
    fileprivate var onlyReference: NodeReference? {
        guard kinds == .all, strings == nil, numbers == nil, arrays == nil, objects == nil, values == nil,
            applicators.count == 1, case .reference(let target) = applicators[0]
        else { return nil }
        return target
    }

    /// Calls `body` with each schema that is sure to be applied to the same value when the keyword is, and with the
    /// keyword. Where a dynamic reference leads is not sure as long as several scopes have the anchor.
    fileprivate func forEachCertain(_ body: (NodeReference, String) -> Void) {
        for index in applicators.indices {
            switch applicators[index] {
            case .reference(let target): body(target, "$ref")
            case .dynamicReference(let reference):
                if reference.pointee.targets.count == 1 { body(reference.pointee.initial, "$dynamicRef") }
            case .all(let branches): branches.array.forEach { body($0, "allOf") }
            case .any(let branches): branches.array.forEach { body($0, "anyOf") }
            case .one(let branches): branches.array.forEach { body($0, "oneOf") }
            case .discriminated(let discriminator):
                let keyword = discriminator.pointee.isOne ? "oneOf" : "anyOf"
                discriminator.pointee.branches.array.forEach { body($0, keyword) }
                discriminator.pointee.targets.array.forEach { body($0, "discriminator") }
                if let fallback = discriminator.pointee.fallback { body(fallback, "discriminator") }
            case .not(let schema): body(schema, "not")
            case .conditional(let conditional):
                body(conditional.condition, "if")
                if let consequence = conditional.consequence { body(consequence, "then") }
                if let alternative = conditional.alternative { body(alternative, "else") }
            }
        }
        guard let dependents = objects?.pointee.dependents else { return }
        for index in dependents.indices {
            if let schema = dependents[index].schema { body(schema, dependents[index].keyword.name) }
        }
    }
}
