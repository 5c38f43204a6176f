import JSONDocument
import Primitives
import Scenarios
import SourceText

/// Reads `auth`: the profiles.
enum AuthReader {
    static func profiles(_ node: JSONNode, _ reader: inout DiagnosingReader) -> [AuthProfile] {
        var result: [AuthProfile] = []
        for member in reader.members(of: node, "auth") {
            if AuthProfile.reservedNames.contains(where: { $0.utf8.elementsEqual(member.name.utf8) }) {
                reader.report(
                    "reserved-name",
                    "\(quoted(member.name)) has a special meaning in the column `auth` and cannot name a profile",
                    at: member.namePosition
                )
            }
            var profile = AuthProfile(name: member.name, credentials: [])
            for scheme in reader.members(of: member.value, "auth profile \(quoted(member.name))") {
                guard let credential = credential(scheme, of: member.name, &reader) else { continue }
                profile.credentials.append(credential)
            }
            result.append(profile)
        }
        return result
    }

    private static func credential(
        _ member: JSONMember, of profile: String, _ reader: inout DiagnosingReader
    ) -> AuthProfile.Credential? {
        let what = "the credential for \(quoted(member.name))"
        if member.value.kind == .object {
            guard let grant = TokenGrantReader.grant(member.value, what, &reader) else { return nil }
            let name = [profile, member.name].map { PercentEncoding.encoded($0) }.joined(separator: ".")
            var credential = AuthProfile.Credential(
                scheme: member.name, value: Template(constant: "<token-of-\(name)>"))
            credential.grant = grant
            return credential
        }
        guard let template = reader.template(member.value, what, help: credentialHelp) else { return nil }
        let hasSource = template.references.contains { reference in
            switch reference {
            case .secret, .environment: true
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
