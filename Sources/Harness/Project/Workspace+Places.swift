import Diagnostics
import JSONDocument
import SourceText

extension Workspace {
    private static let accessRules: Set<String> = [
        "source.not-found", "source.unreadable", "source.not-a-file", "source.outside", "source.path",
    ]

    /// `diagnostics` with those about a file that cannot be opened where the configuration names it, which is where
    /// the mistake is.
    func placed(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard let configuration else { return diagnostics }
        let named = configuration.document.root["versions"].map { Self.files(of: $0) } ?? []
        return diagnostics.map { diagnostic in
            guard Self.accessRules.contains(diagnostic.rule), let file = diagnostic.location?.file,
                let place = named.first(where: { reader.displayPath($0.path).utf8.elementsEqual(file.utf8) })
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
