package import Diagnostics
package import Exchanges
import OpenAPI
import Project
import Scenarios

/// The values of the secrets that a run needs, by name.
struct SecretValues: Sendable {
    /// Every secret that has a value, real or made up.
    let values: [String: String]
    /// The real secrets, in the order of first use. They are masked in everything that leaves the process.
    let real: [(name: String, value: String)]

    /// All secrets that have a value, in the order of first use.
    let all: [(name: String, value: String)]

    /// Looks up `names` in `file`, then in the environment. An empty variable counts as unset.
    ///
    /// All of the file's secrets are masked, whether the run needs them or not. The built-in mock makes up a value for
    /// every missing secret, and accepts only that value.
    init(
        names: [String], environment: [String: String], file: [(name: String, value: String)] = [], isMock: Bool
    ) {
        var values = Dictionary(file.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        var real = file
        var all = file
        for name in names where values[name] == nil {
            if let value = environment[name].map(Self.withoutLineBreak), !value.isEmpty {
                values[name] = value
                real.append((name, value))
            } else if isMock {
                values[name] = SecretValues.madeUp(name)
            }
            if let value = values[name] { all.append((name, value)) }
        }
        self.values = values
        self.real = real
        self.all = all
    }

    /// The mask of each secret, which replaces it in recordings.
    var masks: [String: String] {
        Dictionary(values.keys.map { ($0, Redactor.mask($0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Removes the line break at the end of a value: `echo` and files add one.
    private static func withoutLineBreak(_ value: String) -> String {
        var bytes = value.utf8[...]
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        return String(Substring(bytes))
    }

    /// The value that the mock accepts for a secret without a value. It is the same in every run, so users can type it.
    static func madeUp(_ name: String) -> String {
        "mock-" + name.lowercased().split(separator: "_").joined(separator: "-")
    }

    /// The bytes of a value of ``madeUp(_:)``; `nil` for any other text.
    static func keyOfMadeUp(_ text: String) -> [UInt8]? {
        text.utf8.starts(with: "mock-".utf8) ? Array(text.utf8) : nil
    }

    /// The value that the mock accepts for a security scheme without a value in any profile.
    ///
    /// A value for HTTP Basic is a user and a password (RFC 7617, section 2).
    static func madeUp(_ scheme: SecurityScheme) -> String {
        let value = madeUp(scheme.name)
        return scheme.kind == .http(scheme: "basic") ? "\(value)-user:\(value)-password" : value
    }
}

extension Project {
    /// The secrets that profiles and the signatures of webhooks use, in the order of the file.
    var secretNames: [String] {
        profiles.flatMap(\.credentials).flatMap(\.secrets)
            + judging.webhooks.flatMap(\.secrets).flatMap(\.references).compactMap { reference in
                if case .secret(let name) = reference { name } else { nil }
            }
    }

    /// Values for `{{var.x}}` by name.
    var variableValues: [String: String] {
        Dictionary(variables.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
}

/// Secrets in a file that is kept: a table, a body, a recording.
package enum StoredSecrets {
    /// A diagnostic for each line of a file that shows a secret. The diagnostic does not repeat the secret.
    package static func problems(
        in bytes: [UInt8],
        path: String,
        redactor: Redactor,
        severity: Severity = .error
    ) -> [Diagnostic] {
        guard redactor.findsSecret(in: bytes) else { return [] }
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        return lines.enumerated().filter { redactor.findsSecret(in: Array($0.element)) }.map { index, _ in
            Diagnostic(
                "secret.stored", severity, "the file contains the value of a secret",
                at: SourceLocation(file: path, line: index + 1, column: 1),
                help: "replace it by {{secret.NAME}}, and change the secret if the file was ever shared")
        }
    }
}
