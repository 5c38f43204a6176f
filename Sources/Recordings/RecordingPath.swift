internal import Exchanges

/// The path of a scenario's recording.
public enum RecordingPath {
    /// Returns the path below the folder of recordings: `TABLE/SCENARIO.har`.
    ///
    /// Names keep lower-case letters, digits, `-`, `_`, `.` and `@`; other characters become `-`. If a name changes, a
    /// part of its hash is appended, so that two scenarios never share a file, even on a file system that ignores case.
    ///
    /// - Parameters:
    ///   - scenario: The scenario's identity.
    ///   - table: The table's path.
    public static func path(ofScenario scenario: String, table: String) -> String {
        let file = table.utf8.split(separator: UInt8(ascii: "/")).last.map { Substring($0) } ?? ""
        let name = file.utf8.reversed().starts(with: ".csv".utf8.reversed()) ? file.dropLast(4) : file
        return "\(safe(String(name)))/\(safe(scenario)).har"
    }

    private static func safe(_ name: String) -> String {
        let longest = 100
        var bytes: [UInt8] = []
        for byte in name.utf8.prefix(longest) {
            let isKept = isLowercase(byte) || (0x30...0x39).contains(byte) || "-_.@".utf8.contains(byte)
            if isKept {
                bytes.append(byte)
            } else if bytes.last != UInt8(ascii: "-") {
                bytes.append((0x41...0x5A).contains(byte) ? byte + 0x20 : UInt8(ascii: "-"))
            }
        }
        while bytes.first == UInt8(ascii: ".") { bytes.removeFirst() }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.utf8.elementsEqual(name.utf8) && !text.isEmpty ? text : "\(text)-\(SHA256.hex(name.utf8).prefix(8))"
    }

    private static func isLowercase(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
}
