package import Diagnostics

/// A requirement of the API that rows show: one entry of `refs` in `assay.yaml`.
package struct Requirement: Sendable, Equatable {
    /// The id that the column `ref` names.
    package var id: String
    /// The requirement in words; empty if the catalogue has none.
    package var title = ""
    /// The address of the text that states it; `nil` if the catalogue has none.
    package var link: String?
    /// Whether a complete run must show it.
    package var level = Level.mandatory
    /// The versions of the API that it applies to; `nil` for all.
    package var versions: VersionRange?
    /// The location of the entry; `nil` for an id that only rows name.
    package var location: SourceLocation?

    /// A mandatory requirement of all versions.
    package init(id: String) {
        self.id = id
    }

    /// Whether a complete run must show a requirement.
    package enum Level: String, Sendable, Hashable, CaseIterable {
        /// A complete run must show it.
        case mandatory
        /// It applies only under a condition, such as an optional feature of the server.
        case conditional
    }
}

/// The requirements that a row shows, from its columns `ref` and `level`.
package struct StepTrace: Sendable, Equatable {
    /// The ids, in the order of the cell; at least one.
    package var refs: [String]
    /// The level of requirements that no catalogue contains; `nil` if the cell is empty.
    package var level: Requirement.Level?

    /// The requirements `refs`.
    package init(refs: [String], level: Requirement.Level? = nil) {
        self.refs = refs
        self.level = level
    }
}
