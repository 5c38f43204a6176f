import JSONDocument
import Testing

@Suite("Limits")
struct LimitTests {
    private func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test("nesting up to the limit is accepted, and one level more is rejected where it begins")
    func depth() throws {
        #expect(try JSONDocument(parsing: nested(512)).root.count == 1)
        let error = syntaxError(nested(513))
        #expect(error?.reason == .tooDeep)
        #expect(error?.position.column == 513)
        #expect(error?.message == "nested deeper than 512 levels")
    }

    @Test("a hundred thousand open brackets are rejected immediately, whatever the limit")
    func bomb() {
        let text = String(repeating: "[{\"a\":", count: 100_000)
        #expect(syntaxError(text)?.reason == .tooDeep)
        #expect(syntaxError(text, limits: JSONLimits(maximumDepth: .max))?.reason == .tooDeep)
    }

    @Test("every operation works at the maximum depth")
    func greatestDepth() throws {
        let limits = JSONLimits(maximumDepth: .max)
        let half = JSONLimits.depthCeiling / 2
        let open = String(repeating: "[{\"a\":", count: half)
        let text = open + "1" + String(repeating: "}]", count: half)
        let document = try JSONDocument(parsing: text, limits: limits)
        let value = document.root.value
        let other = try JSONDocument(parsing: text.replacingOne(with: "2"), limits: limits)
        #expect(document.root.spelling == text)
        #expect(value.text == text)
        #expect(value == document.root.value)
        #expect(value.hashValue == document.root.value.hashValue)
        #expect(value != other.root.value)
        #expect(document.withTape { one in other.withTape { !JSONTape.equal(one, 0, $0, 0) } })
        let differences = JSONDifference.between(expected: value, actual: other.root.value)
        #expect(differences.map(\.pointer.tokens.count) == [2 * half])
        #expect(JSONDocument(value).root.spelling == text)
        var builder = JSONDocumentBuilder(limits: limits)
        try builder.copy(document.root)
        #expect(try builder.finish().root.spelling == text)
        var hasher = Hasher()
        document.withTape { $0.hash(at: 0, into: &hasher) }
    }

    @Test("size and number of values are bounded")
    func sizes() throws {
        #expect(syntaxError("[1,2,3]", limits: JSONLimits(maximumBytes: 6))?.reason == .tooLarge)
        #expect(syntaxError("[1,2,3]", limits: JSONLimits(maximumBytes: 7)) == nil)
        let error = syntaxError("[1,{\"a\":3}]", limits: JSONLimits(maximumNodes: 3))
        #expect(error?.reason == .tooManyValues)
        #expect(error?.position.column == 9)
        #expect(syntaxError("[1,{\"a\":3}]", limits: JSONLimits(maximumNodes: 4)) == nil)
    }
}

extension String {
    fileprivate func replacingOne(with text: String) -> String {
        split(separator: "1").joined(separator: text)
    }
}
