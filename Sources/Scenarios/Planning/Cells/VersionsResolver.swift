import Diagnostics
import OpenAPI
import Primitives

/// Decides by the column `versions` whether a row runs under the version of its contract.
struct VersionsResolver: PlanningStage {
    let draft: RowDraft
    let contracts: Contracts
    var diagnostics: [Diagnostic] = []

    /// Whether the row runs. A row with a mistake in the cell does not.
    mutating func run() -> Bool {
        guard let cell = draft[.versions] else { return true }
        let names = contracts.all.map(\.name)
        let range: VersionRange
        do throws(VersionRange.Mistake) {
            range = try VersionRange(cell.text, among: names)
        } catch {
            report(
                cell.diagnostic(
                    error.isUnknownVersion ? "table.unknown-version" : "table.versions", error.message,
                    offset: error.offset, length: error.length, help: error.help))
            return false
        }
        guard let version = draft[.version] else { return range.contains(contracts.defaultContract?.name ?? "") }
        // The resolver of `call` reports an unknown version.
        guard let index = VersionName.index(of: trimmed(version.text), among: names) else { return true }
        guard range.contains(names[index]) else {
            report(
                cell.diagnostic(
                    "table.versions",
                    "the row never runs: its `version` '\(visibleText(trimmed(version.text)))' is not one of its `versions`",
                    help: "leave one of the two cells empty"))
            return false
        }
        return true
    }
}
