import Diagnostics
import JSONDocument
import OpenAPI
import Primitives

/// Compares security requirements of operations, and security schemes.
extension ContractComparer {
    /// One alternative: all of these schemes are required together, each with its scopes.
    private struct Requirement {
        var schemes: [String: Set<String>]
        var node: WrittenNode

        var names: Set<String> { Set(schemes.keys) }
        var text: String { schemes.isEmpty ? "no credentials" : schemes.keys.sorted().joined(separator: " and ") }
    }

    func compareSecurity(of old: WrittenOperation, _ new: WrittenOperation, _ scope: Scope) {
        let renamed = renamedSchemes
        let ours = requirements(old.node["security"] ?? self.old.written["security"], renaming: renamed)
        let theirs = requirements(new.node["security"] ?? self.new.written["security"], renaming: [:])
        let places = (
            (old.node["security"] ?? self.old.written["security"] ?? old.node).location,
            (new.node["security"] ?? self.new.written["security"] ?? new.node).location
        )
        let wasOpen = ours.isEmpty || ours.contains { $0.schemes.isEmpty }
        let isOpen = theirs.isEmpty || theirs.contains { $0.schemes.isEmpty }
        let (before, after) = (ours.filter { !$0.schemes.isEmpty }, theirs.filter { !$0.schemes.isEmpty })
        func listed(_ list: [Requirement]) -> String {
            list.isEmpty ? "no credentials" : list.map(\.text).joined(separator: ", or ")
        }
        if wasOpen != isOpen {
            add(
                isOpen ? "security.protection-removed" : "security.protection-added", scope, from: listed(ours),
                to: listed(theirs), places.0, places.1,
                isOpen ? "the operation no longer needs credentials" : "the operation now needs credentials")
            // The whole list was added or removed with it.
            if before.isEmpty || after.isEmpty { return }
        }
        for requirement in after {
            guard let partner = before.first(where: { $0.names == requirement.names }) else {
                add(
                    "security.requirement-added", scope, .contract(requirement.text), to: requirement.text, places.0,
                    requirement.node.location, "the credentials \(requirement.text) are now accepted")
                continue
            }
            compareScopes(partner, requirement, scope)
        }
        for requirement in before where !after.contains(where: { $0.names == requirement.names }) {
            add(
                "security.requirement-removed", scope, .contract(requirement.text), from: requirement.text,
                requirement.node.location, places.1, "the credentials \(requirement.text) are no longer accepted")
        }
    }

    private func compareScopes(_ old: Requirement, _ new: Requirement, _ scope: Scope) {
        for name in new.schemes.keys.sorted() {
            let (before, after) = (old.schemes[name] ?? [], new.schemes[name] ?? [])
            for text in after.subtracting(before).sorted() {
                add(
                    "security.scope-added", scope, .contract(name), to: text, old.node.location, new.node.location,
                    "the scope '\(text)' of '\(name)' is now required")
            }
            for text in before.subtracting(after).sorted() {
                add(
                    "security.scope-removed", scope, .contract(name), from: text, old.node.location,
                    new.node.location, "the scope '\(text)' of '\(name)' is no longer required")
            }
        }
    }

    private func requirements(_ list: WrittenNode?, renaming names: [String: String]) -> [Requirement] {
        list?.elements.filter { $0.node.kind == .object }.map { element in
            let schemes = element.members.map { member in
                (names[member.name] ?? member.name, Set(member.value.elements.compactMap(\.node.string)))
            }
            return Requirement(schemes: Dictionary(schemes, uniquingKeysWith: { $0.union($1) }), node: element)
        } ?? []
    }

    // MARK: Schemes

    private func schemes(_ contract: Contract) -> [(name: String, value: WrittenNode)] {
        (contract.written["components"]?.followed?["securitySchemes"]?.followed)?.members.map {
            ($0.name, $0.value.followed ?? $0.value)
        } ?? []
    }

    /// The old names of schemes that were renamed without other changes.
    func findRenamedSchemes() -> [String: String] {
        let ours = schemes(old)
        let theirs = schemes(new)
        var names: [String: String] = [:]
        for (name, value) in ours where !theirs.contains(where: { $0.name == name }) {
            let other = theirs.first { candidate in
                !ours.contains { $0.name == candidate.name } && candidate.value.isEqual(to: value)
                    && !names.values.contains(candidate.name)
            }
            if let other { names[name] = other.name }
        }
        return names
    }

