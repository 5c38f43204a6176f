import JSONDocument
import TestKit

extension JSONValue {
    private static let texts = [
        "", "a", "é", "e\u{301}", "\u{0}", "\u{1F}\"\\/", "\u{2028}\u{2029}", "😀", "\u{7F}", "line\nbreak\r\t",
        "\u{FFFF}",
        "long enough to need more than one word of eight bytes ✓",
    ]

    private static let numbers = [
        "0", "-0", "1", "-1.50", "1e400", "1E-7", "123456789012345678901234567890", "0.1", "-2.5e+3",
        "9007199254740993",
    ]

    /// A value of any kind; containers nest at most `depth` levels.
    static func random(depth: Int, using random: inout SplitMix) -> JSONValue {
        switch random.next() % (depth > 0 ? 8 : 5) {
        case 0: return .null
        case 1: return .boolean(random.next() % 2 == 0)
        case 2, 3:
            return (numbers.randomElement(using: &random).flatMap(JSONNumber.init)).map(JSONValue.number) ?? .null
        case 4: return .string(texts.randomElement(using: &random) ?? "")
        case 5, 6:
            var object = JSONObject()
            for _ in 0..<random.next() % 24 {
                let name = (texts.randomElement(using: &random) ?? "") + "\(random.next() % 9)"
                object[name] = .random(depth: depth - 1, using: &random)
            }
            return .object(object)
        default:
            return .array((0..<random.next() % 6).map { _ in .random(depth: depth - 1, using: &random) })
        }
    }

    /// The value with a change somewhere in it, or none.
    func changed(using random: inout SplitMix) -> JSONValue {
        switch self {
        case .array(var elements) where !elements.isEmpty && random.next() % 4 > 0:
            let index = Int(random.next() % UInt64(elements.count))
            switch random.next() % 3 {
            case 0: elements.remove(at: index)
            case 1: elements.insert(.integer(77), at: index)
            default: elements[index] = elements[index].changed(using: &random)
            }
            return .array(elements)
        case .object(var object) where !object.isEmpty && random.next() % 4 > 0:
            let name = object.names[Int(random.next() % UInt64(object.count))]
            switch random.next() % 3 {
            case 0: object[name] = nil
            case 1: object["added"] = 1
            default: object[name] = object[name]?.changed(using: &random)
            }
            return .object(object)
        default: return .integer(Int(random.next() % 10))
        }
    }
}
