import Primitives
package import Scenarios

/// The content of `assay.yaml`: the contracts under test, the targets of requests, and the profiles that send them.
///
/// A project is a value and does not depend on the environment. A folder without `assay.yaml` has the project
/// `Project.empty`, so a document given by option works alone.
package struct Project: Sendable, Equatable {
    /// The configuration file as shown to users; `nil` when there is none.
    package var file: String?
    /// The contracts by the names that options and the `version` column use, in the order of the file.
    package var versions: [Version]
    /// The scenario tables, as patterns of paths relative to the project: `scenarios`, `scenarios/**/*.csv`.
    package var scenarios: [String]
    /// The targets of requests, in the order of the file.
    package var targets: [Target]
    /// The profiles that send requests, in the order of the file.
    package var profiles: [AuthProfile] = []
    /// The defaults where neither a row nor an option sets a value.
    package var defaults = Defaults()
    /// Paths whose values are always stored as tokens.
    package var redact: [String] = []
    /// Values for `{{var.x}}`, in the order of the file.
    package var variables: [Variable] = []
    /// The rules for judging responses.
    package var judging = Judging()
    /// The folder of recordings, and their maximum age.
    package var fixtures = Fixtures()
    /// How many journals of runs are kept.
    package var retention = Retention()

    /// A folder without a configuration: no versions, tables under `scenarios`, the mock as target.
    package static let empty = Project(file: nil, versions: [], scenarios: ["scenarios"], targets: [.mock])

    /// The defaults where neither a row nor an option sets a value.
    package struct Defaults: Sendable, Equatable {
        /// The version of rows without a `version`; the only one when just one is declared.
        package var version: String?
        /// The versions under which a run executes scenarios that do not set one; empty for the default version.
        package var runVersions: [String] = []
        /// The target used when no option names one.
        package var target = Target.mock.name
        /// The profile of rows with an empty `auth`, unless the target has its own.
        package var profile: String?
    }

    /// The rules for judging responses, beyond their contract.
    package struct Judging: Sendable, Equatable {
        /// Paths that `same_as` ignores everywhere.
        package var volatile: [String] = []
        /// The file of accepted findings; `nil` for none.
        package var baseline: String?
        /// Tags of steps, scenarios and operations for which undeclared members and headers are errors.
        package var strictTags: [String] = []
        /// The promises of the API beyond its documents.
        package var promises = Promises()
        /// How deliveries of webhooks are signed, in the order of the file.
        package var webhooks: [WebhookSettings] = []
        /// The requirements that rows show, in the order of the files.
        package var requirements: [Requirement] = []
        /// The files with requirements, relative to the project.
        package var requirementFiles: [String] = []
        /// The rows that may fail for a time.
        package var quarantine: [QuarantineEntry] = []
        /// How runs deal with an ill target.
        package var illness = Illness()

        /// The requirements that rows can name; `nil` without a catalogue, so that they can name any id.
        package var catalogue: [Requirement]? {
            requirements.isEmpty && requirementFiles.isEmpty ? nil : requirements
        }
    }

    /// How runs deal with a target that fails for some time.
    package struct Illness: Sendable, Equatable {
        /// The most steps, in percent, that may remain unjudged before the run ends with exit 3.
        package var maximumUnjudged = 20.0
        /// How often a scenario that the target may have failed is run again, 0 to 3.
        package var reruns = 3

        /// A fifth of the steps may remain unjudged, and scenarios are run again up to three times.
        package init() {}
    }

    /// The journals under `reports/` that are kept; by default all.
    package struct Retention: Sendable, Equatable {
        /// The most journals; `nil` for any number.
        package var keep: Int?
        /// The age from which a journal is removed; `nil` for any age.
        package var maximumAge: Duration?

        /// Everything is kept, unless a limit is given.
        package init(keep: Int? = nil, maximumAge: Duration? = nil) {
            self.keep = keep
            self.maximumAge = maximumAge
        }
    }

    /// The members that are amounts in the major unit, each as the names that lead to it, outermost first.
    package var amountNames: [[String]] {
        judging.promises.money.filter { !$0.isMinor }.flatMap(\.amounts).map(\.names)
    }

    /// The version called `name`.
    package func version(_ name: String) -> Version? {
        versions.first { $0.name.isSame(as: name) }
    }

    /// The target called `name`.
    package func target(_ name: String) -> Target? {
        targets.first { $0.name.isSame(as: name) }
    }

    /// A value for `{{var.name}}`.
    package struct Variable: Sendable, Equatable {
        /// The name after `var.`.
        package var name: String
        /// Its text.
        package var value: String

        /// A variable.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}

/// The folder of a project's recordings, and their maximum age.
package struct Fixtures: Sendable, Equatable {
    /// The folder, relative to the project.
    package var folder = "fixtures"
    /// The age from which a recording is reported as stale; `nil` for any age.
    package var maximumAge: Duration?

    /// `fixtures/`, of any age.
    package init() {}
}

/// One contract of a project and its files; paths are relative to the project.
package struct Version: Sendable, Equatable {
    /// The name, often the date of an API version.
    package var name: String
    /// The OpenAPI document.
    package var spec: String
    /// The overlays of the document, in order.
    package var overlays: [String]
    /// The mock's behaviour file; `nil` when the document alone drives the mock.
    package var behaviour: String?

    /// Names the files of one contract.
    package init(name: String, spec: String, overlays: [String] = [], behaviour: String? = nil) {
        self.name = name
        self.spec = spec
        self.overlays = overlays
        self.behaviour = behaviour
    }
}

/// A profile: the credential for each security scheme of the document.
package struct AuthProfile: Sendable, Equatable {
    /// The name that the `auth` column and targets use.
    package var name: String
    /// One credential per security scheme, in the order of the file.
    package var credentials: [Credential]
    /// The scenario whose values the credentials contain; `nil` for a profile without a login.
    package var login: Login?

    /// Words of the `auth` column that cannot name a profile.
    package static let reservedNames = ["none", "wrong", "alternatives", "incomplete"]

    /// A scenario, or a step of it, whose values are credentials.
    package struct Login: Sendable, Equatable {
        /// The name of the scenario, or `name[case]` for one of its data rows.
        package var scenario: String
        /// The step whose response contains the values; `nil` for the values that the scenario saves.
        package var step: String?

        /// The scenario or step that a text names: `sign-in`, `sign-in[anna]`, `sign-in.request-token`.
        package init(_ text: String) {
            let end = text.utf8.firstIndex(of: UInt8(ascii: "]")) ?? text.startIndex
            let dot = text.utf8[end...].firstIndex(of: UInt8(ascii: "."))
            scenario = String(text[..<(dot ?? text.endIndex)])
            step = dot.map { String(text[text.utf8.index(after: $0)...]) }
        }

        /// The login as it is written.
        package var text: String { ([scenario] + (step.map { [$0] } ?? [])).joined(separator: ".") }

        /// The name of the scenario without a data case.
        package var scenarioName: String {
            String(decoding: scenario.utf8.prefix { $0 != UInt8(ascii: "[") }, as: UTF8.self)
        }
    }

    /// The value for one security scheme.
    package struct Credential: Sendable, Equatable {
        /// The scheme's name in the document, or the name of the header, query parameter or cookie that it sends.
        package var scheme: String
        /// The value, made of secrets and of variables of the environment and the configuration; never plain text
        /// alone.
        package var value: Template
        /// How the token is obtained for which ``value`` is a placeholder; `nil` for a credential with its own value.
        package var grant: TokenGrant?

        /// The templates of the value, or of the parameters of the grant.
        package var templates: [Template] { [value] + (grant?.parameters.map(\.value) ?? []) }

        /// The secrets in the value, or in the parameters of the grant.
        package var secrets: [String] { templates.flatMap(\.secrets) }
    }
}
