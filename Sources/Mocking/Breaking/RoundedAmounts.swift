import JSONDocument
import Primitives

/// Rounds amounts as code does that counts minor units with binary floating-point numbers: `Int(4.35 * 100)` is 434.
struct RoundedAmounts {
    /// The members that are amounts: the names that lead to each, outermost first. Arrays on the way do not count.
    let members: [[String]]
    /// Whether an amount changed.
    private(set) var isChanged = false

    init(_ members: [[String]]) {
        self.members = members
    }

    /// The value with its amounts rounded.
    ///
    /// - Parameter names: The names that lead to the value.
    mutating func rounded(_ value: JSONValue, below names: [String] = []) -> JSONValue {
        switch value {
        case .object(let object):
            var result = object
            for member in object.members {
                result[member.name] = rounded(member.value, below: names + [member.name])
            }
            return .object(result)
        case .array(let elements): return .array(elements.map { rounded($0, below: names) })
        case .number(let number): return isAmount(names) ? round(number).map { .number($0) } ?? value : value
        case .string(let text):
            guard isAmount(names), let number = JSONNumber(text), let rounded = round(number) else { return value }
            return .string(rounded.lexeme)
        case .null, .boolean: return value
        }
    }

    private func isAmount(_ names: [String]) -> Bool {
        members.contains { names.suffix($0.count).elementsEqual($0) { $0.isSame(as: $1) } }
    }

    /// The amount that remains of `number`; `nil` if it is the same.
    private mutating func round(_ number: JSONNumber) -> JSONNumber? {
        let bytes = number.lexeme.utf8
        guard let point = bytes.firstIndex(of: UInt8(ascii: ".")), !bytes.contains(where: { $0 | 0x20 == 0x65 }) else {
            return nil
        }
        let decimals = bytes.distance(from: point, to: bytes.endIndex) - 1
        // A double has about 16 digits, so larger amounts are lost in any case.
        guard decimals <= 9, number.double.magnitude < 1e6 else { return nil }
        let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
        let units = Int(number.double * scale)
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
        let text = (units < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
        guard let rounded = JSONNumber(text), rounded != number else { return nil }
        isChanged = true
        return rounded
    }
}
