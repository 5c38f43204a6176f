package import Diagnostics
package import JSONDocument
package import OpenAPI
package import SourceText

/// The behaviour of a server beyond its contract: state, errors by situation, headers, limits.
///
/// It is read from a YAML or JSON file; `docs/behaviour.md` documents the format. Only the mock uses it: no response is
/// judged by it.
package struct Behaviour: Sendable {
    /// The path of the file, as shown to users.
    package let file: String
    /// Warnings and notes about the file.
    package let diagnostics: [Diagnostic]

    let style: ResponseStyle
    let checks: CheckRules
    /// Header fields of every response.
    let headers: [ValueTemplate.Member]
    /// The first number of each counter.
    let counters: [String: Int]
    let errors: [Situation: ErrorAnswer]
    let collections: NamedRules<CollectionRule>
    /// By `Operation.name`.
    let operations: [String: OperationRule]
    let events: NamedRules<EventRule>
    let memory: MemoryLimits

    /// The events, in the order of the file, with the kinds of their inputs and whether these are required.
    package var eventInputs: [(name: String, inputs: [(name: String, kind: JSONKind?, isRequired: Bool)])] {
        events.values.map { event in
            (event.name, event.inputs.map { ($0.name, $0.kind, $0.otherwise == nil) })
        }
    }

    /// Reads a behaviour file and checks all of it against its contract.
    ///
    /// - Throws: every mistake of the file at once, each with its location.
    package static func load(
        file: String, contract: Contract, reader: SourceReader
    ) throws(SourceError) -> Behaviour {
        try parse(try reader.read(file), contract: contract)
    }

    /// Checks a file that was read before: read, resolve, build, check.
    ///
    /// - Throws: every mistake of the file at once, each with its location.
    package static func parse(_ source: SourceFile, contract: Contract) throws(SourceError) -> Behaviour {
        var reader = DiagnosingReader(source, as: .behaviour)
        guard let sections = BehaviourSections(&reader) else { throw SourceError(reader.diagnostics.sorted) }
        let names = DeclaredNames(sections, contract)
        var draft = BehaviourDraft(reader: reader, names: names, contract: contract)
        let behaviour = BehaviourBuilder.behaviour(sections, &draft)
        let problems = NameChecker(names: names, contract: contract).diagnostics(of: draft)
        guard !problems.hasErrors else { throw SourceError(problems.sorted) }
        return behaviour
    }
}

/// The style in which the bodies of responses are written.
struct ResponseStyle: Sendable {
    /// The media type of JSON bodies; `nil` for the documented one.
    var contentType: String?
    /// Spaces and line breaks after a body.
    var ending = ""
    /// Minutes east of UTC in which times are written; `nil` writes `Z`.
    var offset: Int?
}

/// Rules by name, in the order of the file.
struct NamedRules<Rule: Sendable>: Sendable {
    let names: [String]
    private let rules: [String: Rule]

    init(_ rules: [(name: String, rule: Rule)]) {
        names = rules.map(\.name)
        self.rules = Dictionary(rules.map { ($0.name, $0.rule) }, uniquingKeysWith: { $1 })
    }

    subscript(name: String) -> Rule? { rules[name] }

    /// The rules, in the order of the file.
    var values: [Rule] { names.compactMap { rules[$0] } }
}

/// The limits beyond which the oldest entries are removed.
struct MemoryLimits: Sendable {
    var entities = 10_000
    var replays = 10_000
    var children = 1_000
    /// Bytes of the request bodies of entities, and the same number of bytes of kept responses.
    var bytes = 64 * 1_024 * 1_024
}
