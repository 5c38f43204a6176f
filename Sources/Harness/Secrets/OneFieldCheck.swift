import Diagnostics
import OpenAPI
import Project
import Scenarios

/// Finds credentials of a profile that one operation needs together in one field, and that one field cannot contain.
///
/// A header such as `Authorization` occurs once in a request (RFC 9110, section 5.3). So schemes that are required
/// together and use one header have one value.
struct OneFieldCheck {
    private let profile: AuthProfile
    private let workspace: Workspace
    private var given: [String: Given] = [:]

    private struct Given {
        var value: String
        /// The key of the credential in the profile.
        var key: String
        /// Whether the mock made up the value, so that it says nothing about the value of a server.
        var isMadeUp: Bool
    }

    init(_ profile: AuthProfile, _ workspace: Workspace) {
        self.profile = profile
        self.workspace = workspace
    }

    /// Adds the value of a credential for `schemes`.
    mutating func add(
        _ value: String, of credential: AuthProfile.Credential, for schemes: Set<String>, isMadeUp: Bool
    ) {
        for scheme in schemes { given[scheme] = Given(value: value, key: credential.scheme, isMadeUp: isMadeUp) }
    }

    /// An error for each two schemes that need one value and have two.
    func differences(_ contracts: Contracts) -> [Diagnostic] {
        var reported: Set<String> = []
        return contracts.all.flatMap { contract in
            contract.sharedCredentials.compactMap { shared in
                guard let lead = given[shared.lead], let other = given[shared.scheme], lead.key != other.key,
                    !lead.isMadeUp, !other.isMadeUp, shared.prefix + lead.value != other.value,
                    let use = use(of: [shared.lead, shared.scheme], in: contract), reported.insert(other.key).inserted
                else { return nil }
                return Diagnostic(
                    "auth.one-field", .error,
                    "the profile '\(profile.name)' sets \(lead.key) and \(other.key) to different values, but "
                        + "'\(use.operation)' requires both in \(use.carrier.description)",
                    at: workspace.location(of: ["auth", profile.name, other.key]),
                    help: "remove \(other.key): it then has the value of \(lead.key)")
            }
        }
    }

    /// A warning for each two schemes that an operation needs together and that no value satisfies. Its rows are skipped.
    func conflicts(_ contracts: Contracts) -> [Diagnostic] {
        var reported: Set<SecurityConflict> = []
        return contracts.all.flatMap { contract in
            contract.operations.compactMap { operation in
                let complete = operation.security.filter { $0.schemes.allSatisfy { given[$0] != nil } }
                // An operation with another alternative can be sent.
                guard !complete.isEmpty, complete.allSatisfy({ contract.conflict(of: $0) != nil }),
                    let conflict = contract.conflict(of: complete[0]), reported.insert(conflict).inserted,
                    let key = given[conflict.second]?.key
                else { return nil }
                return Diagnostic(
                    "auth.one-field", .warning,
                    "the profile '\(profile.name)' sets \(conflict.first) and \(conflict.second), but no request can "
                        + "contain both in \(conflict.carrier.description), as '\(operation.name)' requires",
                    at: workspace.location(of: ["auth", profile.name, key]),
                    help: "correct the `security` of the operation with an overlay; until then, its rows are skipped")
            }
        }
    }

    private func use(of schemes: [String], in contract: Contract) -> (operation: String, carrier: SecurityCarrier)? {
        let operation = contract.operations.first { operation in
            operation.security.contains { requirement in schemes.allSatisfy(requirement.schemes.contains) }
        }
        // The schemes can share a value over a third one.
        let carrier = schemes.lazy.compactMap { contract.securityScheme($0)?.carrier }.first
        guard let operation, let carrier else { return nil }
        return (operation.name, carrier)
    }
}
