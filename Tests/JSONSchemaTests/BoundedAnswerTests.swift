import Testing

@testable import JSONSchema

@Suite("Bounded results by schema")
struct BoundedAnswerTests {
    @Test("the latest result is known, however many there were, and their number is bounded")
    func latest() {
        var answers = BoundedAnswers<Int>()
        for entry in 0..<20_000 {
            let source = SchemaSource(document: 0, entry: entry)
            answers[source] = entry
            #expect(answers[source] == entry)
        }
        let known = (0..<20_000).count { answers[SchemaSource(document: 0, entry: $0)] != nil }
        #expect(known <= 8_192)
    }
}
