import JSONDocument
import JSONSchema
import TestKit
import Testing

/// Texts that are generated from the grammar of their format, and the same with one mistake.
@Suite("Generated texts of formats")
struct FormatLawTests {
    private static func accepts(_ format: String, _ text: String) -> Bool {
        FormatFacts.accepts(format, .string(text))
    }

    private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

    private static func hexadecimal(_ count: Int, _ random: inout SplitMix) -> String {
        (0..<count).map { _ in String(random.pick(Array("0123456789abcdefABCDEF"))) }.joined()
    }

    @Test("RFC 3339, appendix C: every day of the calendar is a date, and no other day is")
    func calendar() {
        for year in [0, 1, 4, 100, 400, 1_582, 1_900, 1_999, 2_000, 2_023, 2_024, 2_100, 9_999] {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            let digits = String(repeating: "0", count: 4 - String(year).count) + String(year)
            for month in 0...13 {
                for day in 0...32 {
                    let isDay = (1...12).contains(month) && (1...lengths[min(max(month, 1), 12) - 1]).contains(day)
                    let text = "\(digits)-\(Self.two(month))-\(Self.two(day))"
                    #expect(Self.accepts("date", text) == isDay, "\(text)")
                    #expect(Self.accepts("date-time", text + "T00:00:00Z") == isDay, "\(text)")
                    #expect(Self.accepts("date-time-local", text + "T00:00:00") == isDay, "\(text)")
                }
            }
        }
    }

    @Test("RFC 3339, section 5.6: the parts of a time are independent, except for a leap second", arguments: 0..<4)
    func times(seed: Int) {
        var random = SplitMix(seed: seed)
        var leaps = 0
        for _ in 0..<2_000 {
            let hour = random.pick([0, 1, 9, 12, 22, 23, 24, 29])
            let minute = random.pick([0, 1, 29, 30, 44, 59, 60])
            let second = random.pick([0, 1, 59, 60, 60, 60, 61])
            let (offsetHour, offsetMinute) = (
                random.pick([0, 1, 5, 14, 23, 24]), random.pick([0, 15, 30, 45, 59, 60])
            )
            let sign = random.pick(["+", "-"])
            let isUTC = random.once(in: 3)
            let fraction = random.pick(["", ".0", ".123456789"])
            let local = "\(Self.two(hour)):\(Self.two(minute)):\(Self.two(second))\(fraction)"
            let text = local + (isUTC ? "Z" : "\(sign)\(Self.two(offsetHour)):\(Self.two(offsetMinute))")
            let isInRange = hour < 24 && minute < 60 && second <= 60
            let isOffset = isUTC || (offsetHour < 24 && offsetMinute < 60)
            let offset = isUTC ? 0 : (offsetHour * 60 + offsetMinute) * (sign == "-" ? -1 : 1)
            // Minutes of the UTC day, without its sign.
            let utc = (hour * 60 + minute - offset + 2 * 1_440) % 1_440
            let isLeap = second == 60 && utc == 1_439
            leaps += isLeap && isInRange && isOffset ? 1 : 0
            let isTime = isInRange && isOffset && (second < 60 || isLeap)
            #expect(Self.accepts("time", text) == isTime, "\(text)")
            #expect(Self.accepts("date-time", "2016-12-31T\(text)") == isTime, "\(text)")
            #expect(Self.accepts("time-local", local) == isInRange, "\(local)")
            #expect(!Self.accepts("time", local) && !Self.accepts("time-local", text), "\(text)")
        }
        #expect(leaps > 0)
    }

    /// The eight groups of an address, with one run of zeros shortened if there is one.
    private static func shortened(_ groups: [Int], from start: Int, count: Int) -> String {
        func text(_ part: ArraySlice<Int>) -> String { part.map { String($0, radix: 16) }.joined(separator: ":") }
        return text(groups[..<start]) + "::" + text(groups[(start + count)...])
    }

