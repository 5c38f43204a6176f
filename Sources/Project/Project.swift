public import Scenarios

/// The content of `assay.yaml`: the contracts under test, the targets of requests, and the profiles that send them.
///
/// A project is a value and does not depend on the environment. A folder without `assay.yaml` has the project
/// `Project.empty`, so a document given by option works alone.
public struct Project: Sendable, Equatable {
    /// The configuration file as shown to users; `nil` when there is none.
    public var file: String?
    /// The contracts by the names that options and the `version` column use, in the order of the file.
    public var versions: [Version]
    /// The scenario tables, as patterns of paths relative to the project: `scenarios`, `scenarios/**/*.csv`.
    public var scenarios: [String]
    /// The targets of requests, in the order of the file.
    public var targets: [Target]
    /// The profiles that send requests, in the order of the file.
    public var profiles: [AuthProfile] = []
    /// The defaults where neither a row nor an option sets a value.
    public var defaults = Defaults()
    /// Paths whose values are always stored as tokens.
    public var redact: [String] = []
    /// Values for `{{var.x}}`, in the order of the file.
    public var variables: [Variable] = []
    /// The rules for judging responses.
    public var judging = Judging()
    /// The folder of recordings, and their maximum age.
    public var fixtures = Fixtures()

    /// A folder without a configuration: no versions, tables under `scenarios`, the mock as target.
    public static let empty = Project(file: nil, versions: [], scenarios: ["scenarios"], targets: [.mock])

    /// The defaults where neither a row nor an option sets a value.
    public struct Defaults: Sendable, Equatable {
        /// The version of rows without a `version`; the only one when just one is declared.
        public var version: String?
        /// The versions under which a run executes scenarios that do not set one; empty for the default version.
        public var runVersions: [String] = []
        /// The target used when no option names one.
        public var target = Target.mock.name
        /// The profile of rows with an empty `auth`, unless the target has its own.
        public var profile: String?
    }

    /// The rules for judging responses, beyond their contract.
    public struct Judging: Sendable, Equatable {
        /// Paths that `same_as` ignores everywhere.
        public var volatile: [String] = []
        /// The file of accepted findings; `nil` for none.
        public var baseline: String?
        /// Tags of steps, scenarios and operations for which undeclared members and headers are errors.
        public var strictTags: [String] = []
        /// The promises of the API beyond its documents.
        public var promises = Promises()
    }

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
        /// Its text.
        public var value: String

        /// A variable.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}

/// The folder of a project's recordings, and their maximum age.
public struct Fixtures: Sendable, Equatable {
    /// The folder, relative to the project.
    public var folder = "fixtures"
    /// The age from which a recording is reported as stale; `nil` for any age.
    public var maximumAge: Duration?

    /// `fixtures/`, of any age.
    public init() {}
}

/// One contract of a project and its files; paths are relative to the project.
public struct Version: Sendable, Equatable {
    /// The name, often the date of an API version.
    public var name: String
    /// The OpenAPI document.
    public var spec: String
    /// The overlays of the document, in order.
    public var overlays: [String]
    /// The mock's behaviour file; `nil` when the document alone drives the mock.
    public var behaviour: String?

    /// Names the files of one contract.
    public init(name: String, spec: String, overlays: [String] = [], behaviour: String? = nil) {
        self.name = name
        self.spec = spec
        self.overlays = overlays
        self.behaviour = behaviour
    }
}

/// A profile: the credential for each security scheme of the document.
public struct AuthProfile: Sendable, Equatable {
    /// The name that the `auth` column and targets use.
    public var name: String
    /// One credential per security scheme, in the order of the file.
    public var credentials: [Credential]

    /// Words of the `auth` column that cannot name a profile.
    public static let reservedNames = ["none", "wrong", "alternatives", "incomplete"]

    /// The value for one security scheme.
    public struct Credential: Sendable, Equatable {
        /// The scheme's name in the document, or the name of the header, query parameter or cookie that it sends.
        public var scheme: String
        /// The value, made of secrets and of variables of the environment and the configuration; never plain text
        /// alone.
        public var value: Template
        /// How the token is obtained for which ``value`` is a placeholder; `nil` for a credential with its own value.
        public var grant: TokenGrant?

        /// The templates of the value, or of the parameters of the grant.
        public var templates: [Template] { [value] + (grant?.parameters.map(\.value) ?? []) }

        /// The secrets in the value, or in the parameters of the grant.
        public var secrets: [String] { templates.flatMap(\.secrets) }
    }
}
