import JSONDocument
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
                if let credential = credential(scheme, &reader) { profile.credentials.append(credential) }
            }
            result.append(profile)
        }
        return result
    }

    private static func credential(
        _ member: JSONMember, _ reader: inout DiagnosingReader
    ) -> AuthProfile.Credential? {
        let what = "the credential for \(quoted(member.name))"
        guard let text = reader.text(member.value, what) else { return nil }
        let template: Template
        do {
            template = try Template.parse(text)
        } catch {
            // The text can contain a secret by mistake, so it is not repeated.
            reader.report(
                "wrong-template", "\(what) is not a valid template: \(error.message)", at: member.value,
                help: error.help)
            return nil
        }
        var hasSource = false
        for reference in template.references {
            switch reference {
            case .secret, .environment: hasSource = true
            case .variable, .literal: break
            default:
                reader.report(
                    "wrong-template", "\(what) uses a value that only a row has", at: member.value,
                    help: credentialHelp)
                return nil
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
