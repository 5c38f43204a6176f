import Diagnostics
import Project
import Scenarios
import Testing

@Suite struct OneEffectReaderTests {
    private static func text(_ value: String) -> String {
        "promises: {resources: {order: {id: order_id, create: createOrder, one-effect: \(value)}}}\n"
    }

    @Test("the promise has defaults, and each part can be given")
    func reading() throws {
        func read(_ value: String) throws -> OneEffectPromise? {
            try project(Self.text(value)).judging.promises.resources.first?.oneEffect
        }
        let standard = try read("true")
        #expect(standard == OneEffectPromise())
        #expect(standard?.refusals == [409, 422, 429])
        #expect(try read("false") == nil)
        let items = try ItemPath.parse("data")
        let whole = try read(
            "{on: [pay, capture], refused: 400, count: {pay: {call: list, items: data, where: order_id}}}")
        #expect(
            whole
                == OneEffectPromise(
                    operations: ["pay", "capture"], refusals: [400],
                    counts: [.init(of: "pay", call: "list", items: items, where: "order_id")]))
    }

    @Test(
        "mistakes are reported",
        arguments: [
            ("maybe", "one-effect"), ("{off: x}", "off"), ("{refused: many}", "`refused` must be a status"),
            ("{count: {pay: {items: $}}}", "has no `call`"), ("{count: {pay: {call: list}}}", "has no `items`"),
        ])
    func mistakes(value: String, message: String) {
        #expect(problems(Self.text(value)).contains { $0.contains(message) }, "\(problems(Self.text(value)))")
    }
}
