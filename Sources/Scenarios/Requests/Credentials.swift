internal import Exchanges
public import OpenAPI
internal import Primitives

/// The credentials of one request: schemes and values.
public struct Credentials: Sendable {
    /// A value and how it is sent.
    public struct Member: Sendable {
        /// The scheme, which decides where the value is sent.
        public var scheme: SecurityScheme
        /// The value: a key, a token, or `name:password` for HTTP basic.
        public var value: String

        /// Creates a value for `scheme`.
        public init(scheme: SecurityScheme, value: String) {
            self.scheme = scheme
            self.value = value
        }
    }

    /// The members, in the order of the security requirement.
    public var members: [Member]

    /// Creates credentials from their members; by default none.
    public init(_ members: [Member] = []) {
        self.members = members
    }

    /// The values by scheme name.
    public var values: [String: String] {
        Dictionary(members.map { ($0.scheme.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
}

extension CredentialSet {
    /// The values that `auth=wrong` sends. Their length and shape are those of secrets, so they are masked as well.
    public var wrongValues: [String] {
        Set(profiles.values.flatMap(\.values)).filter { !$0.isEmpty }.map(wrongValue).sorted()
    }
}

/// Why a step has no credentials and is skipped.
public struct MissingCredentials: Error, Sendable, Hashable {
    /// The reason, in a few words: "no credentials for profile partner".
    public var message: String

    /// Creates an error with a reason.
    public init(_ message: String) {
        self.message = message
    }
}

/// The credentials available to a run, by profile, and their union for cases that name schemes.
public struct CredentialSet: Sendable {
    /// The values of each profile by scheme name.
    public var profiles: [String: [String: String]]
    /// The profile of rows without a profile.
    public var targetProfile: String?
    /// The values of session scenarios in the profiles, which contain placeholders for them.
    public var logins: [LoginValue] = []
    /// The security schemes of each contract, by the contract's name.
    public var schemes: [String: [SecurityScheme]]

    /// Creates credentials of several profiles.
    public init(
        profiles: [String: [String: String]] = [:],
        targetProfile: String? = nil,
        logins: [LoginValue] = [],
        schemes: [String: [SecurityScheme]] = [:]
    ) {
        self.profiles = profiles
        self.targetProfile = targetProfile
        self.logins = logins
        self.schemes = schemes
    }

    /// The credentials that `step` sends, or why it cannot be sent.
    public func credentials(for step: Step) -> Result<Credentials, MissingCredentials> {
        switch step.call {
        case .operation(let operation, let contract):
            return credentials(for: step.request.auth, operation: operation, contract: contract)
        case .undeclared:
            return credentials(for: step.request.auth, operation: nil, contract: step.contract)
        case .reserved, .wait, .delivery, .clock, .unmapped:
            return .success(Credentials())
        }
    }

    /// The credentials of one case.
    ///
    /// A profile sends the first of the operation's requirements for which it has all members, and nothing if the
    /// operation needs nothing. Without an operation, it sends all its values.
    public func credentials(
        for auth: AuthCase,
        operation: Operation?,
        contract: String
    ) -> Result<Credentials, MissingCredentials> {
        let known = schemes[contract] ?? []
        do throws(MissingCredentials) {
            switch auth {
            case .none: return .success(Credentials())
            case .profile(let name): return .success(try ofProfile(name, operation, known))
            case .wrong: return .success(try wrong(operation, known))
            case .requirement(let requirement): return .success(try union(requirement.schemes, known))
            case .incomplete(let requirement, let without):
                let rest = requirement.schemes.filter { !$0.isSame(as: without) }
                return .success(try union(rest, known))
            }
        } catch {
            return .failure(error)
        }
    }

    private func ofProfile(
        _ name: String?,
        _ operation: Operation?,
        _ known: [SecurityScheme]
    ) throws(MissingCredentials) -> Credentials {
        if let operation, operation.security.isEmpty { return Credentials() }
        let isAnonymousAllowed = operation?.security.contains { $0.schemes.isEmpty } ?? false
        guard let name = name ?? targetProfile else {
            if isAnonymousAllowed { return Credentials() }
            throw MissingCredentials("no auth profile is configured")
        }
        guard let values = profiles[name] else {
            if isAnonymousAllowed { return Credentials() }
            throw MissingCredentials("no credentials for the profile '\(name)'")
        }
        guard let operation else {
            var members: [Credentials.Member] = []
            // One field contains one value, also where the contract names no requirement.
            for member in known.compactMap({ member($0, values) })
            where !members.contains(where: { $0.scheme.carrier == member.scheme.carrier }) {
                members.append(member)
            }
            return Credentials(members)
        }
        for requirement in operation.security where !requirement.schemes.isEmpty {
            if let complete = complete(requirement.schemes, values, known) { return complete }
        }
        if isAnonymousAllowed { return Credentials() }
        let missing = (operation.security.first?.schemes ?? []).filter { values[$0] == nil }
        guard !missing.isEmpty else {
            throw MissingCredentials("no request can contain the credentials of all schemes of '\(operation.name)'")
        }
        throw MissingCredentials(
            "the profile '\(name)' has no complete credentials for '\(operation.name)': "
                + "missing \(missing.joined(separator: " and "))"
        )
    }

    private func union(_ names: [String], _ known: [SecurityScheme]) throws(MissingCredentials) -> Credentials {
        // If one profile has them all, its values are used, so that values of two customers are not mixed.
        let ordered = profileNames.compactMap { profiles[$0] }
        for values in ordered {
            if let complete = complete(names, values, known) { return complete }
        }
        var merged: [String: String] = [:]
        for values in ordered { merged.merge(values) { first, _ in first } }
        if let complete = complete(names, merged, known) { return complete }
        let missing = names.filter { merged[$0] == nil }
        throw MissingCredentials("no profile has a value for \(missing.joined(separator: " and "))")
    }

    /// The target's profile first, then the others by name.
    private var profileNames: [String] {
        let others = profiles.keys.filter { $0 != targetProfile }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return (targetProfile.map { [$0] } ?? []) + others
    }

    private func wrong(_ operation: Operation?, _ known: [SecurityScheme]) throws(MissingCredentials) -> Credentials {
        var credentials = try right(operation, known)
        guard let last = credentials.members.popLast() else {
            throw MissingCredentials("credentials cannot be wrong if none are required")
        }
        credentials.members.append(Credentials.Member(scheme: last.scheme, value: wrongValue(like: last.value)))
        return credentials
    }

    /// The credentials that `auth=wrong` makes wrong.
    func right(_ operation: Operation?, _ known: [SecurityScheme]) throws(MissingCredentials) -> Credentials {
        do {
            return try ofProfile(nil, operation, known)
        } catch {
            guard let operation else { throw error }
            let needed = operation.security.lazy.filter { !$0.schemes.isEmpty }
            guard let satisfied = needed.compactMap({ try? union($0.schemes, known) }).first else { throw error }
            return satisfied
        }
    }

    private func complete(
        _ names: [String],
        _ values: [String: String],
        _ known: [SecurityScheme]
    ) -> Credentials? {
        var members: [Credentials.Member] = []
        for name in names {
            guard let scheme = known.first(where: { $0.name.isSame(as: name) }) else { return nil }
            // A certificate belongs to the connection, not to the request.
            if case .mutualTLS = scheme.kind { continue }
            guard let member = member(scheme, values) else { return nil }
            // One field contains one value (RFC 9110, section 5.3).
            guard let other = members.first(where: { $0.scheme.carrier == scheme.carrier }) else {
                members.append(member)
                continue
            }
            let prefixes = [other.scheme.valuePrefix, scheme.valuePrefix]
            guard prefixes[0] == prefixes[1] || prefixes.contains("") else { return nil }
        }
        return Credentials(members)
    }

    private func member(_ scheme: SecurityScheme, _ values: [String: String]) -> Credentials.Member? {
        if case .mutualTLS = scheme.kind { return nil }
        guard let value = values[scheme.name], !value.isEmpty else { return nil }
        return Credentials.Member(scheme: scheme, value: value)
    }
}

/// A different value with the same length and shape (letters by case, digits, all other characters kept).
///
/// Its characters are drawn independently of those of `value`, so they reveal nothing about them.
func wrongValue(like value: String) -> String {
    var random: [UInt8] = []
    var block = 0
    var result: [UInt8] = []
    var last: (index: Int, range: ClosedRange<UInt8>)?
    for byte in value.utf8 {
        if random.isEmpty {
            random = SHA256.digest(Array("wrong credentials \(block)".utf8))
            block += 1
        }
        let draw = random.removeLast()
        let range: ClosedRange<UInt8>? =
            switch byte {
            case 0x30...0x39: 0x30...0x39
            case 0x41...0x5A: 0x41...0x5A
            case 0x61...0x7A: 0x61...0x7A
            default: nil
            }
        guard let range else {
            result.append(byte)
            continue
        }
        last = (result.count, range)
        result.append(range.lowerBound + draw % UInt8(range.count))
    }
    guard let last else { return String(repeating: "x", count: max(1, value.unicodeScalars.count)) }
    if result.elementsEqual(value.utf8) {
        // In the very unlikely case that the drawn value equals the original, one character is changed.
        result[last.index] =
            result[last.index] == last.range.upperBound ? last.range.lowerBound : result[last.index] + 1
    }
    return String(decoding: result, as: UTF8.self)
}
