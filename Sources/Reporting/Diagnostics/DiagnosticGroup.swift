import Diagnostics
import Primitives

/// Diagnostics that differ only in their location: one mistake that occurs many times.
struct DiagnosticGroup {
    /// The first diagnostic, in the order of locations.
    var first: Diagnostic
    /// The locations of the other diagnostics; fewer than ``count`` where some have no location.
    var others: [SourceLocation] = []
    /// The number of diagnostics.
    var count = 1

    /// The most locations that are listed after the first.
    private static let listed = 3

    /// Groups `diagnostics`, in the order of the first of each.
    static func groups(of diagnostics: [Diagnostic]) -> [DiagnosticGroup] {
        var groups: [DiagnosticGroup] = []
        var places: [[String]: Int] = [:]
        for diagnostic in diagnostics {
            let key = [
                diagnostic.rule, diagnostic.severity.rawValue, diagnostic.message, diagnostic.help ?? "",
                // Diagnostics with a second location are separate mistakes.
                diagnostic.related.isEmpty ? "" : diagnostic.location?.description ?? "",
            ]
            if let place = places[key] {
                groups[place].count += 1
                if let location = diagnostic.location { groups[place].others.append(location) }
            } else {
                places[key] = groups.count
                groups.append(DiagnosticGroup(first: diagnostic))
            }
        }
        return groups
    }

    /// `3 times in all, also at a.csv:3:1, a.csv:4:1`; `nil` for a single one.
    var repetition: String? {
        guard count > 1 else { return nil }
        let shown = others.prefix(Self.listed).map(\.description)
        let rest = others.count - shown.count
        let also = shown.isEmpty ? "" : ", also at \(shown.joined(separator: ", "))"
        let more = rest > 0 ? " and \(plural(rest, "more place")) (--report json lists them)" : ""
        return "\(count) times in all\(also)\(more)"
    }
}
