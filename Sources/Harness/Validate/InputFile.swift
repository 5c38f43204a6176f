import Primitives
import SystemPackage

/// Inputs that a user names on the command line, wherever they lie.
package enum InputFile {
    /// The largest input that is read, in bytes.
    static let limit = 256 << 20

    /// The bytes of a file, or of standard input for `-`.
    ///
    /// - Throws: `HarnessError` (exit 2) when it cannot be read, or is too large.
    package static func bytes(of path: String) throws(HarnessError) -> [UInt8] {
        let bytes: [UInt8]?
        do throws(Errno) {
            bytes =
                path.isSame(as: "-")
                ? try FileDescriptor.standardInput.bytes(limit: limit)
                : try FileDescriptor.bytes(of: path, limit: limit)
        } catch {
            throw unreadable(path, error.description)
        }
        guard let bytes else { throw unreadable(path, "it has more than \(limit) bytes") }
        return bytes
    }

    private static func unreadable(_ path: String, _ reason: String) -> HarnessError {
        let name = path.isSame(as: "-") ? "standard input" : path
        return .wrongInput("validate.input", "\(name) cannot be read: \(reason)")
    }
}
