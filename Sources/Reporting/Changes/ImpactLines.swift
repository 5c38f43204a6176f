import Diagnostics
import Versions

/// The rows and recordings that a change, or one group of changes, affects, as reports list them.
struct ImpactLines {
    /// Rows, or entries of recordings, that a change affects in the same way.
    struct Line {
        var effect: ImpactEffect
        /// `row` or `har`.
        var label: String
        /// The locations: `scenarios/links.csv:3 create-link/create`; only the first ones of a long list.
        var places: [String]
        /// The number of further locations.
        var more = 0
        /// The reason, as the rest of a sentence.
        var reason: String
        var edit: String?

        /// The places in one line.
        var placeText: String {
            places.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
        }
    }

    /// The most rows, and the most entries, that reports other than JSON list for a change.
    private static let maximumRows = 5
    private static let maximumEntries = 2

    /// The rows, then the entries; broken ones first.
    private(set) var lines: [Line] = []

    init(_ changes: [Change], _ impacts: ChangeImpacts) {
        guard impacts.isKnown else { return }
        let all = changes.map { impacts[$0] }
        var seen: Set<SourceLocation> = []
        let rows = all.flatMap(\.rows).filter { seen.insert($0.location).inserted }.map { row in
            Line(
                effect: row.effect, label: "row",
                places: ["\(row.location.file):\(row.location.line) \(row.scenario)/\(row.step)"],
                reason: row.reason, edit: row.edit)
        }
        add(rows, at: Self.maximumRows, more: all.reduce(0) { $0 + $1.moreRows })
        var entries: Set<String> = []
        let recordings = all.flatMap(\.recordings).filter { entries.insert("\($0.file)\n\($0.entry)").inserted }.map {
            Line(effect: $0.effect, label: "har", places: ["\($0.file) entry \($0.entry)"], reason: $0.reason)
        }
        add(recordings, at: Self.maximumEntries, more: all.reduce(0) { $0 + $1.moreRecordings })
    }

    /// Adds lines with at most `limit` locations in total; further ones are counted.
    private mutating func add(_ found: [Line], at limit: Int, more: Int) {
        let sorted = found.filter { $0.effect == .breaks } + found.filter { $0.effect == .touches }
        var own: [Line] = []
        for (index, line) in sorted.enumerated() {
            let same = own.lastIndex { $0.effect == line.effect && $0.reason == line.reason && $0.edit == line.edit }
            if let same, index < limit {
                own[same].places += line.places
            } else if let same {
                own[same].more += 1
            } else if index < limit {
                own.append(line)
            } else if let last = own.indices.last {
                own[last].more += 1
            }
        }
        if let last = own.indices.last { own[last].more += more }
        lines += own
    }
}

extension ChangeImpacts {
    /// The broken rows and recordings: "3 rows and 2 recordings break"; `nil` where nothing was joined.
    var sentence: String? {
        guard isKnown else { return nil }
        guard breakingRows + breakingRecordings > 0 else { return "no row and no recording breaks" }
        let parts = [(breakingRows, "row"), (breakingRecordings, "recorded exchange")].filter { $0.0 > 0 }
        let text = parts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: " and ")
        return "\(text) \(breakingRows + breakingRecordings == 1 ? "breaks" : "break")"
    }

    /// The action to take: "4 edits: run again with --write"; `nil` where there is nothing to edit.
    var advice: String? {
        edits > 0
            ? "\(edits) edit\(edits == 1 ? "" : "s") of tables: run again with --edits to see, --write to make" : nil
    }
}
