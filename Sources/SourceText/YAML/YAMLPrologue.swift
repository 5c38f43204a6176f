/// Handles the lines before the first document of a YAML text.
enum YAMLPrologue {
    /// Turns the lines before the first document that YAML ignores and libyaml refuses into comments.
    ///
    /// These are directives other than `YAML` and `TAG` (YAML 1.2.2, section 6.8.1) and document end markers (YAML
    /// 1.2.2, section 9.2). Lines and columns do not change.
    static func withoutIgnored(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
            let line = bytes[start..<end]
            switch line.first {
            case UInt8(ascii: "%") where !isKnownDirective(line):
                result[start] = UInt8(ascii: "#")
            case UInt8(ascii: ".") where line.starts(with: "...".utf8) && isBlankOrComment(line.dropFirst(3)):
                result[start] = UInt8(ascii: "#")
            case UInt8(ascii: "%"):
                break
            default:
                guard isBlankOrComment(line) else { return result }
            }
            start = end + 1
        }
        return result
    }

    private static func isKnownDirective(_ line: ArraySlice<UInt8>) -> Bool {
        let name = line.dropFirst().prefix { $0 != 0x20 && $0 != 0x09 }
        return name.elementsEqual("YAML".utf8) || name.elementsEqual("TAG".utf8)
    }

    private static func isBlankOrComment(_ line: ArraySlice<UInt8>) -> Bool {
        let first = line.first { $0 != 0x20 && $0 != 0x09 }
        return first == nil || first == UInt8(ascii: "#")
    }
}
