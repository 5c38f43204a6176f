package import Diagnostics
import JSONDocument
package import Scenarios
package import SourceText

/// Reads `refs`: the requirements that rows show, in `assay.yaml` or in files of their own.
package enum RequirementReader {
    /// The requirements of a file, and its mistakes.
    ///
    /// - Parameter versions: The names of the versions, in the order of the configuration.
    package static func requirements(
        of source: SourceFile, versions: [String]
    ) -> (requirements: [Requirement], problems: [Diagnostic]) {
        var reader = DiagnosingReader(source, as: .requirements)
        let found = requirements(reader.root, versions: versions, &reader)
        return (found, reader.diagnostics.sorted)
    }

    /// The requirements of a mapping from ids to their entries.
    static func requirements(
        _ node: JSONNode, versions: [String], _ reader: inout DiagnosingReader
    ) -> [Requirement] {
        reader.members(of: node, "refs").compactMap { requirement($0, versions, &reader) }
    }

    private static func requirement(
        _ member: JSONMember, _ versions: [String], _ reader: inout DiagnosingReader
    ) -> Requirement? {
        guard !member.name.utf8.contains(where: { $0 <= 0x20 }) else {
            reader.report(
                "wrong-id", "the id \(quoted(member.name)) contains a space", at: member.namePosition,
                help: "write an id without spaces: the column `ref` separates ids by spaces")
            return nil
        }
        var requirement = Requirement(id: member.name)
        requirement.location = reader.source.location(of: member.namePosition)
        guard member.value.kind == .object else {
            requirement.title = reader.text(member.value, "the title of \(quoted(member.name))") ?? ""
            return requirement
        }
        let what = "requirement \(quoted(member.name))"
        for part in reader.members(of: member.value, what, known: ["title", "link", "level", "versions"]) {
            switch part.name {
            case "title": requirement.title = reader.text(part.value, "title") ?? ""
            case "link": requirement.link = link(part.value, &reader)
            case "level":
                let word = reader.word(part.value, "level", Requirement.Level.allCases.map(\.rawValue))
                requirement.level = word.flatMap { Requirement.Level(rawValue: $0) } ?? .mandatory
            default: requirement.versions = range(part.value, versions, &reader)
            }
        }
        return requirement
    }

    /// Reports are pages, so a link is a web address and nothing that a browser executes.
    private static func link(_ node: JSONNode, _ reader: inout DiagnosingReader) -> String? {
        guard let text = reader.text(node, "link") else { return nil }
        let isWeb = ["https://", "http://"].contains { text.lowercased().utf8.starts(with: $0.utf8) }
        if isWeb, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) { return text }
        reader.report(
            "wrong-link", "\(quoted(text)) is not a web address", at: node, help: "write https://HOST/PATH")
        return nil
    }

    private static func range(
        _ node: JSONNode, _ versions: [String], _ reader: inout DiagnosingReader
    ) -> VersionRange? {
        guard let text = reader.text(node, "versions") else { return nil }
        do throws(VersionRange.Mistake) {
            return try VersionRange(text, among: versions)
        } catch {
            reader.report(
                error.isUnknownVersion ? "unknown-name" : "wrong-versions", error.message, at: node, help: error.help)
            return nil
        }
    }
}

extension FileFormat {
    /// A file that `refs` of the configuration names.
    package static let requirements = FileFormat(name: "requirements")
}
