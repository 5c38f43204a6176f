/// A value of a session scenario in the credentials of a profile.
///
/// The credentials contain a placeholder until the scenario has ended. The mock accepts the placeholder.
public struct LoginValue: Sendable, Hashable {
    /// The text in place of the value: `<session.sign-in.token>`.
    public let placeholder: String
    /// The value.
    public let reference: SessionReference
    private let expression: TemplateExpression

    /// The value of an expression; `nil` if it does not refer to a session scenario.
    package init?(_ expression: TemplateExpression) {
        guard case .session(let reference) = expression.reference else { return nil }
        self.reference = reference
        self.expression = expression
        // The text can contain a data case, which can have any characters.
        let isPlain = expression.text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }
        placeholder = "<\(isPlain ? expression.text : expression.text.utf8.map { String($0, radix: 16) }.joined())>"
    }

    /// The text of the expression, by which ``ValueScope/standIns`` finds its placeholder.
    package var text: String { expression.text }

    /// The maximum length of a value in bytes; servers accept few larger headers.
    static let longestValue = 16_384

    /// The value in `scope`; `nil` if it was never received, or cannot be part of a credential.
    func value(in scope: ValueScope) -> String? {
        let site = ValueSite(step: "", column: "auth", place: 0)
        guard let text = try? scope.text(of: expression, site: site, ordinal: 0), !text.isEmpty,
            text.utf8.count <= Self.longestValue
        else { return nil }
        return text
    }
}

extension CredentialSet {
    /// The values of session scenarios that the credentials of `step` contain. The step can be sent once they are known.
    package func loginValues(of step: Step) -> [LoginValue] {
        guard !logins.isEmpty else { return [] }
        if case .wrong = step.request.auth {
            // Wrong credentials are made from the right ones.
            let right = try? right(step.call.operation, schemes[step.contract] ?? [])
            return right.map { loginValues(in: $0) } ?? []
        }
        return (try? credentials(for: step).get()).map { loginValues(in: $0) } ?? []
    }

    /// The values that are still missing in `credentials`, which contain their placeholders.
    package func loginValues(in credentials: Credentials) -> [LoginValue] {
        logins.filter { login in credentials.members.contains { $0.value.contains(login.placeholder) } }
    }

    /// The credentials with the values of session scenarios in place of their placeholders, as far as `scope` has them.
    package func resolved(_ scope: ValueScope) -> CredentialSet {
        let known = logins.compactMap { login in login.value(in: scope).map { (login.placeholder, $0) } }
        guard !known.isEmpty else { return self }
        var result = self
        result.profiles = profiles.mapValues { values in
            values.mapValues { value in
                known.reduce(value) { $0.contains($1.0) ? $0.replacing($1.0, with: $1.1) : $0 }
            }
        }
        return result
    }
}
