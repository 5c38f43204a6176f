public import JSONDocument
import Primitives

/// A reference to a value of a session scenario: `{{session.sign-in.token}}`.
public struct SessionReference: Sendable, Hashable {
    /// The scenario as written: its name, or `name[case]` for one of its data rows.
    public var scenario: String
    /// The step whose response contains the value; `nil` if the value is one that the scenario saves.
    public var step: String?
    /// The place of the value in the exchange of the step, or the saved name and a path below it.
    public var path: ItemPath

    /// Creates a reference; by default, to a saved value.
    public init(scenario: String, step: String? = nil, path: ItemPath) {
        self.scenario = scenario
        self.step = step
        self.path = path
    }

    /// The scenario, and the step if one is named, as references begin: `session.sign-in`.
    public var source: String { "session." + ([scenario] + (step.map { [$0] } ?? [])).joined(separator: ".") }

    /// The reference as it is written between the braces.
    public var text: String { "\(source).\(path.text)" }

    /// The saved name; `nil` for a value of a step.
    public var savedName: String? {
        guard step == nil, case .name(let name)? = path.segments.first else { return nil }
        return name
    }

    /// The name of the value as a secret: `SIGN_IN_TOKEN`. A shell accepts it as the name of a variable.
    public var secretName: String {
        let words = text.dropFirst("session.".count).unicodeScalars.map { scalar -> Character in
            scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)) ? Character(scalar) : "_"
        }
        return String(words).uppercased()
    }
}

/// A session scenario that another scenario uses.
public struct SessionUse: Sendable, Hashable {
    /// The scenario as references name it.
    public var name: String
    /// `Scenario.id`. It differs from the name when the plan has several versions.
    public var id: String

    /// Creates a use of the scenario with the identity `id`.
    public init(name: String, id: String) {
        self.name = name
        self.id = id
    }
}

/// The values of a session scenario that has ended.
public struct SessionValues: Sendable {
    /// The last exchange of each step, in the order of the table.
    private let steps: [(name: String, view: ExchangeView)]

    /// Creates the values of `scenario` from the last exchange of each step.
    public init(_ scenario: Scenario, _ exchanges: [String: ExchangeView]) {
        steps = scenario.steps.compactMap { step in exchanges[step.name].map { (step.name, $0) } }
    }

    /// The value that `reference` names; `nil` if it was never received. If several steps save a value under one name,
    /// the last value is used.
    ///
    /// In recordings, secrets are masked. A mask cannot be sent, so the value is then a placeholder.
    public func value(of reference: SessionReference) -> JSONValue? {
        guard let value = received(reference) else { return nil }
        guard case .string(let text) = value, text.utf8.starts(with: "‹secret ".utf8) else { return value }
        return .string("<\(reference.text)>")
    }

    private func received(_ reference: SessionReference) -> JSONValue? {
        if let step = reference.step {
            return steps.last { $0.name.isSame(as: step) }?.view.value(at: reference.path)
        }
        guard let name = reference.savedName else { return nil }
        return steps.reversed().lazy.filter { $0.view.saves[name] != nil }
            .compactMap { $0.view.value(at: reference.path) }.first
    }
}

extension Template {
    /// The template of a profile with a login: `{{login.token}}` becomes `{{session.SCENARIO.token}}`.
    ///
    /// - Parameter step: The step whose response contains the values; `nil` for the values that the scenario saves.
    package func loggedIn(by scenario: String, step: String?) -> Template {
        renamed { expression in
            guard case .step("login", let path) = expression.reference else { return expression }
            var expression = expression
            let reference = SessionReference(scenario: scenario, step: step, path: path)
            expression.text = reference.text + expression.text.drop { $0 != "|" }
            expression.reference = .session(reference)
            return expression
        }
    }

    /// The references to values of session scenarios.
    package var sessionReferences: [SessionReference] {
        references.compactMap { if case .session(let reference) = $0 { reference } else { nil } }
    }
}
