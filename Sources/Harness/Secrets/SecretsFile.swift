import Diagnostics
import Primitives

/// Secrets of a file with lines `NAME=value`, for users who do not want them in the environment.
///
/// Blank lines and lines that begin with `#` are ignored, and so is `export` before a name. The value is what follows the
/// first `=`, without blanks around it. Single or double quotation marks around the whole value are not part of it, as
/// in dotenv files; there are no escapes.
enum SecretsFile {
    /// The most bytes of a file.
    static let limit = 1 << 20

    /// The secrets of the file at `path`, in its order.
    ///
    /// Diagnostics name lines and never show their text.
    ///
    /// - Throws: `HarnessError` (exit 2) with every mistake in the file.
    static func read(_ path: String, root: String) throws(HarnessError) -> [(name: String, value: String)] {
        switch FileSystem.read(FileSystem.joined(root, path), limit: limit) {
        case .success(let bytes):
            let (secrets, problems) = parse(bytes, path: path)
            guard problems.isEmpty else { throw HarnessError(.wrongInput, Diagnostics(problems)) }
            return secrets
        case .failure(let problem):
            throw .wrongInput(
                "secrets.file", "the secrets file \(path) cannot be read: \(problem.reason)",
                help: "write lines NAME=value into a readable file")
        }
    }

    static func parse(_ bytes: [UInt8], path: String) -> ([(name: String, value: String)], [Diagnostic]) {
        var secrets: [(name: String, value: String)] = []
        var problems: [Diagnostic] = []
        func report(_ rule: String, _ message: String, line: Int, help: String? = nil) {
            problems.append(
                Diagnostic(
                    "secrets.\(rule)", .error, message, at: SourceLocation(file: path, line: line, column: 1),
                    help: help))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            report("encoding", "the secrets file is not UTF-8", line: 1)
            return ([], problems)
        }
        let content = text.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? text.utf8.dropFirst(3) : text.utf8[...]
        for (index, line) in content.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let line = withoutExport(trimmed(line))
            guard let first = line.first, first != UInt8(ascii: "#") else { continue }
            guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else {
                report("line", "the line has no `=`", line: index + 1, help: "write NAME=value")
                continue
            }
            let name = trimmed(line[..<equals])
            let written = trimmed(line[line.index(after: equals)...])
            let value = unquoted(written)
            guard isName(name) else {
                report(
                    "name", "the text before `=` is not a valid name", line: index + 1,
                    help: "use letters, digits and _, and do not start with a digit")
                continue
            }
            let own = String(decoding: name, as: UTF8.self)
            if secrets.contains(where: { $0.name == own }) {
                report("duplicate", "duplicate secret '\(own)'", line: index + 1)
            } else if value.count == written.count, let first = value.first, isQuote(first) {
                report(
                    "quote", "the value of '\(own)' begins with a quotation mark, but does not end with it",
                    line: index + 1, help: "put the whole value into quotation marks, or none of it")
            } else if value.isEmpty {
                report(
                    "empty", "'\(own)' has no value", line: index + 1, help: "write it after `=`, or remove the line")
            } else if value.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
                report("control", "the value of '\(own)' contains a control character", line: index + 1)
            } else {
                secrets.append((own, String(decoding: value, as: UTF8.self)))
            }
        }
        return (secrets, problems)
    }

    private static func isName(_ bytes: Substring.UTF8View) -> Bool {
        func isLetter(_ byte: UInt8) -> Bool {
            byte.isASCIILetter || byte == UInt8(ascii: "_")
        }
        guard let first = bytes.first, isLetter(first) else { return false }
        return bytes.allSatisfy { isLetter($0) || $0.isASCIIDigit }
    }

    private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

    /// A value without the quotation marks around it.
    private static func unquoted(_ value: Substring.UTF8View) -> Substring.UTF8View {
        guard value.count > 1, let first = value.first, isQuote(first), value.last == first else { return value }
        return value.dropFirst().dropLast()
    }

    /// A line without the word `export` before the name.
    private static func withoutExport(_ line: Substring.UTF8View) -> Substring.UTF8View {
        let word = "export"
        let rest = line.dropFirst(word.utf8.count)
        return line.starts(with: word.utf8) && rest.first?.isBlank == true ? trimmed(rest) : line
    }

    private static func trimmed(_ bytes: Substring.UTF8View) -> Substring.UTF8View {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
        var bytes = bytes.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return bytes
    }
}
