import Diagnostics
import JSONDocument
import OpenAPI
import Primitives

/// Compares the parts of the whole contract: callbacks, webhooks, servers, components, and the version.
extension ContractComparer {
    // MARK: Requests that the API sends

    func compareCallbacks(of old: WrittenOperation, _ new: WrittenOperation, _ scope: Scope) {
        guard !scope.isOutgoing else { return }
        let ours = callbacks(of: old)
        let theirs = callbacks(of: new)
        compareOutgoing(ours, theirs, scope, rule: "callback", (old.node.location, new.node.location))
    }

    func compareWebhooks() {
        func webhooks(_ root: WrittenNode) -> [(name: String, operation: WrittenOperation)] {
            (root["webhooks"]?.followed)?.members.filter { !$0.name.hasPrefix("x-") }.flatMap { member in
                Self.operations(of: member.value, path: member.name).map { (member.name, $0) }
            } ?? []
        }
        compareOutgoing(
            webhooks(old.written), webhooks(new.written), Scope(), rule: "webhook",
            (old.written.location, new.written.location))
    }

    private func callbacks(of operation: WrittenOperation) -> [(name: String, operation: WrittenOperation)] {
        (operation.node["callbacks"]?.followed)?.members.filter { !$0.name.hasPrefix("x-") }.flatMap { member in
            (member.value.followed?.members ?? []).filter { !$0.name.hasPrefix("x-") }.flatMap { item in
                Self.operations(of: item.value, path: item.name).map { (member.name, $0) }
            }
        } ?? []
    }

    private func compareOutgoing(
        _ old: [(name: String, operation: WrittenOperation)], _ new: [(name: String, operation: WrittenOperation)],
        _ scope: Scope, rule: String, _ places: (SourceLocation, SourceLocation)
    ) {
        for (name, operation) in new {
            let partner = old.first { $0.name == name && $0.operation.key == operation.key }?.operation
            let subject = subject(partner, operation, outgoing: name)
            guard let partner else {
                add(
                    "\(rule).added", Scope(subject: scope.subject ?? subject), .contract(name), to: operation.key,
                    places.0, operation.node.location, "the \(rule) '\(name)' was added: \(operation.key)")
                continue
            }
            compare(partner, operation, Scope(subject: subject, isOutgoing: true))
        }
        for (name, operation) in old
        where !new.contains(where: { $0.name == name && $0.operation.key == operation.key }) {
            add(
                "\(rule).removed", Scope(subject: scope.subject ?? subject(operation, nil, outgoing: name)),
                .contract(name), from: operation.key, operation.node.location, places.1,
                "the \(rule) '\(name)' was removed: \(operation.key)")
        }
    }

    // MARK: Servers

    func compareOwnServers(_ old: WrittenOperation, _ new: WrittenOperation, _ scope: Scope) {
        func holder(_ operation: WrittenOperation) -> WrittenNode? {
            ([operation.node] + operation.items).first { $0["servers"] != nil }
        }
        let (ours, theirs) = (holder(old), holder(new))
        guard ours != nil || theirs != nil else { return }
        compareServers(of: ours ?? self.old.written, theirs ?? self.new.written, scope)
    }

    func compareServers(of old: WrittenNode, _ new: WrittenNode, _ scope: Scope) {
        func servers(_ holder: WrittenNode) -> [(url: String, node: WrittenNode)] {
            holder["servers"]?.elements.compactMap { node in
                node.text("url").map { url in
                    (url.count > 1 && url.hasSuffix("/") ? String(url.dropLast()) : url, node)
                }
            } ?? []
        }
        let ours = servers(old)
        let theirs = servers(new)
        // A document without servers has one server with the URL "/" (OpenAPI 3.1.1, section 4.8.1.1).
        if (ours + theirs).map(\.url) == ["/"] { return }
        for server in theirs {
            guard let before = ours.first(where: { $0.url == server.url })?.node else {
                add(
                    "server.added", scope, .contract(server.url), to: server.url, old.location, server.node.location,
                    "the server \(server.url) was added")
                continue
            }
            compareVariables(before, server.node, server.url, scope)
        }
        for server in ours where !theirs.contains(where: { $0.url == server.url }) {
            add(
                "server.removed", scope, .contract(server.url), from: server.url, server.node.location, new.location,
                "the server \(server.url) was removed")
        }
    }

