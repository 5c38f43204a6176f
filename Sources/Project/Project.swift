public import Scenarios

/// What `assay.yaml` says: the contracts under test, where requests go, and who sends them.
///
/// A project is a value; nothing is looked up in the environment here. A folder without `assay.yaml` has the
/// project `Project.empty`, so that a document given by option works alone.
public struct Project: Sendable, Equatable {
    /// The configuration file as shown to users; `nil` when there is none.
    public var file: String?
    /// The contracts by the names that options and the `version` column use, in the order of the file.
    public var versions: [Version]
    /// The version that rows without a `version` are sent under; the only one when just one is declared.
    public var defaultVersion: String?
    /// The versions under which a run tries every scenario that leaves the version open; empty: the default version.
    public var runVersions: [String] = []
    /// The scenario tables, as patterns of paths relative to the project: `scenarios`, `scenarios/**/*.csv`.
    public var scenarios: [String]
    /// Where requests may go, in the order of the file.
    public var targets: [Target]
    /// The target used when no option names one.
    public var defaultTarget: String
    /// Who may call, in the order of the file.
    public var profiles: [AuthProfile]
    /// The profile of rows with an empty `auth`, unless the target has one of its own.
    public var defaultProfile: String?
    /// Paths that `same_as` leaves out everywhere.
    public var volatile: [String]
    /// Paths whose values are kept as tokens and never as they are.
    public var redact: [String]
    /// Values for `{{var.x}}`, in the order of the file.
    public var variables: [Variable]

    /// The file of accepted findings; `nil` for none.
    public var baseline: String?
    /// Tags of steps, scenarios and operations for which members and headers that no contract declares are errors.
    public var strictTags: [String] = []
    /// What the API promises beyond its documents.
    public var promises = Promises()
    /// Where recordings are kept, and how old they may be.
    public var fixtures = Fixtures()

    /// A folder without a configuration: no versions, tables under `scenarios`, the mock as target.
    public static let empty = Project(
        file: nil,
        versions: [],
        defaultVersion: nil,
        scenarios: ["scenarios"],
        targets: [.mock],
        defaultTarget: Target.mock.name,
        profiles: [],
        defaultProfile: nil,
        volatile: [],
        redact: [],
        variables: []
    )

    /// The version called `name`.
    public func version(_ name: String) -> Version? {
        versions.first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// The target called `name`.
    public func target(_ name: String) -> Target? {
        targets.first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// A value for `{{var.name}}`.
    public struct Variable: Sendable, Equatable {
        /// The name after `var.`.
        public var name: String
        /// The text it stands for.
        public var value: String
    }
}