    @Test("RFC 4291, section 2.2: every address has a full, a shortened and a dotted form", arguments: 0..<4)
    func addresses(seed: Int) {
        var random = SplitMix(seed: seed + 10)
        for _ in 0..<300 {
            var groups = (0..<8).map { _ in random.pick([0, 1, 0x1F, 0xABC, 0xFFFF]) }
            let count = Int.random(in: 1...8, using: &random)
            let start = Int.random(in: 0...(8 - count), using: &random)
            for index in start..<(start + count) { groups[index] = 0 }
            let full = groups.map { String($0, radix: 16, uppercase: random.once(in: 2)) }
            let short = Self.shortened(groups, from: start, count: count)
            let dotted = "\(groups[6] >> 8).\(groups[6] & 255).\(groups[7] >> 8).\(groups[7] & 255)"
            let mixed = full[..<6].joined(separator: ":") + ":" + dotted
            for text in [full.joined(separator: ":"), short, mixed] {
                #expect(Self.accepts("ipv6", text), "\(text)")
                #expect(Self.accepts("uri", "http://[\(text)]:80/"), "\(text)")
                #expect(Self.accepts("email", "a@[IPv6:\(text)]"), "\(text)")
                #expect(!Self.accepts("ipv4", text) && !Self.accepts("ipv6", text + ":"), "\(text)")
                #expect(!Self.accepts("ipv6", text.replacing(":", with: ";", maxReplacements: 1)), "\(text)")
            }
            #expect(Self.accepts("ipv4", dotted) && Self.accepts("email", "a@[\(dotted)]"), "\(dotted)")
            #expect(!Self.accepts("ipv6", dotted) && !Self.accepts("ipv4", dotted + ".0"), "\(dotted)")
            // One group more, and one group less, is too much or too little.
            #expect(!Self.accepts("ipv6", full.joined(separator: ":") + ":0"))
            #expect(!Self.accepts("ipv6", full.dropLast().joined(separator: ":")))
            #expect(!Self.accepts("ipv6", short.replacing("::", with: ":::")), "\(short)")
        }
    }

    @Test(
        "RFC 5321, section 4.1.3: the tag of an address literal is IPv6, in any case",
        arguments: [
            ("IPv6:::1", true), ("ipv6:::1", true), ("IPV6:::1", true), ("IPv4:1.2.3.4", false), ("IPv6::1", false),
            ("IPv6\u{1A}::1", false), ("IPv\u{16}:::1", false), ("IPv6:", false), ("I0v6:::1", false),
            ("IPv6:1.2.3.4", false), ("IPv6:::1.2.3.4", true),
        ])
    func literals(literal: String, isValid: Bool) {
        #expect(Self.accepts("email", "a@[\(literal)]") == isValid)
        #expect(Self.accepts("idn-email", "é@[\(literal)]") == isValid)
    }

    @Test(
        "draft-bhutton-relative-json-pointer-00, section 3: an index can be moved before the pointer",
        arguments: [
            ("0+1/a", true), ("1-1/a/b", true), ("0+10", true), ("2-3/", true), ("0+0", true), ("0+1#", true),
            ("0-12#", true), ("0+", false), ("0-/a", false), ("0+01/a", false), ("+1/a", false), ("0+-1", false),
            ("0++1", false), ("0+1+1", false), ("0+1a", false), ("01+1", false), ("0 +1", false), ("0+1#/a", false),
        ])
    func indexes(text: String, isValid: Bool) {
        #expect(Self.accepts("relative-json-pointer", text) == isValid)
    }

