import Diagnostics
import Versions

/// A comparison of two versions as the sections of one page, before any format.
struct UpgradePage {
    /// One entry of a section.
    struct Entry {
        /// What it is, in one sentence.
        var title: String
        /// More about it, each with a label: `in`, `rows`, `add`.
        var lines: [(label: String, text: String)] = []
        /// The ids of the rules.
        var rules: [String] = []
        /// How severe it is.
        var severity: Severity
    }

    /// A section of the page.
    struct Section {
        /// What the reader does with it.
        var title: String
        /// Said where the section has no entries; `nil` leaves it out.
        var empty: String?
        var entries: [Entry] = []
        /// What was left out, in a sentence.
        var rest: String?
    }

    /// The figures, in sentences.
    var summary: [String]
    var sections: [Section]

    /// The most entries of a section: more make no page.
    private static let maximumEntries = 12
    private static let maximumRows = 3

    init(_ upgrade: Upgrade, target: String) {
        sections = [
            Self.unannounced(upgrade), Self.client(upgrade), Self.tables(upgrade), Self.accepted(upgrade),
            Self.unexercised(upgrade), Self.compatible(upgrade), Self.notCompared(upgrade),
        ]
        let rows = upgrade.broken.count
        summary = [
            "\(plural(upgrade.comparedSteps, "step")) compared on \(target): "
                + "\(plural(upgrade.announced.count, "announced change")) seen, "
                + "\(upgrade.unexercised.count) not exercised, "
                + "\(plural(upgrade.unannounced.count, "difference")) not announced, "
                + "\(plural(rows, "row")) \(rows == 1 ? "breaks" : "break")"
        ]
        if upgrade.volatile == nil {
            summary.append(
                "values are not compared, only statuses, members and types: recordings of one version exist once")
        }
    }

    // MARK: Sections

    private static func unannounced(_ upgrade: Upgrade) -> Section {
        var section = Section(
            title: "Not announced: ask the provider", empty: "every difference is announced by the contracts")
        section.entries = upgrade.unannounced.map { entry in
            let isBreachOnly = entry.difference.from == nil && entry.difference.to == nil
            var title = isBreachOnly ? entry.breach ?? entry.difference.place.text : entry.difference.text
            var lines = [("in", "\(entry.operation), status \(entry.status)"), ("rows", rows(entry.steps))]
            if isBreachOnly {
                title += " (\(entry.difference.place.text))"
            } else if let breach = entry.breach {
                lines.append(("new", breach))
            }
            return Entry(title: title, lines: lines, severity: .error)
        }
        let unexplained = upgrade.broken.filter { $0.rules.isEmpty }
        section.entries += grouped(unexplained).map { group in
            Entry(
                title: "fails, and no change announces it: \(group[0].reason)",
                lines: [("rows", rows(group.map(\.step)))], severity: .error)
        }
        return section.limited()
    }

    private static func client(_ upgrade: Upgrade) -> Section {
        var section = Section(title: "Change in your client", empty: "no announced change that rows show breaks a client")
        section.entries = upgrade.announced.filter { $0.change.first.severity > .note }.map { entry in
            var lines = [("in", names(entry.change.operations)), ("rows", rows(entry.steps))]
            if entry.difference == nil { lines.append(("seen", "rows use it, and their responses do not differ")) }
            return Self.entry(entry.change, lines)
        }
        return section.limited()
    }

    private static func tables(_ upgrade: Upgrade) -> Section {
        var section = Section(title: "Change in your tables", empty: "no row breaks")
        section.entries = grouped(upgrade.broken.filter { !$0.rules.isEmpty }).map { group in
            Entry(
                title: group[0].reason, lines: [("rows", rows(group.map(\.step)))],
                rules: Array(Set(group.flatMap(\.rules))).sorted(), severity: .error)
        }
        return section.limited()
    }

    private static func accepted(_ upgrade: Upgrade) -> Section {
        var section = Section(title: "Negative rows that \(upgrade.to) accepts", empty: nil)
        section.entries = upgrade.accepted.map { step in
            Entry(
                title: "\(step.scenario) / \(step.step)", lines: [("row", step.location.description)],
                severity: .warning)
        }
        return section.limited()
    }

    private static func unexercised(_ upgrade: Upgrade) -> Section {
        var section = Section(title: "Announced, and shown by no row", empty: nil)
        section.entries = upgrade.unexercised.map { entry in
            var lines = [("why", entry.reason)]
            if let row = entry.row { lines.append(("add", row.text)) }
            return Self.entry(entry.change, lines)
        }
        return section.limited()
    }

    private static func compatible(_ upgrade: Upgrade) -> Section {
        var section = Section(title: "New, and compatible", empty: nil)
        section.entries = upgrade.announced.filter { $0.change.first.severity == .note }.map { entry in
            Self.entry(entry.change, [("in", names(entry.change.operations))])
        }
        return section.limited()
    }

    private static func notCompared(_ upgrade: Upgrade) -> Section {
        var section = Section(title: "Not compared", empty: nil)
        var order: [String] = []
        var byReason: [String: [UpgradeStep]] = [:]
        for entry in upgrade.notCompared {
            if byReason[entry.reason] == nil { order.append(entry.reason) }
            byReason[entry.reason, default: []].append(entry.step)
        }
        section.entries = order.map { reason in
            Entry(title: reason, lines: [("rows", rows(byReason[reason] ?? []))], severity: .note)
        }
        return section.limited()
    }

    // MARK: Parts

    private static func entry(_ change: Upgrade.ChangeSet, _ lines: [(String, String)]) -> Entry {
        Entry(title: change.first.message, lines: lines, rules: [change.first.rule.id], severity: change.first.severity)
    }

    /// Rows that break for the same reason.
    private static func grouped(_ rows: [Upgrade.BrokenRow]) -> [[Upgrade.BrokenRow]] {
        var groups: [[Upgrade.BrokenRow]] = []
        var known: [String: Int] = [:]
        for row in rows {
            if let index = known[row.reason] {
                groups[index].append(row)
            } else {
                known[row.reason] = groups.count
                groups.append([row])
            }
        }
        return groups.sorted { $0.count > $1.count }
    }

    /// The first rows with their locations, and how many more there are.
    private static func rows(_ steps: [UpgradeStep]) -> String {
        let shown = steps.prefix(maximumRows).map { "\($0.scenario)/\($0.step) (\($0.location.file):\($0.location.line))" }
        let rest = steps.count - shown.count
        return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    private static func names(_ operations: [String]) -> String {
        let shown = operations.prefix(4).joined(separator: ", ")
        let rest = operations.count - 4
        return operations.isEmpty ? "the API as a whole" : shown + (rest > 0 ? " and \(rest) more" : "")
    }

    /// The page without sections that have nothing to say.
    var shownSections: [Section] { sections.filter { !$0.entries.isEmpty || $0.empty != nil } }

    fileprivate static func limit(_ section: Section) -> Section {
        var section = section
        let rest = section.entries.count - maximumEntries
        if rest > 0 {
            section.entries = Array(section.entries.prefix(maximumEntries))
            section.rest = "\(rest) more are in the JSON report"
        }
        return section
    }
}

extension UpgradePage.Section {
    fileprivate func limited() -> UpgradePage.Section { UpgradePage.limit(self) }
}

/// `1 row`, `2 rows`.
private func plural(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
