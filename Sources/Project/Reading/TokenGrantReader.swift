import JSONDocument
import Scenarios
import SourceText

/// Reads a credential of a profile that is a token from a token endpoint.
enum TokenGrantReader {
    private static let keys = [
        "grant", "token-url", "client-id", "client-secret", "username", "password", "scope", "client-auth",
    ]
    private static let help = "use {{secret.NAME}}, {{env.NAME}} or {{var.name}}"

    static func grant(_ node: JSONNode, _ what: String, _ reader: inout DiagnosingReader) -> TokenGrant? {
        let members = reader.members(of: node, what, known: keys)
        let kind = kind(members.first { $0.name == "grant" }, node, what, &reader)
        // The other keys are checked in any case, so that one reading reports every mistake.
        var grant = TokenGrant(kind ?? .clientCredentials)
        for member in members { read(member, into: &grant, &reader) }
        guard let kind else { return nil }
        for key in required(kind) where node[key] == nil {
            reader.report(
                "missing-key", "\(what) requires `\(key)` for the grant \(kind.rawValue)", at: node,
                help: "write \(key): '{{secret.NAME}}'")
        }
        return grant
    }

    private static func kind(
        _ grant: JSONMember?, _ node: JSONNode, _ what: String, _ reader: inout DiagnosingReader
    ) -> TokenGrant.Kind? {
        guard let grant else {
            reader.report(
                "missing-key", "\(what) has no `grant`", at: node,
                help: "add grant: client-credentials, or grant: password")
            return nil
        }
        let known = TokenGrant.Kind.allCases.map(\.rawValue)
        return reader.word(grant.value, "grant", known).flatMap(TokenGrant.Kind.init(rawValue:))
    }

    private static func required(_ kind: TokenGrant.Kind) -> [String] {
        switch kind {
        case .clientCredentials: ["client-id", "client-secret"]
        case .password: ["username", "password"]
        }
    }

    private static func read(_ member: JSONMember, into grant: inout TokenGrant, _ reader: inout DiagnosingReader) {
        let node = member.value
        switch member.name {
        case "grant": break
        case "token-url": grant.tokenURL = reader.template(node, "token-url", allowsSecrets: false, help: help)
        case "client-id": grant.clientID = reader.template(node, "client-id", help: help)
        case "client-secret": grant.clientSecret = secret(node, "client-secret", &reader)
        case "username": grant.user = reader.template(node, "username", help: help)
        case "password": grant.password = secret(node, "password", &reader)
        case "scope": grant.scope = reader.template(node, "scope", help: help)
        default:
            let known = TokenGrant.ClientAuthentication.allCases.map(\.rawValue)
            let word = reader.word(node, "client-auth", known)
            grant.clientAuthentication = word.flatMap(TokenGrant.ClientAuthentication.init(rawValue:)) ?? .basic
        }
    }

    /// A value that must not be in version control.
    private static func secret(_ node: JSONNode, _ what: String, _ reader: inout DiagnosingReader) -> Template? {
        guard let template = reader.template(node, what, help: help) else { return nil }
        guard template.secrets.isEmpty, template.environmentVariables.isEmpty else { return template }
        reader.report(
            "stored-secret", "`\(what)` is written in the configuration", at: node,
            help: "write \"{{secret.NAME}}\" and set the environment variable NAME")
        return nil
    }
}
