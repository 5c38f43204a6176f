import Diagnostics
import OpenAPI
import Project
import Scenarios

/// Finds values of credentials that are not what the user means. Messages name the secret and do not show it.
struct CredentialCheck {
    private let credential: AuthProfile.Credential

    /// Checks values of `credential`.
    init(_ credential: AuthProfile.Credential) {
        self.credential = credential
    }

    /// The problem with a value for `schemes`; `nil` if there is none.
    func problem(_ value: String, _ schemes: [SecurityScheme]) -> Diagnostic? {
        // RFC 9110, section 5.5.
        if value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) {
            return error(
                "auth.control-character",
                "contains a line break or another control character, "
                    + "which the credential '\(credential.scheme)' cannot contain",
                help: "set it to the credential only, on one line")
        }
        let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]
        if value.utf8.count > 1, let first = value.utf8.first, quotes.contains(first), value.utf8.last == first {
            return error(
                "auth.quotes", "is in quotation marks, which would be sent with it",
                help: "remove them; some tools that read dotenv files keep them")
        }
        for scheme in schemes where !scheme.valuePrefix.isEmpty {
            guard value.lowercased().utf8.starts(with: scheme.valuePrefix.lowercased().utf8) else { continue }
            return error(
                "auth.prefix",
                "begins with '\(scheme.valuePrefix)', which the security scheme '\(scheme.name)' adds itself",
                help: "remove '\(scheme.valuePrefix)' from the value")
        }
        return nil
    }

    private func error(_ rule: String, _ message: String, help: String) -> Diagnostic {
        let names = credential.value.references.compactMap { reference -> String? in
            switch reference {
            case .secret(let name), .environment(let name): name
            default: nil
            }
        }
        return Diagnostic(rule, .error, "the value of \(names.joined(separator: " and ")) \(message)", help: help)
    }
}
