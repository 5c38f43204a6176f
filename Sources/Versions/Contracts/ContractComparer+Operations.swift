import Diagnostics
import JSONDocument
import OpenAPI
import Primitives

/// One operation as written.
struct WrittenOperation {
    var method: String
    var path: String
    var node: WrittenNode
    /// Its path item, and the path items that this one refers to.
    var items: [WrittenNode]

    var key: String { "\(method) \(path)" }
    var id: String? { node.text("operationId") }
    /// The path without the names of its expressions: two paths with the same shape are the same path.
    var shape: String {
        var text = ""
        var isInside = false
        for scalar in path.unicodeScalars {
            if scalar == "{" { isInside = true }
            if !isInside || scalar == "{" || scalar == "}" { text.unicodeScalars.append(scalar) }
            if scalar == "}" {
                if isInside { text.unicodeScalars.append(scalar) }
                isInside = false
            }
        }
        return "\(method) \(text)"
    }

    /// The names in braces, in order.
    var expressions: [String] {
        path.split(separator: "{").dropFirst().compactMap { $0.split(separator: "}").first.map { String($0) } }
    }
}

extension ContractComparer {
    func compareOperations() {
        let ours = Self.operations(of: old.written["paths"])
        let theirs = Self.operations(of: new.written["paths"])
        let matched = match(ours, theirs)
        for (before, after) in matched.pairs {
            commonOperations += 1
            compare(before, after, Scope(subject: subject(before, after, outgoing: nil)))
        }
        for operation in matched.added { addedOperation(operation) }
        for operation in matched.removed { removedOperation(operation) }
        let isWebhooksOnly =
            ours.isEmpty && theirs.isEmpty && old.written["webhooks"] != nil && new.written["webhooks"] != nil
        if matched.pairs.isEmpty, !isWebhooksOnly {
            add(
                "comparison.nothing-in-common", Scope(), old.written["paths"]?.location ?? old.written.location,
                new.written["paths"]?.location ?? new.written.location,
                ours.isEmpty || theirs.isEmpty
                    ? "\(ours.isEmpty ? "the old" : "the new") contract has no operations"
                    : "the contracts have no operation in common")
        }
    }

    func subject(_ old: WrittenOperation?, _ new: WrittenOperation?, outgoing: String?) -> Change.Subject? {
        guard let shown = new ?? old else { return nil }
        return Change.Subject(
            name: new?.id ?? old?.id ?? shown.key, method: shown.method, path: shown.path, outgoing: outgoing)
    }

    /// Operations with the same method and path, regardless of the names of path parameters.
    struct Matched {
        var pairs: [(WrittenOperation, WrittenOperation)] = []
        var added: [WrittenOperation] = []
        var removed: [WrittenOperation] = []
    }

    func match(_ old: [WrittenOperation], _ new: [WrittenOperation]) -> Matched {
        var matched = Matched()
        let exact = Dictionary(old.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let shaped = Dictionary(old.map { ($0.shape, $0) }, uniquingKeysWith: { first, _ in first })
        var used: Set<String> = []
        var waiting: [WrittenOperation] = []
        var partners: [String: WrittenOperation] = [:]
        for operation in new {
            if let partner = exact[operation.key] {
                used.insert(partner.key)
                partners[operation.key] = partner
            } else {
                waiting.append(operation)
            }
        }
        for operation in waiting {
            if let partner = shaped[operation.shape], used.insert(partner.key).inserted {
                partners[operation.key] = partner
            }
        }
        for operation in new {
            if let partner = partners[operation.key] {
                matched.pairs.append((partner, operation))
            } else {
                matched.added.append(operation)
            }
        }
        matched.removed = old.filter { !used.contains($0.key) }
        return matched
    }

    /// The operations of a map of path items.
    static func operations(of paths: WrittenNode?) -> [WrittenOperation] {
        guard let paths = paths?.followed else { return [] }
        return paths.members.filter { !$0.name.hasPrefix("x-") }.flatMap { operations(of: $0.value, path: $0.name) }
    }

    private static let methods: Set<String> = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
    ]

    static func operations(of item: WrittenNode, path: String) -> [WrittenOperation] {
        var items: [WrittenNode] = []
        var current: WrittenNode? = item
        while let node = current, node.node.kind == .object, items.count < 100 {
            items.append(node)
            current = node.target
        }
        var found: [WrittenOperation] = []
        for (index, node) in items.enumerated() {
            for (name, value) in node.members {
                if name == "additionalOperations" {
                    for (method, value) in value.members where value.node.kind == .object {
                        found.append(
                            WrittenOperation(method: method, path: path, node: value, items: Array(items[index...])))
                    }
                } else if methods.contains(name), value.node.kind == .object,
                    !found.contains(where: { $0.method == name.uppercased() })
                {
                    found.append(
                        WrittenOperation(
                            method: name.uppercased(), path: path, node: value.followed ?? value,
                            items: Array(items[index...])))
                }
            }
        }
        return found
    }

