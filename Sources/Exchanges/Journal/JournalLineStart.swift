internal import Primitives

/// The beginning of a line as `JournalLineWriter` writes it, read without parsing the line.
///
/// Names of members are unique in a valid line, so its first members are those of the parsed line. Invalid lines are found
/// later, when they are parsed.
enum JournalLineStart {
    /// A request, with its number and scenario.
    case sent(sequence: Int, scenario: String)
    /// The outcome of a request.
    case finished
    /// The end of a scenario.
    case ended(scenario: String)

    /// The beginning of `line`; `nil` if the line must be parsed.
    init?(_ line: [UInt8]) {
        var rest = line[...]
        guard rest.take(#"{"event":""#) else { return nil }
        if rest.take(#"received","#) || rest.take(#"failed","#) {
            self = .finished
        } else if rest.take(#"ended","scenario":""#) {
            guard let scenario = rest.takeText(), rest.elementsEqual([UInt8(ascii: "}")]) else { return nil }
            self = .ended(scenario: scenario)
        } else if rest.take(#"sent","sequence":"#) {
            guard let sequence = rest.takeNumber(), rest.take(#","scenario":""#), let scenario = rest.takeText()
            else { return nil }
            self = .sent(sequence: sequence, scenario: scenario)
        } else {
            return nil
        }
    }
}

extension ArraySlice<UInt8> {
    /// Removes `prefix`; returns false if the bytes begin with something else.
    fileprivate mutating func take(_ prefix: StaticString) -> Bool {
        let isPrefix = prefix.withUTF8Buffer { starts(with: $0) }
        if isPrefix { removeFirst(prefix.utf8CodeUnitCount) }
        return isPrefix
    }

    /// Removes a text without escapes and its closing quote; `nil` if it has an escape or is not UTF-8.
    fileprivate mutating func takeText() -> String? {
        guard let end = firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }),
            self[end] == UInt8(ascii: "\""), let text = String(validating: self[..<end], as: UTF8.self)
        else { return nil }
        self = self[(end + 1)...]
        return text
    }

    /// Removes a whole number from 1 that every platform can represent; `nil` if the bytes begin with something else.
    fileprivate mutating func takeNumber() -> Int? {
        let digits = prefix { $0.isASCIIDigit }
        guard (1...18).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
        removeFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
