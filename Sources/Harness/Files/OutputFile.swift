package import Diagnostics

/// Files that a user names for output.
package enum OutputFile {
    /// Writes a file as a whole; links are followed, and devices and pipes written to as they are.
    ///
    /// - Parameter isPrivate: Whether only the owner may read the file.
    /// - Throws: `HarnessError` (exit 3) with the rule and the path when it cannot be written.
    package static func write(
        _ text: String,
        to path: String,
        rule: String = "reports.file",
        isPrivate: Bool = false
    ) throws(HarnessError) {
        if let reason = FileSystem.write(text, to: path, isNamedByUser: true, isPrivate: isPrivate) {
            throw .notPossible(rule, "\(path) cannot be written: \(reason)")
        }
    }

    /// What prevents a file from being written; `nil` when nothing does as far as can be known. Nothing is changed.
    package static func problem(with path: String) -> Diagnostic? {
        FileSystem.obstacle(to: path).map { reason in
            Diagnostic(
                "reports.file", .error, "\(path) cannot be written: \(reason)",
                help: "create its folder, or name another file")
        }
    }

    /// Removes a file that an earlier run has left. Links, devices and pipes stay.
    package static func remove(_ path: String) {
        if FileSystem.isRegularFile(path) { FileSystem.remove(path) }
    }

    /// Writes all of `bytes` to standard output.
    ///
    /// - Returns: the reason when that fails.
    package static func writeToStandardOutput(_ bytes: [UInt8]) -> String? {
        FileSystem.writeToStandardOutput(bytes)
    }
}