    private func compareVariables(_ old: WrittenNode, _ new: WrittenNode, _ url: String, _ scope: Scope) {
        for (name, value) in new["variables"]?.members ?? [] {
            guard let before = old["variables"]?[name] else { continue }
            let ours = before["enum"]?.elements.compactMap(\.node.string) ?? []
            let theirs = value["enum"]?.elements.compactMap(\.node.string) ?? []
            // Without a list, every value is allowed.
            if ours.isEmpty != theirs.isEmpty {
                let isFree = theirs.isEmpty
                add(
                    "server.variable-value-\(isFree ? "added" : "removed")", scope, .contract(url),
                    from: isFree ? ours.joined(separator: ", ") : nil,
                    to: isFree ? nil : theirs.joined(separator: ", "),
                    before.location, value.location,
                    isFree
                        ? "the server variable '\(name)' is no longer restricted to a list of values"
                        : "the server variable '\(name)' is now restricted to a list of values")
            }
            for text in theirs where !ours.isEmpty && !ours.contains(text) {
                add(
                    "server.variable-value-added", scope, .contract(url), to: text, before.location, value.location,
                    "the server variable '\(name)' has the new value '\(text)'")
            }
            for text in ours where !theirs.isEmpty && !theirs.contains(text) {
                add(
                    "server.variable-value-removed", scope, .contract(url), from: text, before.location,
                    value.location, "the server variable '\(name)' no longer has the value '\(text)'")
            }
            let (one, other) = (before.text("default"), value.text("default"))
            guard one != other else { continue }
            add(
                "server.variable-default-changed", scope, .contract(url), from: one, to: other, before.location,
                value.location, "the default of the server variable '\(name)' changed")
        }
    }

    // MARK: Components and the version

    /// Compares unreferenced schemas; all other schemas are compared where they are used.
    func compareComponents() {
        let ours = old.written["components"]?["schemas"]
        let theirs = new.written["components"]?["schemas"]
        let lists = (ours?.members ?? [], theirs?.members ?? [])
        let names = (Set(lists.0.map(\.name)), Set(lists.1.map(\.name)))
        guard names.0 != names.1 else { return }
        let used = (Self.references(in: old.written.node), Self.references(in: new.written.node))
        for (name, value) in lists.1 where !names.0.contains(name) {
            guard !used.1.contains(name) else { continue }
            add(
                "component.schema-added", Scope(), .contract(name), to: name, (ours ?? old.written).location,
                value.location, "the schema '\(name)', which no operation uses, was added")
        }
        for (name, value) in lists.0 where !names.1.contains(name) {
            guard !used.0.contains(name) else { continue }
            add(
                "component.schema-removed", Scope(), .contract(name), from: name, value.location,
                (theirs ?? new.written).location, "the schema '\(name)', which no operation used, was removed")
        }
    }

    /// The last segments of all texts that look like references.
    private static func references(in node: JSONNode) -> Set<String> {
        var names: Set<String> = []
        node.withTape { tape, start in
            for index in start..<tape.end(of: start) where tape.kind(at: index) == .string {
                let bytes = tape.bytes(at: index)
                guard bytes.contains(UInt8(ascii: "#")), bytes.contains(UInt8(ascii: "/")) else { continue }
                if let name = tape.string(at: index).split(separator: "/").last { names.insert(String(name)) }
            }
        }
        return names
    }

    /// A breaking change requires a new version: a later date, or a higher major number.
    func compareVersions() {
        let places = (
            (old.written["info"]?["version"] ?? old.written).location,
            (new.written["info"]?["version"] ?? new.written).location
        )
        let (before, after) = (old.info.version, new.info.version)
        guard changes.contains(where: { $0.severity == .error && $0.rule.area != "comparison" }) else { return }
        func add(_ name: String, _ message: String) {
            self.add(
                "info.version-\(name)", Scope(), .contract("version"), from: before, to: after, places.0, places.1,
                message)
        }
        if let ours = CivilDate(startOf: before), let theirs = CivilDate(startOf: after) {
            if ours == theirs { add("unchanged", "breaking changes under the same version \(after)") }
            if theirs < ours { add("decreased", "breaking changes under the older version \(after)") }
            return
        }
        guard before != after, let ours = Self.numbers(before), let theirs = Self.numbers(after) else { return }
        if theirs.lexicographicallyPrecedes(ours) {
            add("decreased", "breaking changes under the older version \(after)")
        } else if ours[0] == theirs[0] {
            add("major-unchanged", "breaking changes under the same major version: \(before) became \(after)")
        }
    }

    /// The numbers of a version such as `1.20.3`; `nil` for other texts.
    private static func numbers(_ version: String) -> [Int]? {
        let parts = version.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        return parts.count >= 2 && numbers.count == parts.count ? numbers : nil
    }
}
