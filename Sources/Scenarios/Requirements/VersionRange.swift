import Diagnostics
import Primitives

/// The versions of an API that a row or a requirement applies to: `v2023-08-01`, `>=v2023-08-01`, `>v1 <=v3`.
///
/// Versions have the order of `versions` in `assay.yaml`, and not of their names. All comparisons must apply; of several
/// versions without a comparison, one is enough.
package struct VersionRange: Sendable, Equatable {
    /// The versions that it contains, by name.
    package let names: Set<String>
    /// The range as written.
    package let text: String

    /// A mistake in the text of a range.
    package struct Mistake: Error, Equatable {
        /// A clause about the mistake.
        package var message: String
        /// The remedy.
        package var help: String
        /// The place in the text, in Unicode scalars.
        package var offset: Int
        /// The number of scalars.
        package var length: Int
        /// Whether the range names an unknown version.
        package var isUnknownVersion: Bool
    }

    private enum Comparison: String, CaseIterable {
        // The longer ones first: a prefix decides.
        case atLeast = ">="
        case atMost = "<="
        case above = ">"
        case below = "<"

        func holds(_ version: Int, _ bound: Int) -> Bool {
            switch self {
            case .atLeast: version >= bound
            case .atMost: version <= bound
            case .above: version > bound
            case .below: version < bound
            }
        }
    }

    /// Reads a range.
    ///
    /// - Parameter known: The names of all versions, in their order.
    /// - Throws: `Mistake` for an unknown version or a text that is not a range.
    package init(_ text: String, among known: [String]) throws(Mistake) {
        var kept = Set(known.indices)
        var single: Set<Int> = []
        let parts = words(of: text)
        for (word, offset) in parts {
            let comparison = Comparison.allCases.first { word.utf8.starts(with: $0.rawValue.utf8) }
            let name = String(word.dropFirst(comparison?.rawValue.count ?? 0))
            guard let index = VersionName.index(of: name, among: known) else {
                throw Mistake(
                    message: name.isEmpty
                        ? "'\(word)' is not followed by a version" : "unknown version '\(visibleText(name))'",
                    help: name.isEmpty
                        ? "write the version without a space: \(word)v2" : VersionName.help(for: name, among: known),
                    offset: offset, length: word.unicodeScalars.count, isUnknownVersion: !name.isEmpty)
            }
            if let comparison {
                kept = kept.filter { comparison.holds($0, index) }
            } else {
                single.insert(index)
            }
        }
        if !single.isEmpty { kept.formIntersection(single) }
        guard !kept.isEmpty, !parts.isEmpty else {
            throw Mistake(
                message: parts.isEmpty ? "the range is empty" : "no version is in the range '\(visibleText(text))'",
                help: "write for example >=\(VersionName.spelled(known.last ?? "2"))", offset: 0,
                length: text.unicodeScalars.count, isUnknownVersion: false)
        }
        names = Set(kept.map { known[$0] })
        self.text = text
    }

    /// Whether the range contains a version.
    package func contains(_ version: String) -> Bool {
        names.contains { $0.isSame(as: version) }
    }
}

/// The names of versions as tables have them: with a `v`, because spreadsheets change dates and numbers.
enum VersionName {
    /// The name with a `v`.
    static func spelled(_ name: String) -> String { name.utf8.first == 0x76 ? name : "v\(name)" }

    /// The position of the version that a table names; `nil` if the version is unknown or lacks its `v`.
    static func index(of text: String, among known: [String]) -> Int? {
        let exact = known.firstIndex { $0.isSame(as: text) }
        if let exact, text.utf8.first == 0x76 { return exact }
        guard text.utf8.first == 0x76 || text.utf8.first == 0x56 else { return nil }
        return known.firstIndex { $0.utf8.elementsEqual(text.utf8.dropFirst()) }
    }

    /// The remedy for a name that ``index(of:among:)`` does not find.
    static func help(for text: String, among known: [String]) -> String {
        let names = known.map(spelled)
        if known.contains(where: { $0.isSame(as: text) }) {
            return "write v\(text): a spreadsheet would turn it into a date or a number"
        }
        if let near = nearestName(to: text, among: names) { return "did you mean `\(near)`?" }
        return names.isEmpty ? "add it to `versions`" : "the contracts are \(names.joined(separator: ", "))"
    }
}
