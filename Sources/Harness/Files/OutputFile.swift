package import Diagnostics

/// Files that a user names for output.
package enum OutputFile {
    /// Writes a whole file. Links are followed; devices and pipes are written to directly.
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

    /// Writes a whole file piece by piece, like ``write(_:to:rule:isPrivate:)``.
    ///
    /// - Parameter content: Hands the bytes of the file to its sink.
    /// - Throws: `HarnessError` (exit 3) with the path when it cannot be written.
    package static func write(
        to path: String, isPrivate: Bool, _ content: (@escaping ([UInt8]) -> Void) -> Void
    ) throws(HarnessError) {
        let failure = FileSystem.write(to: path, isNamedByUser: true, isPrivate: isPrivate) { content($0.write) }
        if let failure { throw .notPossible("reports.file", "\(path) cannot be written: \(failure)") }
    }

    /// The reason why a file cannot be written; `nil` when none is known. Nothing is changed.
    package static func problem(with path: String) -> Diagnostic? {
        FileSystem.obstacle(to: path).map { reason in
            Diagnostic(
                "reports.file", .error, "\(path) cannot be written: \(reason)",
                help: "create its folder, or name another file")
        }
    }

    /// Removes a file of an earlier run. Links, devices and pipes are not removed.
    package static func remove(_ path: String) {
        if FileSystem.isRegularFile(path) { FileSystem.remove(path) }
    }

    /// Writes all of `bytes` to standard output.
    ///
    /// - Returns: The reason for a failure.
    package static func writeToStandardOutput(_ bytes: [UInt8]) -> String? {
        FileSystem.writeToStandardOutput(bytes)
    }
}
