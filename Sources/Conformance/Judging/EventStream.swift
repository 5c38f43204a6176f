import JSONDocument

/// Server-sent events (WHATWG HTML, section 9.2.6) as objects of their fields, as OpenAPI 3.2.0, section 4.14, models
/// them.
enum EventStream {
    /// The events as JSON texts, with the lines at which they start. Comments, unknown fields, events without data, and
    /// an event that no empty line ends are left out.
    static func events(_ bytes: [UInt8]) -> [SequenceBody.Piece] {
        var result: [SequenceBody.Piece] = []
        var fields = JSONObject([])
        var data: [String] = []
        var start = 1
        for (index, line) in lines(bytes).enumerated() {
            guard !line.isEmpty else {
                if !data.isEmpty {
                    fields["data"] = .string(data.joined(separator: "\n"))
                    result.append((start, JSONValue.object(fields).utf8))
                }
                (fields, data, start) = (JSONObject([]), [], index + 2)
                continue
            }
            let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
            var value = line[colon...].dropFirst()
            if value.first == 0x20 { value = value.dropFirst() }
            let text = String(decoding: value, as: UTF8.self)
            switch String(decoding: line[..<colon], as: UTF8.self) {
            case "data": data.append(text)
            case "event": fields["event"] = .string(text)
            case "id" where !value.contains(0): fields["id"] = .string(text)
            case "retry" where !value.isEmpty && value.allSatisfy { (0x30...0x39).contains($0) }:
                let digits = text.utf8.drop { $0 == UInt8(ascii: "0") }
                fields["retry"] = JSONNumber(digits.isEmpty ? "0" : String(Substring(digits))).map { .number($0) }
            default: break
            }
        }
        return result
    }

    /// The lines, each ended by CR LF, LF or CR, after one leading byte order mark. What follows the last end is no
    /// line: its event is not complete.
    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var result: [ArraySlice<UInt8>] = []
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x0A || byte == 0x0D else {
                index += 1
                continue
            }
            result.append(bytes[start..<index])
            index += byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
            start = index
        }
        return result
    }
}
