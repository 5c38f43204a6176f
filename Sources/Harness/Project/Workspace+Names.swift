import Conformance
import Diagnostics
import JSONDocument
import OpenAPI
import Primitives
import Project
import Scenarios
import SourceText

extension Workspace {
    /// Names of the configuration that match nothing in the contracts, each where it is.
    ///
    /// - Parameter plan: All scenarios of the project, whose tags count; `nil` when not all were read.
    func unmatchedNames(_ contracts: Contracts, plan: Plan?) -> [Diagnostic] {
        guard let configuration else { return [] }
        var names = ConfiguredNames(contracts.all)
        names.check(project.judging.promises)
        names.checkVolatile(project.judging.volatile)
        names.checkRedacted(project.redact)
        if let plan {
            names.check(project.judging.quarantine, in: plan)
            var tags: Set<String> = []
            for scenario in plan.scenarios.asWritten {
                tags.formUnion(scenario.tags)
                for step in scenario.steps { tags.formUnion(step.row.tags) }
            }
            names.checkTags(project.judging.strictTags, others: tags)
        }
        return names.mismatches.map { mismatch in
            Diagnostic(
                "configuration.unmatched-name", mismatch.severity, mismatch.message,
                at: configuration.location(of: Self.node(at: mismatch.place, in: configuration.document.root)),
                help: mismatch.help)
        }
    }

    /// The location of a value of the configuration, given the keys that lead to it; `nil` without a configuration.
    func location(of place: [String]) -> SourceLocation? {
        configuration.map { source in
            source.location(of: Self.node(at: place, in: source.document.root))
        }
    }

    /// The entries of `promises`, in the order of the configuration.
    var declaredPromises: [DeclaredPromise] {
        project.judging.promises.entries.map { DeclaredPromise($0, at: location(of: $0.place)) }
            .sorted { ($0.location?.line ?? 0) < ($1.location?.line ?? 0) }
    }

    /// The node at a place, or the last one on the way to it: a single text counts as a list of one.
    private static func node(at place: [String], in root: JSONNode) -> JSONNode {
        place.reduce(root) { node, key in
            node.kind == .array ? Int(key).flatMap { node[$0] } ?? node : node[key] ?? node
        }
    }
}

extension Diagnostic {
    /// The diagnostic as an error where it is about a name of the configuration and the contracts are those of the
    /// configuration: a document given by file may have other schemes.
    func strict(_ choice: ContractChoice) -> Diagnostic {
        guard rule == "auth.unknown-scheme", choice.spec == nil else { return self }
        var strict = self
        strict.severity = .error
        return strict
    }
}

extension Workspace {
    private static let accessRules: Set<String> = [
        "source.not-found", "source.unreadable", "source.not-a-file", "source.outside", "source.path",
    ]

    /// `diagnostics` with those about a file that cannot be opened where the configuration names it, which is where
    /// the mistake is.
    func placed(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard let configuration else { return diagnostics }
        let root = configuration.document.root
        let baseline = root["baseline"].flatMap { node in node.string.map { (path: $0, node: node) } }
        let named = (root["versions"].map { Self.files(of: $0) } ?? []) + (baseline.map { [$0] } ?? [])
        return diagnostics.map { diagnostic in
            guard Self.accessRules.contains(diagnostic.rule), let file = diagnostic.location?.file,
                let place = named.first(where: { reader.displayPath($0.path).isSame(as: file) })
            else { return diagnostic }
            var placed = diagnostic
            placed.location = configuration.location(of: place.node)
            return placed
        }
    }

    private static func files(of versions: JSONNode) -> [(path: String, node: JSONNode)] {
        let nodes = versions.members.flatMap { version -> [JSONNode] in
            let overlays = version.value["overlays"].map { $0.kind == .array ? Array($0.elements) : [$0] } ?? []
            return [version.value["spec"], version.value["behaviour"]].compactMap { $0 } + overlays
        }
        return nodes.compactMap { node in node.string.map { ($0, node) } }
    }
}
