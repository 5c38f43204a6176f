import Diagnostics
import Versions

/// The rows and recordings of a change, or of changes that are one edit, as reports list them.
struct ImpactLines {
    /// One row or entry.
    struct Line {
        var effect: ImpactEffect
        /// `row` or `har`.
        var label: String
        /// Where it is: `scenarios/links.csv:3 create-link/create`.
        var place: String
        var reason: String
        var edit: String?
    }

    /// The most rows, and the most entries, that a report other than JSON shows for a change.
    private static let maximum = 5

    /// The first rows and entries.
    private(set) var lines: [Line] = []
    /// How many more rows and entries there are: "and 7 more rows".
    private(set) var rest: [String] = []

    init(_ changes: [Change], _ impacts: ChangeImpacts) {
        guard impacts.isKnown else { return }
        let all = changes.map { impacts[$0] }
        var seen: Set<SourceLocation> = []
        let rows = all.flatMap(\.rows).filter { seen.insert($0.location).inserted }
        add(
            Self.sorted(rows, by: \.effect).map { row in
                Line(
                    effect: row.effect, label: "row",
                    place: "\(row.location.file):\(row.location.line) \(row.scenario)/\(row.step)", reason: row.reason,
                    edit: row.edit)
            }, more: all.reduce(0) { $0 + $1.moreRows }, "row")
        var entries: Set<String> = []
        let recordings = all.flatMap(\.recordings).filter { entries.insert("\($0.file)\n\($0.entry)").inserted }
        add(
            Self.sorted(recordings, by: \.effect).map { entry in
                Line(effect: entry.effect, label: "har", place: "\(entry.file) entry \(entry.entry)", reason: entry.reason)
            }, more: all.reduce(0) { $0 + $1.moreRecordings }, "recorded exchange")
    }

    private mutating func add(_ found: [Line], more: Int, _ noun: String) {
        lines += found.prefix(Self.maximum)
        let count = max(0, found.count - Self.maximum) + more
        if count > 0 { rest.append("and \(count) more \(noun)\(count == 1 ? "" : "s")") }
    }

    private static func sorted<Impact>(_ impacts: [Impact], by effect: (Impact) -> ImpactEffect) -> [Impact] {
        impacts.filter { effect($0) == .breaks } + impacts.filter { effect($0) == .touches }
    }
}

extension ChangeImpacts {
    /// What breaks: "3 rows and 2 recordings break"; `nil` where nothing was looked at.
    var sentence: String? {
        guard isKnown else { return nil }
        guard breakingRows + breakingRecordings > 0 else { return "no row and no recording breaks" }
        let parts = [(breakingRows, "row"), (breakingRecordings, "recorded exchange")].filter { $0.0 > 0 }
        let text = parts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: " and ")
        return "\(text) \(breakingRows + breakingRecordings == 1 ? "breaks" : "break")"
    }

    /// What to do about it: "4 edits: run again with --write"; `nil` where there is nothing to edit.
    var advice: String? {
        edits > 0 ? "\(edits) edit\(edits == 1 ? "" : "s") of tables: run again with --edits to see, --write to make" : nil
    }
}
