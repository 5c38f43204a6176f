import JSONDocument
import Primitives
import Scenarios
import SourceText

/// Reads `auth`: the profiles.
enum AuthReader {
    static func profiles(_ node: JSONNode, _ reader: inout DiagnosingReader) -> [AuthProfile] {
        var result: [AuthProfile] = []
        for member in reader.members(of: node, "auth") {
            // The column ignores the case of these words.
            if AuthProfile.reservedNames.contains(member.name.lowercasedASCII) {
                reader.report(
                    "reserved-name",
                    "\(quoted(member.name)) has a special meaning in the column `auth` and cannot name a profile",
                    at: member.namePosition
                )
            }
            result.append(profile(member, &reader))
        }
        return result
    }

    private static func profile(_ member: JSONMember, _ reader: inout DiagnosingReader) -> AuthProfile {
        var profile = AuthProfile(name: member.name, credentials: [])
        let members = Array(reader.members(of: member.value, "auth profile \(quoted(member.name))"))
        let login = members.first(where: isLogin)
        if let login {
            profile.login = reader.text(login.value, "login").map { AuthProfile.Login($0) }
        }
        for scheme in members where !isLogin(scheme) {
            guard let credential = credential(scheme, of: profile, hasLogin: login != nil, &reader) else { continue }
            profile.credentials.append(credential)
        }
        let usesLogin = profile.credentials.contains { !$0.value.sessionReferences.isEmpty }
        if let login, profile.login != nil, !usesLogin, profile.credentials.count == members.count - 1 {
            reader.report(
                "unused-login", "no credential of the profile \(quoted(member.name)) uses its login",
                at: login.value.position, help: "write SCHEME: '{{login.NAME}}', or remove `login`")
        }
        return profile
    }

    /// Whether a member names the login. A security scheme can have the name too; its value is a template.
    private static func isLogin(_ member: JSONMember) -> Bool {
        guard member.name == "login" else { return false }
        return member.value.string.map { !$0.contains("{{") } ?? true
    }

    private static func credential(
        _ member: JSONMember, of profile: AuthProfile, hasLogin: Bool, _ reader: inout DiagnosingReader
    ) -> AuthProfile.Credential? {
        let what = "the credential for \(quoted(member.name))"
        if member.value.kind == .object {
            guard let grant = TokenGrantReader.grant(member.value, what, &reader) else { return nil }
            let name = [profile.name, member.name].map { PercentEncoding.encoded($0) }.joined(separator: ".")
            var credential = AuthProfile.Credential(
                scheme: member.name, value: Template(constant: "<token-of-\(name)>"))
            credential.grant = grant
            return credential
        }
        let read = reader.template(
            member.value, what, login: profile.login, hasLogin: hasLogin, help: credentialHelp)
        guard let template = read else { return nil }
        let hasSource = template.references.contains { reference in
            switch reference {
            case .secret, .environment, .session: true
            default: false
            }
        }
        guard hasSource else {
            // A value in the file would be a secret in version control.
            reader.report(
                "stored-secret", "\(what) is written in the configuration", at: member.value, help: credentialHelp)
            return nil
        }
        return AuthProfile.Credential(scheme: member.name, value: template)
    }

    private static let credentialHelp = "write \"{{secret.NAME}}\" and set the environment variable NAME"
}
