public import Diagnostics
public import JSONDocument
import Primitives

/// How a target triggers an event: a request that contains the items of the row.
public struct EventMapping: Sendable, Equatable {
    /// The name of the event.
    public var name: String
    /// An operation of the contract, or a method and a path.
    public var call: String
    /// The location of the call in the configuration.
    public var location: SourceLocation
    /// The body, with `{{item.NAME}}` for the items of the row; `nil` for none.
    public var body: Body?
    /// Parameters, headers and members of the body.
    public var set: [Assignment]
    /// The mapping as written.
    private let written: JSONValue

    /// A body and its location in the configuration.
    public struct Body: Sendable {
        /// The body.
        public var template: JSONTemplate
        /// Its location.
        public var location: SourceLocation

        /// Creates a body.
        public init(_ template: JSONTemplate, at location: SourceLocation) {
            self.template = template
            self.location = location
        }
    }

    /// A value of the request, as in the column `set`.
    public struct Assignment: Sendable {
        /// The place of the value.
        public var path: ItemPath
        /// The value, with `{{item.NAME}}` for the items of the row.
        public var value: ItemValue
        /// Its location in the configuration.
        public var location: SourceLocation

        /// Creates an assignment.
        public init(_ path: ItemPath, _ value: ItemValue, at location: SourceLocation) {
            self.path = path
            self.value = value
            self.location = location
        }
    }

    /// Creates a mapping.
    ///
    /// - Parameter written: The mapping as written, by which mappings are compared.
    public init(
        _ name: String, call: String, at location: SourceLocation, body: Body?, set: [Assignment], written: JSONValue
    ) {
        self.name = name
        self.call = call
        self.location = location
        self.body = body
        self.set = set
        self.written = written
    }

    /// The names of the items that it uses.
    var items: [String] {
        let templates = (body?.template.templates.map(\.template) ?? []) + set.flatMap { $0.value.templates }
        return templates.flatMap(\.expressions).compactMap(\.eventItem)
    }

    /// Mappings are equal if they are written in the same way.
    public static func == (left: EventMapping, right: EventMapping) -> Bool {
        left.name.isSame(as: right.name) && left.written == right.written
    }
}

/// An event of the mock, as its behaviour file declares it.
public struct DeclaredEvent: Sendable {
    /// The name of the event.
    public var name: String
    /// Its inputs, in the order of the file.
    public var inputs: [Input]

    /// An input of an event.
    public struct Input: Sendable {
        /// The name of the input.
        public var name: String
        /// The kind of its values; `nil` for any.
        public var kind: JSONKind?
        /// Whether it has no default value.
        public var isRequired: Bool

        /// Creates an input.
        public init(name: String, kind: JSONKind?, isRequired: Bool) {
            self.name = name
            self.kind = kind
            self.isRequired = isRequired
        }
    }

    /// Creates an event.
    public init(name: String, inputs: [Input]) {
        self.name = name
        self.inputs = inputs
    }
}

/// The events that rows can trigger at a target.
public struct TargetEvents: Sendable {
    /// The name of the target.
    public var target: String
    /// Whether the target is the mock, which has the events of its behaviour files without a mapping.
    public var isMock: Bool
    /// The mappings of the target.
    public var mappings: [EventMapping]
    /// The mappings of the other targets, which show what names and items mean elsewhere.
    public var others: [EventMapping]
    /// The events of the behaviour files by the names of their contracts.
    public var declared: [String: [DeclaredEvent]]

    /// Creates the events of a target.
    public init(
        target: String, isMock: Bool, mappings: [EventMapping] = [], others: [EventMapping] = [],
        declared: [String: [DeclaredEvent]] = [:]
    ) {
        self.target = target
        self.isMock = isMock
        self.mappings = mappings
        self.others = others
        self.declared = declared
    }

    /// The mapping of an event at the target.
    func mapping(_ name: String) -> EventMapping? { mappings.first { $0.name.isSame(as: name) } }

    /// The declaration of an event: that of `contract` if it has one, otherwise that of another contract.
    func declaration(_ name: String, in contract: String) -> DeclaredEvent? {
        let own = declared[contract]?.first { $0.name.isSame(as: name) }
        let others = declared.sorted { $0.key < $1.key }.lazy.compactMap { _, events in
            events.first { $0.name.isSame(as: name) }
        }
        return own ?? others.first
    }

    /// All known names of events, sorted.
    var names: [String] {
        Set((mappings + others).map(\.name) + declared.values.flatMap { $0.map(\.name) }).sorted()
    }

    /// The names of the items of an event, at any target.
    func items(of name: String) -> [String] {
        let mapped = (mappings + others).filter { $0.name.isSame(as: name) }.flatMap(\.items)
        let inputs = declared.values.flatMap { events in
            events.filter { $0.name.isSame(as: name) }.flatMap { $0.inputs.map(\.name) }
        }
        return Set(mapped + inputs).sorted()
    }
}
