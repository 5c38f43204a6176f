public import Diagnostics
public import JSONDocument
public import OpenAPI

/// One request of a scenario (or a pause) and what is expected of its answer.
///
/// Never changed once it is made, and handed on with every exchange: a class, so that this costs one reference count.
public final class Step: Sendable {
    /// Unique in its scenario; a case of `auth=alternatives` is `step[Scheme+Scheme]`, of `incomplete`
    /// `step[Scheme+Scheme-Missing]`.
    public let name: String
    /// The name under which other rows refer to it: the table's name, for the first of several cases; else `name`.
    public let referenceName: String
    /// The row.
    public let location: SourceLocation
    /// Free text, shown in reports.
    public let note: String
    /// The words of its `tags` cell.
    public let tags: [String]
    /// What is called.
    public let call: Call
    /// With which credentials.
    public let auth: AuthCase
    /// The name of the contract that holds for it.
    public let contract: String
    /// Whether the row itself names that contract.
    public let namesVersion: Bool
    /// Where its body comes from.
    public let body: BodySource
    /// What is laid over the body and into parameters, in order; paths are resolved.
    public let set: [Item]
    /// The status that is expected.
    public let expect: StatusExpectation
    /// What is checked of the response.
    public let checks: [Item]
    /// The earlier response that must come again.
    public let sameAs: SameAs?
    /// Names for values of the response.
    public let saves: [Save]
    /// How it is run.
    public let options: StepOptions

    /// A step that calls something and asks for nothing.
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

    /// The step with some of its parts replaced.
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

/// What a step calls.
public enum Call: Sendable {
    /// An operation of the named contract.
    case operation(Operation, contract: String)
    /// A route of the mock itself, such as `POST /_mock/reset`.
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

/// With which credentials a step calls.
public enum AuthCase: Sendable, Hashable {
    /// A profile of the configuration; `nil` is the target's, else the default one.
    case profile(String?)
    /// No credentials at all.
    case none
    /// The right shape with one wrong member.
    case wrong
    /// Exactly one of the operation's alternatives.
    case requirement(SecurityRequirement)
    /// One of the operation's alternatives with one member left out.
    case incomplete(SecurityRequirement, without: String)
}

/// Where the body of a step comes from, before `set` is laid over it.
public enum BodySource: Sendable {
    /// `none`: nothing is sent.
    case none
    /// A JSON file with templates inside its strings.
    case template(JSONTemplate, location: SourceLocation)
    /// The very bytes that an earlier step sent.
    case asStep(String)
    /// An example of the contract.
    case example(JSONValue, location: SourceLocation)
    /// The cell is empty: nothing, unless `set` makes an object.
    case unset
}

/// The response of an earlier step, which must come again.
public struct SameAs: Sendable {
    /// The earlier step.
    public var step: String
    /// The places that may differ.
    public var except: [ItemPath]
    /// Where the table asks for it.
    public var location: SourceLocation

    /// The response of `step` without the places in `except`.
    public init(step: String, except: [ItemPath] = [], location: SourceLocation) {
        self.step = step
        self.except = except
        self.location = location
    }
}

/// A name for a value of the response: `{{step.name}}` stands for `{{step.path}}`.
public struct Save: Sendable {
    /// The name.
    public var name: String
    /// The place of the value.
    public var path: ItemPath
    /// Where the table gives the name.
    public var location: SourceLocation

    /// Names the value at `path`.
    public init(name: String, path: ItemPath, location: SourceLocation) {
        self.name = name
        self.path = path
        self.location = location
    }
}
