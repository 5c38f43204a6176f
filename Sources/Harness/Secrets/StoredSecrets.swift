public import Diagnostics
public import Exchanges

/// Secrets that stand in a file which is kept: a table, a body, a recording.
public enum StoredSecrets {
    /// One problem for each line of a file that shows a secret; the secret itself is not repeated.
    public static func problems(
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