    // MARK: Whole operations

    func addedOperation(_ operation: WrittenOperation) {
        add(
            "operation.added", Scope(subject: subject(nil, operation, outgoing: nil)), to: operation.key,
            old.written["paths"]?.location ?? old.written.location, operation.node.location,
            "the operation \(operation.key) was added")
    }

    func removedOperation(_ operation: WrittenOperation) {
        let lifecycle = Lifecycle(operation.node)
        var id = "operation.removed"
        var reason = ""
        if lifecycle.isDeprecated, let text = lifecycle.sunset, let sunset = CivilDate(startOf: text) {
            let today = options.today.flatMap { CivilDate(startOf: $0) }
            if let today, today < sunset {
                id = "operation.removed-before-sunset"
                reason = " before its sunset date \(text)"
            } else if today != nil {
                id = "operation.removed-after-deprecation"
                reason = " after its sunset date \(text)"
            }
        }
        add(
            id, Scope(subject: subject(operation, nil, outgoing: nil)), from: operation.key, operation.node.location,
            new.written["paths"]?.location ?? new.written.location,
            "the operation \(operation.key) was removed\(reason)")
    }

    func compare(_ old: WrittenOperation, _ new: WrittenOperation, _ scope: Scope) {
        // An operation that is the same, including everything it refers to, can differ only in what it inherits.
        let isSame = old.path == new.path && sameness.isSame(old.node.node, new.node.node)
        if !isSame {
            compareIdentity(old, new, scope)
            addLifecycle(
                old.node, new.node, prefix: "operation", scope, .operation, name: "the operation \(new.key)")
            compareExtensions(old.node, new.node, scope, .operation)
        }
        if !scope.isOutgoing {
            compareSecurity(of: old, new, scope)
            compareOwnServers(old, new, scope)
        }
        if !isSame || !inheritsSameParameters(old, new) { compareParameters(of: old, new, scope) }
        if isSame { return }
        compareBody(of: old, new, scope)
        compareResponses(of: old, new, scope)
        compareCallbacks(of: old, new, scope)
    }

    private func inheritsSameParameters(_ old: WrittenOperation, _ new: WrittenOperation) -> Bool {
        switch (old.items.first?["parameters"], new.items.first?["parameters"]) {
        case (nil, nil): true
        case (let ours?, let theirs?): sameness.isSame(ours.node, theirs.node)
        default: false
        }
    }

    private func compareIdentity(_ old: WrittenOperation, _ new: WrittenOperation, _ scope: Scope) {
        if !scope.isOutgoing, old.path != new.path {
            for (before, after) in zip(old.expressions, new.expressions) where before != after {
                add(
                    "operation.path-parameter-renamed", scope, .parameter(in: "path", name: after), from: before,
                    to: after, old.items.first?.location, new.items.first?.location,
                    "the path parameter '\(before)' was renamed to '\(after)'")
            }
        }
        let places = (
            old.node["operationId"]?.location ?? old.node.location,
            new.node["operationId"]?.location ?? new.node.location
        )
        switch (old.id, new.id) {
        case (nil, let id?):
            add("operation.id-added", scope, to: id, places.0, places.1, "the operationId '\(id)' was added")
        case (let id?, nil):
            add("operation.id-removed", scope, from: id, places.0, places.1, "the operationId '\(id)' was removed")
        case (let before?, let after?) where !before.isSame(as: after):
            add(
                "operation.id-changed", scope, from: before, to: after, places.0, places.1,
                "the operationId changed from '\(before)' to '\(after)'")
        default: break
        }
        let ours = old.node["tags"]?.elements ?? []
        let theirs = new.node["tags"]?.elements ?? []
        for (tags, others, action, side) in [(theirs, ours, "added", 1), (ours, theirs, "removed", 0)] {
            for tag in tags {
                guard let text = tag.node.string, !others.contains(where: { $0.node.string == text }) else { continue }
                add(
                    "operation.tag-\(action)", scope, from: side == 0 ? text : nil, to: side == 1 ? text : nil,
                    side == 0 ? tag.location : old.node.location, side == 1 ? tag.location : new.node.location,
                    "the tag '\(text)' was \(action)")
            }
        }
    }
}
