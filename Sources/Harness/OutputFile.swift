/// Files that a user names for output.
public enum OutputFile {
    /// Writes a file as a whole; links are followed, and devices and pipes written to as they are.
    ///
    /// - Throws: `HarnessError` (exit 3) with the rule and the path when it cannot be written.
    public static func write(
        _ text: String,
        to path: String,
        rule: String = "reports.file"
    ) throws(HarnessError) {
        if let reason = FileSystem.write(text, to: path, isNamedByUser: true) {
            throw .notPossible(rule, "\(path) cannot be written: \(reason)")
        }
    }
}
