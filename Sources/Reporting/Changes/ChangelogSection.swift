import Versions

/// The changes of one operation, those that several operations share, or those of the contract as a whole.
struct ChangelogSection {
    var title: String
    var groups: [ChangeGroup]
    /// Whether each change names its operations.
    var isShared = false

    /// The sections in the order of the first change of each; what operations share is said once, at the start.
    static func sections(of changes: [Change]) -> [ChangelogSection] {
        var shared = ChangelogSection(title: "Several operations", groups: [], isShared: true)
        var sections: [ChangelogSection] = []
        var known: [String: Int] = [:]
        for group in ChangeGroup.groups(of: changes) {
            guard group.operations.count <= 1 else {
                shared.groups.append(group)
                continue
            }
            let title = title(group.first)
            if let index = known[title] {
                sections[index].groups.append(group)
            } else {
                known[title] = sections.count
                sections.append(ChangelogSection(title: title, groups: [group]))
            }
        }
        return shared.groups.isEmpty ? sections : [shared] + sections
    }

    private static func title(_ change: Change) -> String {
        guard let subject = change.subject else { return "The contract as a whole" }
        let key = "\(subject.method) \(subject.path)"
        return subject.outgoing.map { "'\($0)' \(key)" } ?? key
    }
}
