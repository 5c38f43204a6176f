import Diagnostics
import Primitives
import Versions

/// A comparison of two versions as the sections of one page, independent of its format.
struct UpgradePage {
    /// One entry of a section.
    struct Entry {
        /// A description in one sentence.
        var title: String
        /// Its details, each with a label: `in`, `rows`, `add`.
        var lines: [(label: String, text: String)] = []
        /// The ids of the rules.
        var rules: [String] = []
        /// The severity of the entry.
        var severity: Severity
    }

    /// A section of the page.
    struct Section {
        /// The task of the reader.
        var title: String
        /// The text of a section without entries; `nil` leaves the section out.
        var empty: String?
        var entries: [Entry] = []
        /// The number of omitted entries, in a sentence.
        var rest: String?
    }

    /// The figures, in sentences.
    var summary: [String]
    var sections: [Section]

    /// The most entries of a section that requires work, and of one that only informs. More do not fit on a page.
    private static let maximumEntries = (work: 8, news: 4)

    init(_ upgrade: Upgrade, target: String) {
        sections = [
            Self.unannounced(upgrade), Self.client(upgrade), Self.tables(upgrade), Self.accepted(upgrade),
            Self.silent(upgrade), Self.unexercised(upgrade), Self.compatible(upgrade), Self.notCompared(upgrade),
        ]
        let rows = Set(upgrade.broken.map(\.step)).count
        let seen = upgrade.announced.count { $0.difference != nil }
        summary = [
            "\(plural(upgrade.comparedSteps, "step")) compared on \(target): "
                + "\(plural(seen, "announced change")) seen, "
                + "\(upgrade.announced.count - seen + upgrade.unexercised.count) not, "
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
        let sorted = upgrade.unannounced.enumerated().sorted { left, right in
            left.element.severity != right.element.severity
                ? right.element.severity < left.element.severity : left.offset < right.offset
        }.map(\.element)
        // The same difference in several operations is one entry.
        var titles: [String] = []
        var byTitle: [String: [Upgrade.Unannounced]] = [:]
        for entry in sorted {
            let isDeviationOnly = entry.difference.from == nil && entry.difference.to == nil
            let title =
                isDeviationOnly ? "\(entry.difference.place.text): \(entry.deviation ?? "")" : entry.difference.text
            if byTitle[title] == nil { titles.append(title) }
            byTitle[title, default: []].append(entry)
        }
        section.entries = titles.map { title in
            let entries = byTitle[title] ?? []
            let places = listed(entries.map { "\($0.operation) \($0.status)" }, limit: 4)
            var lines = [("in", "\(places); rows \(rows(entries.flatMap(\.steps)))")]
            let hasDifference = entries[0].difference.from != nil || entries[0].difference.to != nil
            if hasDifference, let deviation = entries[0].deviation { lines.append(("new", deviation)) }
            return Entry(title: title, lines: lines, severity: entries[0].severity)
        }
        let unexplained = upgrade.broken.filter { $0.rules.isEmpty }
        section.entries += grouped(unexplained).map { group in
            Entry(
                title: "fails, and no change announces it: \(group[0].reason)",
                lines: [("rows", rows(group.map(\.step)))], severity: .error)
        }
        return section.limited(to: maximumEntries.work)
    }

    private static func client(_ upgrade: Upgrade) -> Section {
        var section = Section(
            title: "Announced and seen: change your client", empty: "no announced change that rows show breaks a client"
        )
        let seen = upgrade.announced.filter { $0.difference != nil && $0.change.first.severity > .note }
        section.entries = merged(seen.map { ($0.change, $0.steps, nil) })
        return section.limited(to: maximumEntries.work)
    }

    private static func tables(_ upgrade: Upgrade) -> Section {
        var section = Section(title: "Announced, and breaks rows: change your tables", empty: "no row breaks")
        section.entries = grouped(upgrade.broken.filter { !$0.rules.isEmpty }).map { group in
            Entry(
                title: group[0].reason, lines: [("rows", rows(group.map(\.step)))],
                rules: Array(Set(group.flatMap(\.rules))).sorted(), severity: .error)
        }
        return section.limited(to: maximumEntries.work)
    }

    private static func accepted(_ upgrade: Upgrade) -> Section {
        var section = Section(title: "Negative rows that \(upgrade.to) accepts", empty: nil)
        section.entries = upgrade.accepted.map { step in
            Entry(
                title: "\(step.scenario) / \(step.step)", lines: [("row", step.location.description)],
                severity: .warning)
        }
        return section.limited(to: maximumEntries.work)
    }

    private static func silent(_ upgrade: Upgrade) -> Section {
        var section = Section(title: "Announced, used by rows, and no difference seen", empty: nil)
        let silent = upgrade.announced.filter { $0.difference == nil && $0.change.first.severity > .note }
        section.entries = merged(silent.map { ($0.change, [], nil) })
        return section.limited(to: maximumEntries.news)
    }

    private static func unexercised(_ upgrade: Upgrade) -> Section {
        var section = Section(title: "Announced, and shown by no row", empty: nil)
        section.entries = merged(upgrade.unexercised.map { ($0.change, [], $0.row) })
        return section.limited(to: maximumEntries.work)
    }

    private static func compatible(_ upgrade: Upgrade) -> Section {
        var section = Section(title: "Announced, seen and compatible", empty: nil)
        let seen = upgrade.announced.filter { $0.change.first.severity == .note }
        section.entries = merged(seen.map { ($0.change, [], nil) })
        return section.limited(to: maximumEntries.news)
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
        return section.limited(to: maximumEntries.news)
    }

    // MARK: Parts

    /// Changes by the same rule in the same operations are one entry, which lists the places.
    private static func merged(
        _ entries: [(change: Upgrade.ChangeSet, steps: [UpgradeStep], row: Upgrade.SuggestedRow?)]
    ) -> [Entry] {
        struct Key: Hashable {
            var rule: String
            var operations: [String]
        }
        var order: [Key] = []
        var groups: [Key: [(change: Upgrade.ChangeSet, steps: [UpgradeStep], row: Upgrade.SuggestedRow?)]] = [:]
        for entry in entries {
            let key = Key(rule: entry.change.first.rule.id, operations: entry.change.operations)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(entry)
        }
        return order.compactMap { key in
            guard let group = groups[key], let first = group.first?.change.first else { return nil }
            var places: [String] = []
            for place in group.map({ place($0.change.first) }) where !places.contains(place) { places.append(place) }
            let title = places.count == 1 ? first.message : "\(first.rule.summary): \(listed(places, limit: 6))"
            let steps = group.flatMap(\.steps)
            let operations = listed(key.operations, limit: 4, empty: "the API as a whole")
            // A row to add contains the name of the operation.
            let line =
                group.compactMap(\.row).first.map { ("add", $0.text) }
                ?? ("in", steps.isEmpty ? operations : "\(operations); rows \(rows(steps))")
            return Entry(title: title, lines: [line], rules: [first.rule.id], severity: first.severity)
        }
    }

    /// The place of a change, and short values: `pages (integer → string)`.
    private static func place(_ change: Change) -> String {
        guard change.rule.action == "changed", let from = change.base.text, let to = change.revision.text,
            from.utf8.count <= 20, to.utf8.count <= 20
        else { return change.itemText }
        return "\(change.itemText) (\(from) → \(to))"
    }

    /// Groups rows that break for the same reason.
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

    /// The location of the first row of each of the first tables, and how many rows there are.
    private static func rows(_ steps: [UpgradeStep]) -> String {
        var files: [String] = []
        var lines: [String: [Int]] = [:]
        for location in steps.map(\.location) {
            if lines[location.file] == nil { files.append(location.file) }
            if lines[location.file]?.contains(location.line) != true {
                lines[location.file, default: []].append(location.line)
            }
        }
        let count = lines.values.reduce(0) { $0 + $1.count }
        let shown = files.prefix(2).map { file in
            let numbers = lines[file] ?? []
            return "\(file):" + numbers.prefix(3).map { String($0) }.joined(separator: ",")
                + (numbers.count > 3 ? ",…" : "")
        }
        let more = files.count > 2 ? " and \(plural(files.count - 2, "more table"))" : ""
        return "\(count): " + shown.joined(separator: ", ") + more
    }

    private static func listed(_ names: [String], limit: Int, empty: String = "") -> String {
        let rest = names.count - limit
        return names.isEmpty
            ? empty : names.prefix(limit).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    /// The page without sections that have no content.
    var shownSections: [Section] { sections.filter { !$0.entries.isEmpty || $0.empty != nil } }
}

extension UpgradePage.Section {
    /// The section with its first entries.
    fileprivate func limited(to count: Int) -> UpgradePage.Section {
        guard entries.count > count else { return self }
        var section = self
        section.entries = Array(entries.prefix(count))
        let rest = entries.count - count
        section.rest = "\(rest) more \(rest == 1 ? "is" : "are") in the JSON report"
        return section
    }
}
