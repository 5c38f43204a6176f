public import Diagnostics
public import JSONDocument
public import OpenAPI
public import Primitives

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
    /// The cells of the row that change neither request nor expectation.
    @inlinable public var row: StepRow { sharedRow.wrappedValue }
    /// The call.
    public let call: Call
    /// The name of its contract.
    public let contract: String
    /// The content of its request.
    public let request: StepRequest
    /// The expected response.
    public let expected: StepExpectation
    /// Names for values of the response.
    public let saves: [Save]
    /// How it is executed.
    @inlinable public var options: StepOptions { sharedOptions.wrappedValue }

    // Most steps have no options and neither note nor tags, so they share one value of each: together these are half of
    // a step (`assay-bench plan`).
    @usableFromInline let sharedRow: Boxed<StepRow>
    @usableFromInline let sharedOptions: Boxed<StepOptions>

    private static let emptyRow = Boxed(wrappedValue: StepRow())
    private static let noOptions = Boxed(wrappedValue: StepOptions())

    /// Creates a step; by default, one with a call and without checks.
    public init(
        name: String, location: SourceLocation, call: Call, contract: String, expected: StepExpectation,
        referenceName: String? = nil, row: StepRow = StepRow(), request: StepRequest = StepRequest(),
        saves: [Save] = [], options: StepOptions = StepOptions()
    ) {
        self.name = name
        self.referenceName = referenceName ?? name
        self.location = location
        sharedRow = row.isEmpty ? Self.emptyRow : Boxed(wrappedValue: row)
        self.call = call
        self.contract = contract
        self.request = request
        self.expected = expected
        self.saves = saves
        sharedOptions = options == Self.noOptions.wrappedValue ? Self.noOptions : Boxed(wrappedValue: options)
    }

    /// The call of the step, as users write it.
    package var callText: String { row.event.map { "event \($0)" } ?? call.text }

    /// Returns the step with some of its parts replaced.
    public func with(
        name: String? = nil, call: Call? = nil, request: StepRequest? = nil, options: StepOptions? = nil
    ) -> Step {
        Step(
            name: name ?? self.name, location: location, call: call ?? self.call, contract: contract,
            expected: expected, referenceName: referenceName, row: row, request: request ?? self.request,
            saves: saves, options: options ?? self.options)
    }
}

/// The cells of a row that change neither the request nor the expected response of its step.
public struct StepRow: Sendable {
    /// Free text, shown in reports.
    public var note: String
    /// The words in its `tags` cell.
    public var tags: [String]
    /// Whether the row itself names the contract.
    public var namesVersion: Bool
    /// The event that the row triggers, with its items as written; `nil` for other calls.
    public var event: String?
    /// The requirements that the row shows; `nil` if it names none.
    package var trace: StepTrace?

    /// Creates the facts about a row; by default, all its cells are empty.
    public init(note: String = "", tags: [String] = [], namesVersion: Bool = false, event: String? = nil) {
        self.note = note
        self.tags = tags
        self.namesVersion = namesVersion
        self.event = event
    }

    /// Whether all its cells are empty.
    fileprivate var isEmpty: Bool {
        note.utf8.isEmpty && tags.isEmpty && !namesVersion && event == nil && trace == nil
    }
}

/// The content of the request of a step.
public struct StepRequest: Sendable {
    /// The credentials.
    public var auth: AuthCase
    /// The source of its body.
    public var body: BodySource
    /// The items for the body and the parameters, in order; paths are resolved.
    public var set: [Item]

    /// Creates a request; by default, one with the credentials of the target and without a body.
    public init(auth: AuthCase = .profile(nil), body: BodySource = .unset, set: [Item] = []) {
        self.auth = auth
        self.body = body
        self.set = set
    }

    /// The templates that the request is made of.
    package var templates: [Template] {
        let items = set.flatMap { $0.value?.templates ?? [] }
        guard case .template(let body, _) = body else { return items }
        return items + body.templates.map(\.template)
    }
}

/// The expected response of a step.
public struct StepExpectation: Sendable {
    /// The expected status.
    public var status: StatusExpectation
    /// The checks on the response.
    public var checks: [Item]
    /// The earlier response that must be repeated.
    public var sameAs: SameAs?

    /// Creates an expectation; by default, of the status alone.
    public init(_ status: StatusExpectation, checks: [Item] = [], sameAs: SameAs? = nil) {
        self.status = status
        self.checks = checks
        self.sameAs = sameAs
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
    /// The next delivery of a webhook or callback.
    indirect case delivery(AwaitedDelivery)
    /// A change of the mock's clock for the rest of the scenario.
    case clock(MovableClock.Change)
    /// An event that the target cannot trigger.
    case unmapped(event: String)

    /// The operation, if one is called.
    public var operation: Operation? {
        if case .operation(let operation, _) = self { operation } else { nil }
    }

    /// The delivery, if one is awaited.
    package var awaited: AwaitedDelivery? {
        if case .delivery(let awaited) = self { awaited } else { nil }
    }

    /// Whether the step has a response for rows to check and refer to. Pauses, events and changes of the clock have
    /// none: it would differ from one target to the next.
    var hasValues: Bool {
        switch self {
        case .operation, .reserved, .undeclared, .delivery: true
        case .wait, .clock, .unmapped: false
        }
    }

    /// Whether the step sends a request.
    var sendsRequest: Bool { hasValues && awaited == nil }

    /// The call as tables write it.
    package var text: String {
        switch self {
        case .operation(let operation, _): operation.name
        case .reserved(let method, let path), .undeclared(let method, let path): "\(method) \(path)"
        case .wait(let duration): "wait \(duration)"
        case .clock(let change): "clock \(change.text)"
        case .delivery(let awaited): "await \(awaited.webhook.name)"
        case .unmapped(let event): "event \(event)"
        }
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
    indirect case requirement(SecurityRequirement)
    /// One of the operation's security requirements without one of its members.
    indirect case incomplete(SecurityRequirement, without: String)
}

/// The source of a step's body, before `set` is applied.
public enum BodySource: Sendable {
    /// `none`: no body.
    case none
    /// A JSON file with templates inside its strings.
    indirect case template(JSONTemplate, location: SourceLocation)
    /// `file PATH`: the exact bytes of a file.
    indirect case file(ProjectFile, location: SourceLocation)
    /// The exact bytes that an earlier step sent.
    case asStep(String)
    /// An example of the contract.
    indirect case example(JSONValue, location: SourceLocation)
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