    func compareSchemes() {
        let renamed = renamedSchemes
        let ours = schemes(old)
        let theirs = schemes(new)
        let holders = (old.written["components"] ?? old.written, new.written["components"] ?? new.written)
        for (name, value) in theirs {
            if let before = ours.first(where: { $0.name == name })?.value {
                compareScheme(before, value, name)
            } else if !renamed.values.contains(name) {
                add(
                    "security.scheme-added", Scope(), .contract(name), to: name, holders.0.location, value.location,
                    "the security scheme '\(name)' was added")
            }
        }
        for (name, value) in ours where renamed[name] == nil && !theirs.contains(where: { $0.name == name }) {
            add(
                "security.scheme-removed", Scope(), .contract(name), from: name, value.location, holders.1.location,
                "the security scheme '\(name)' was removed")
        }
    }

    private func compareScheme(_ old: WrittenNode, _ new: WrittenNode, _ name: String) {
        let place = Change.Place.contract(name)
        for keyword in ["type", "in", "name", "scheme"] {
            let (before, after) = (old.text(keyword), new.text(keyword))
            // The names of HTTP schemes and header fields are case-insensitive.
            guard before?.lowercased() != after?.lowercased() else { continue }
            add(
                "security.scheme-changed", Scope(), place, from: before, to: after, (old[keyword] ?? old).location,
                (new[keyword] ?? new).location, "`\(keyword)` of the security scheme '\(name)' changed")
        }
        url("openIdConnectUrl", "security.openid-url-changed", old, new, name)
        let (ours, theirs) = (old["flows"], new["flows"])
        let flows = (ours?.members ?? []).map(\.name) + (theirs?.members ?? []).map(\.name)
        var seen: Set<String> = []
        for flow in flows where seen.insert(flow).inserted && !flow.hasPrefix("x-") {
            switch (ours?[flow], theirs?[flow]) {
            case (nil, let after?):
                add(
                    "security.flow-added", Scope(), place, to: flow, old.location, after.location,
                    "the flow '\(flow)' of the security scheme '\(name)' was added")
            case (let before?, nil):
                add(
                    "security.flow-removed", Scope(), place, from: flow, before.location, new.location,
                    "the flow '\(flow)' of the security scheme '\(name)' was removed")
            case (let before?, let after?): compareFlow(before, after, name)
            case (nil, nil): break
            }
        }
    }

    private func url(_ keyword: String, _ rule: String, _ old: WrittenNode, _ new: WrittenNode, _ name: String) {
        let (before, after) = (old.text(keyword), new.text(keyword))
        guard before != after else { return }
        add(
            rule, Scope(), .contract(name), from: before, to: after, (old[keyword] ?? old).location,
            (new[keyword] ?? new).location, "`\(keyword)` of the security scheme '\(name)' changed")
    }

    private func compareFlow(_ old: WrittenNode, _ new: WrittenNode, _ name: String) {
        url("authorizationUrl", "security.authorization-url-changed", old, new, name)
        url("tokenUrl", "security.token-url-changed", old, new, name)
        url("refreshUrl", "security.refresh-url-changed", old, new, name)
        let (ours, theirs) = (old["scopes"]?.members ?? [], new["scopes"]?.members ?? [])
        for (text, value) in theirs {
            guard let before = ours.first(where: { $0.name == text })?.value else {
                add(
                    "security.flow-scope-added", Scope(), .contract(name), to: text, old.location, value.location,
                    "the scope '\(text)' of the security scheme '\(name)' was added")
                continue
            }
            guard !before.isEqual(to: value) else { continue }
            add(
                "security.flow-scope-changed", Scope(), .contract(name), from: before.node.string,
                to: value.node.string, before.location, value.location,
                "the description of the scope '\(text)' of the security scheme '\(name)' changed")
        }
        for (text, value) in ours where !theirs.contains(where: { $0.name == text }) {
            add(
                "security.flow-scope-removed", Scope(), .contract(name), from: text, value.location, new.location,
                "the scope '\(text)' of the security scheme '\(name)' was removed")
        }
    }
}
