import Diagnostics
import Exchanges
import OpenAPI
import Primitives
import Project
import Scenarios

/// The credentials of every profile for one target.
struct TargetCredentials: Sendable {
    /// The values by profile and security scheme.
    var values: CredentialSet
    /// Diagnostics about credentials that belong to no security scheme of the contracts.
    var diagnostics: [Diagnostic]

    /// The values that the mock accepts, by security scheme; those of all profiles.
    var accepted: [String: Set<String>] {
        values.profiles.values.reduce(into: [:]) { accepted, values in
            for (scheme, value) in values { accepted[scheme, default: []].insert(value) }
        }
    }
}

extension Workspace {
    /// The credentials for `target`.
    ///
    /// If the folder has no profiles, it calls the mock with made-up values for every scheme of the contracts.
    ///
    /// - Throws: `HarnessError` (exit 2) when the target's own profile lacks a value.
    func credentials(
        for target: Target,
        contracts: Contracts,
        secrets: SecretValues,
        environment: [String: String],
        needsOwn: Bool = true
    ) throws(HarnessError) -> TargetCredentials {
        let schemes = contracts.all.flatMap(\.securitySchemes)
        var result = TargetCredentials(values: CredentialSet(), diagnostics: [])
        for contract in contracts.all { result.values.schemes[contract.name] = contract.securitySchemes }
        result.values.targetProfile = target.profile ?? project.defaults.profile
        if project.profiles.isEmpty, target.kind == .mock || target.kind == .fixtures {
            result.values.targetProfile = target.name
            var own = Dictionary(
                schemes.map { ($0.name, SecretValues.madeUp($0)) }, uniquingKeysWith: { first, _ in first })
            Self.share(&own, contracts)
            result.values.profiles[target.name] = own
        }
        result.values.logins = loginValues
        let scope = scope(environment, secrets.values).withPlaceholders(of: loginValues)
        var missing = Diagnostics()
        for profile in project.profiles {
            var own: [String: String] = [:]
            var fields = OneFieldCheck(profile, self)
            for credential in profile.credentials {
                let names = Self.schemes(for: credential, among: schemes)
                if names.isEmpty { result.diagnostics.append(unknownScheme(credential, profile, schemes)) }
                do {
                    // Only live targets have a token endpoint; the mock accepts the placeholder.
                    for template in credential.templates where !target.liveURL.isEmpty {
                        _ = try template.expandText(scope, at: ValueSite(step: "", column: "auth", place: 0))
                    }
                    let value = try credential.value.expandText(
                        scope, at: ValueSite(step: "", column: "auth", place: 0))
                    let kinds = schemes.filter { names.contains($0.name) }
                    if let problem = CredentialCheck(credential).problem(value, kinds), !names.isEmpty {
                        missing.append(problem)
                        continue
                    }
                    let isMadeUp = !credential.secrets.contains { name in secrets.real.contains { $0.name == name } }
                    fields.add(value, of: credential, for: names, isMadeUp: isMadeUp && target.liveURL.isEmpty)
                    for name in names {
                        let isBasic = schemes.contains { $0.name == name && $0.kind == .http(scheme: "basic") }
                        // A made-up value for HTTP Basic has a user and a password, too (RFC 7617, section 2).
                        let isPair = value.utf8.contains(UInt8(ascii: ":")) || !isBasic || !isMadeUp
                        own[name] = isPair || target.kind != .mock ? value : "\(value):\(value)"
                    }
                } catch {
                    guard needsOwn, !names.isEmpty, profile.name == result.values.targetProfile else { continue }
                    missing.append(Self.missing(credential, profile, target, error))
                }
            }
            missing.append(contentsOf: fields.differences(contracts))
            result.diagnostics += fields.conflicts(contracts)
            Self.share(&own, contracts)
            if !own.isEmpty { result.values.profiles[profile.name] = own }
        }
        guard !missing.hasErrors else { throw HarnessError(.wrongInput, missing) }
        return result
    }

    /// Gives one value to all schemes that are sent in the same field.
    private static func share(_ values: inout [String: String], _ contracts: Contracts) {
        for shared in contracts.all.flatMap(\.sharedCredentials) {
            if let value = values[shared.lead] {
                values[shared.scheme] = shared.prefix + value
            } else if let value = values[shared.scheme], value.utf8.starts(with: shared.prefix.utf8) {
                values[shared.lead] = String(value.dropFirst(shared.prefix.count))
            }
        }
    }

    /// The names of the schemes that a credential is for: the scheme of that name, otherwise the schemes whose key has
    /// that name.
    private static func schemes(for credential: AuthProfile.Credential, among schemes: [SecurityScheme]) -> Set<String>
    {
        if schemes.contains(where: { $0.name.isSame(as: credential.scheme) }) {
            return [credential.scheme]
        }
        let sending = schemes.filter { scheme in
            guard case .apiKey(let name, let place) = scheme.kind else { return false }
            // Header names are case-insensitive (RFC 9110, section 5.1).
            return place == .header
                ? HeaderField(name: name, value: "").isNamed(credential.scheme)
                : name.isSame(as: credential.scheme)
        }
        return Set(sending.map(\.name))
    }

    private func unknownScheme(
        _ credential: AuthProfile.Credential,
        _ profile: AuthProfile,
        _ schemes: [SecurityScheme]
    ) -> Diagnostic {
        let names = schemes.map(\.name)
        return Diagnostic(
            "auth.unknown-scheme", .warning,
            "no contract has the security scheme '\(credential.scheme)' that the profile '\(profile.name)' sets",
            at: location(of: ["auth", profile.name, credential.scheme]),
            help: nearestName(to: credential.scheme, among: names).map { "did you mean `\($0)`?" }
                ?? (names.isEmpty ? "remove it" : "the schemes are \(names.joined(separator: ", "))"))
    }

    private static func missing(
        _ credential: AuthProfile.Credential,
        _ profile: AuthProfile,
        _ target: Target,
        _ failure: ValueFailure
    ) -> Diagnostic {
        let variable: String? =
            switch failure {
            case .secret(let name), .environment(let name): name
            case .missing, .invalid: nil
            }
        return Diagnostic(
            "auth.missing-secret", .error,
            "the target '\(target.name)' uses the profile '\(profile.name)', but \(credential.scheme) has no value",
            help: variable.map { "set the environment variable \($0)" })
    }
}