    @Test("RFC 6901, section 3: escaped names are pointers, and an escape has two forms", arguments: 0..<4)
    func pointers(seed: Int) {
        var random = SplitMix(seed: seed + 20)
        for _ in 0..<300 {
            let names = (0..<random.number(below: 4)).map { _ in
                (0..<random.number(below: 5)).map { _ in
                    random.pick(["a", "~", "/", "é", " ", "0", "\"", "%", "\u{0}"])
                }
                .joined()
            }
            let pointer = JSONPointer(names).description
            #expect(Self.accepts("json-pointer", pointer), "\(pointer)")
            #expect(Self.accepts("relative-json-pointer", "12" + pointer), "\(pointer)")
            #expect(JSONPointer(pointer)?.tokens == names)
            if pointer.contains("~") {
                let wrong = pointer.replacing("~1", with: "~2").replacing("~0", with: "~")
                #expect(!Self.accepts("json-pointer", wrong + "~"), "\(wrong)")
            }
            if !names.isEmpty { #expect(!Self.accepts("json-pointer", String(pointer.dropFirst()) + "x~/")) }
        }
    }

    /// Base64 of bytes, with the standard alphabet (RFC 4648, section 4).
    private static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = Array(bytes[start..<min(start + 3, bytes.count)])
            let word = (0..<3).reduce(0) { $0 << 8 | Int($1 < part.count ? part[$1] : 0) }
            for place in 0..<4 {
                text.append(place <= part.count ? alphabet[word >> (18 - 6 * place) & 63] : "=")
            }
        }
        return text
    }

    @Test("RFC 4648, sections 4 and 5: every list of bytes has both forms of base64", arguments: 0..<40)
    func base64(count: Int) {
        var random = SplitMix(seed: count)
        let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let standard = Self.base64(bytes)
        let url = standard.replacing("+", with: "-").replacing("/", with: "_")
        let bare = url.replacing("=", with: "")
        #expect(Self.accepts("byte", standard))
        #expect(Self.accepts("base64url", url) && Self.accepts("base64url", bare))
        #expect(Self.accepts("byte", bare) == (bare.count % 4 == 0 && bare == standard), "\(bare)")
        for wrong in [standard + "=", standard + "A", standard + "\n", " " + standard, "é" + standard] {
            #expect(!Self.accepts("byte", wrong), "\(wrong)")
        }
        #expect(!Self.accepts("base64url", url + "====") && !Self.accepts("base64url", url + "+"))
        if count % 3 == 1 { #expect(!Self.accepts("byte", String(standard.dropLast()))) }
    }

    @Test("RFC 9562, section 4: a UUID has 32 digits in five groups", arguments: 0..<4)
    func identifiers(seed: Int) {
        var random = SplitMix(seed: seed + 30)
        for _ in 0..<100 {
            let groups = [8, 4, 4, 4, 12].map { Self.hexadecimal($0, &random) }
            let text = groups.joined(separator: "-")
            #expect(Self.accepts("uuid", text), "\(text)")
            let place = text.index(text.startIndex, offsetBy: random.number(below: 36))
            var wrong = text
            wrong.replaceSubrange(place...place, with: text[place] == "-" ? "0" : random.pick(["-", "g", "é", " "]))
            #expect(!Self.accepts("uuid", wrong), "\(wrong)")
            #expect(!Self.accepts("uuid", text + "0") && !Self.accepts("uuid", String(text.dropLast())), "\(text)")
            #expect(Self.accepts("uri", "urn:uuid:" + text))
        }
    }

    @Test("RFC 3339, appendix A: a duration has neighbouring units, each once and in order")
    func durations() {
        let units = ["Y", "M", "D", "H", "m", "S"]
        for mask in 1..<64 {
            let chosen = units.indices.filter { mask & (1 << $0) != 0 }
            let dates = chosen.filter { $0 < 3 }
            let times = chosen.filter { $0 >= 3 }
            func text(_ part: [Int]) -> String { part.map { "\($0 + 1)\(units[$0].uppercased())" }.joined() }
            let duration = "P" + text(dates) + (times.isEmpty ? "" : "T" + text(times))
            func isRun(_ part: [Int]) -> Bool { zip(part, part.dropFirst()).allSatisfy { $1 == $0 + 1 } }
            #expect(Self.accepts("duration", duration) == (isRun(dates) && isRun(times)), "\(duration)")
            #expect(!Self.accepts("duration", duration + "1W"), "\(duration)")
            #expect(!Self.accepts("duration", duration.replacing("P", with: "")), "\(duration)")
            if chosen.count == 2, dates.count != 1 {
                let reversed = "P" + (times.isEmpty ? "" : "T") + text(chosen.reversed())
                #expect(!Self.accepts("duration", reversed), "\(reversed)")
            }
        }
    }

    @Test("RFC 3986, appendix A: parts of a URI are joined, and each character has its places", arguments: 0..<4)
    func uris(seed: Int) {
        var random = SplitMix(seed: seed + 40)
        let unreserved = Array("azAZ09-._~").map(String.init) + ["%41", "%fF"]
        let delimiters = Array("!$&'()*+,;=").map(String.init)
        func text(_ extra: String, _ random: inout SplitMix) -> String {
            let characters = unreserved + delimiters + Array(extra).map(String.init)
            return (0..<random.number(below: 5)).map { _ in random.pick(characters) }.joined()
        }
        for _ in 0..<300 {
            let scheme = random.pick(["a", "http", "x+y", "z-1.2"])
            let authority =
                random.pick(["", text(":", &random) + "@"]) + text("", &random) + random.pick(["", ":", ":80"])
            let path = (0..<random.number(below: 3)).map { _ in "/" + text(":@", &random) }.joined()
            let query = random.pick(["", "?" + text(":@/?", &random)])
            let fragment = random.pick(["", "#" + text(":@/?", &random)])
            let reference = "//\(authority)\(path)\(query)\(fragment)"
            let uri = "\(scheme):\(reference)"
            for format in ["uri", "iri", "uri-reference", "iri-reference"] {
                #expect(Self.accepts(format, uri), "\(format) \(uri)")
                #expect(Self.accepts(format, reference) == format.hasSuffix("reference"), "\(format) \(reference)")
                for wrong in [" ", "\"", "<", ">", "\\", "^", "`", "{", "|", "}", "%", "%4", "%g0", "\u{7F}", "\u{0}"] {
                    #expect(!Self.accepts(format, uri + wrong), "\(format) \(uri + wrong)")
                }
            }
            #expect(
                !Self.accepts("uri", uri + "é") && Self.accepts("iri", uri + "é") == !Self.endsInPort(uri), "\(uri)")
            #expect(!Self.accepts("uri", "1" + uri) && !Self.accepts("uri", ":" + uri))
        }
    }

    /// Whether an appended letter would be part of the port.
    private static func endsInPort(_ uri: String) -> Bool {
        guard let start = uri.firstRange(of: "//") else { return false }
        let authority = uri[start.upperBound...]
        guard !authority.contains("/"), !authority.contains("?"), !authority.contains("#") else { return false }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
        return host.contains(":")
    }

    @Test("RFC 1123, section 2.1: labels have letters, digits and inner hyphens", arguments: 0..<4)
    func hostnames(seed: Int) {
        var random = SplitMix(seed: seed + 60)
        let letters = Array("abzAZ019").map(String.init)
        for _ in 0..<300 {
            let labels = (0..<(1 + random.number(below: 4))).map { _ in
                // Two hyphens in the third and fourth place are reserved (RFC 5890, section 2.3.1).
                let inner = (0..<random.number(below: 6)).map { _ in random.pick(letters + ["-a", "-9"]) }.joined()
                return random.pick(letters) + inner + random.pick(letters)
            }
            let name = labels.joined(separator: ".")
            for format in ["hostname", "idn-hostname"] {
                #expect(Self.accepts(format, name), "\(format) \(name)")
                for wrong in ["-" + name, name + "-", name + "..a", "." + name, name + "_", name + " ", name + ".-a"] {
                    #expect(!Self.accepts(format, wrong), "\(format) \(wrong)")
                }
            }
            #expect(Self.accepts("email", "x@" + name) && Self.accepts("uri", "http://\(name)/"), "\(name)")
        }
    }

    @Test(
        "RFC 3492, section 7.1: the samples of Punycode are labels, and a changed digit is not the same label",
        arguments: [
            "ihqwcrb4cv8a8dqg056pqjye", "4dbcagdahymbxekheh6e0a7fei0b", "proprostnemluvesky-uyb24dma41a",
            "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa",
            "b1abfaaepdrnnbgefbaDotcwatmq2g4l", "porqunopuedensimplementehablarenespaol-fmd56a",
        ])
    func punycode(encoded: String) {
        #expect(Self.accepts("hostname", "xn--" + encoded))
        #expect(Self.accepts("hostname", "a.xn--\(encoded).b"))
        #expect(!Self.accepts("hostname", "xn--" + encoded + "-"))
        #expect(!Self.accepts("hostname", "xn--"))
        #expect(!Self.accepts("hostname", "xn--" + encoded + "99999999"))
    }
}
