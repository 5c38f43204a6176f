public import Diagnostics
public import JSONDocument
public import OpenAPI

/// One request of a scenario (or a pause) and the expected response.
///
/// Steps are immutable and passed along with every exchange. They are a class, so this costs only one reference count.
public final class Step: Sendable {
    /// Unique in its scenario; a case of `auth=alternatives` is `step[Scheme+Scheme]`, of `incomplete`
    /// `step[Scheme+Scheme-Missing]`.
    public let name: String
    /// The name used in references: the name in the table for the first of several cases, otherwise `name`.
    public let referenceName: String
    /// The location of the row.
    public let location: SourceLocation
    /// Free text, shown in reports.
    public let note: String
    /// The words in its `tags` cell.
    public let tags: [String]
    /// The call.
    public let call: Call
    /// The credentials.
    public let auth: AuthCase
    /// The name of its contract.
    public let contract: String
    /// Whether the row itself names that contract.
    public let namesVersion: Bool
    /// The source of its body.
    public let body: BodySource
    /// The items for the body and the parameters, in order; paths are resolved.
    public let set: [Item]
    /// The expected status.
    public let expect: StatusExpectation
    /// The checks on the response.
    public let checks: [Item]
    /// The earlier response that must be repeated.
    public let sameAs: SameAs?
    /// Names for values of the response.
    public let saves: [Save]
    /// How it is executed.
    public let options: StepOptions

    /// Creates a step with a call and no checks.
    public init(
        name: String, location: SourceLocation, call: Call, contract: String, expect: StatusExpectation,
        referenceName: String? = nil, note: String = "", tags: [String] = [], auth: AuthCase = .profile(nil),
        body: BodySource = .unset, set: [Item] = [], checks: [Item] = [], sameAs: SameAs? = nil, saves: [Save] = [],
        options: StepOptions = StepOptions(), namesVersion: Bool = false
    ) {
        self.name = name
        self.referenceName = referenceName ?? name
        self.location = location
        self.note = note
        self.tags = tags
        self.call = call
        self.auth = auth
        self.contract = contract
        self.body = body
        self.set = set
        self.expect = expect
        self.checks = checks
        self.sameAs = sameAs
        self.saves = saves
        self.options = options
        self.namesVersion = namesVersion
    }

    /// Returns the step with some of its parts replaced.
    public func with(
        name: String? = nil, call: Call? = nil, body: BodySource? = nil, set: [Item]? = nil,
        options: StepOptions? = nil
    ) -> Step {
        Step(
            name: name ?? self.name, location: location, call: call ?? self.call, contract: contract, expect: expect,
            referenceName: referenceName, note: note, tags: tags, auth: auth, body: body ?? self.body,
            set: set ?? self.set, checks: checks, sameAs: sameAs, saves: saves, options: options ?? self.options,
            namesVersion: namesVersion)
    }
}

/// The call of a step.
public enum Call: Sendable {
    /// An operation of the named contract.
    case operation(Operation, contract: String)
    /// A route of the mock, such as `POST /_mock/reset`.
    case reserved(method: String, path: String)
    /// A method and path that the contract does not declare (`invalid` rows only).
    case undeclared(method: String, path: String)
    /// A pause.
    case wait(Duration)

    /// The operation, if one is called.
    public var operation: Operation? {
        if case .operation(let operation, _) = self { operation } else { nil }
    }
}

/// The credentials of a step.
public enum AuthCase: Sendable, Hashable {
    /// A profile of the configuration; `nil` is the profile of the target, otherwise the default one.
    case profile(String?)
    /// No credentials at all.
    case none
    /// Credentials with one wrong member of the right shape.
    case wrong
    /// Exactly one of the operation's security requirements.
    case requirement(SecurityRequirement)
    /// One of the operation's security requirements without one of its members.
    case incomplete(SecurityRequirement, without: String)
}

/// The source of a step's body, before `set` is applied.
public enum BodySource: Sendable {
    /// `none`: no body.
    case none
    /// A JSON file with templates inside its strings.
    case template(JSONTemplate, location: SourceLocation)
    /// The exact bytes that an earlier step sent.
    case asStep(String)
    /// An example of the contract.
    case example(JSONValue, location: SourceLocation)
    /// The cell is empty: no body, unless `set` creates an object.
    case unset
}

/// The response of an earlier step that must be repeated.
public struct SameAs: Sendable {
    /// The earlier step.
    public var step: String
    /// The places that may differ.
    public var except: [ItemPath]
    /// The location in the table.
    public var location: SourceLocation

    /// Creates a requirement to repeat the response of `step`, without the places in `except`.
    public init(step: String, except: [ItemPath] = [], location: SourceLocation) {
        self.step = step
        self.except = except
        self.location = location
    }
}

/// A name for a value of the response: `{{step.name}}` means `{{step.path}}`.
public struct Save: Sendable {
    /// The name.
    public var name: String
    /// The place of the value.
    public var path: ItemPath
    /// The location in the table.
    public var location: SourceLocation

    /// Creates a name for the value at `path`.
    public init(name: String, path: ItemPath, location: SourceLocation) {
        self.name = name
        self.path = path
        self.location = location
    }
}
