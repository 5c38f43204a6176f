import JSONDocument
import JSONSchema
import TestKit
import Testing

@testable import Generation

/// Values of random schemas.
struct RandomSchemaTests {
    @Test("a value satisfies its schema, or there is none", arguments: 0..<20)
    func satisfied(seed: Int) throws {
        var random = SplitMix(seed: seed)
        var made = 0
        for index in 0..<5 {
            let text = SchemaMaker.schema(&random, depth: 3).text
            let schema = try OneSchema(text)
            guard let value = schema.value(seed: "\(index)", style: index.isMultiple(of: 2) ? .plain : .varied) else {
                continue
            }
            made += 1
            #expect(try schema.issues(value).isEmpty, "\(value.text) of \(text)")
            #expect(schema.value(seed: "\(index)", style: index.isMultiple(of: 2) ? .plain : .varied) == value)
        }
        #expect(made >= 3, "\(made) of 5 schemas have a value")
    }

    @Test("a break is found by the keyword that it names", arguments: 100..<112)
    func broken(seed: Int) throws {
        var random = SplitMix(seed: seed)
        let text = SchemaMaker.schema(&random, depth: 2).text
        let schema = try OneSchema(text)
        guard let value = schema.value(), let breaker = ValueBreaker(place: schema.place, schemas: schema.store) else {
            return
        }
        for wanted in breaker.breaks(of: value) {
            let broken = try #require(breaker.broken(value, by: wanted), "\(wanted) of \(value.text) by \(text)")
            let keywords = Set(try schema.issues(broken).map(\.keyword))
            #expect(keywords == [wanted.keyword], "\(broken.text) by \(text)")
        }
    }
}
