import Scenarios
import Testing

@testable import Conformance

@Suite("Places of scenarios")
struct ScenarioPlacesTests {
    static func list(_ names: [String]) -> ScenarioList {
        ScenarioList(names.map { Scenario(id: $0, name: $0, file: "t.csv", line: 1, steps: []) })
    }

    @Test("every scenario is found, and no other", arguments: [0, 1, 2, 3, 1_000])
    func found(count: Int) {
        let names = (0..<count).map { "s\($0)" }
        let places = ScenarioPlaces(Self.list(names))
        for (place, name) in names.enumerated() { #expect(places[name] == place) }
        for number in count..<2 * count + 10 { #expect(places["s\(number)"] == nil) }
    }

    @Test("equal scenarios have the place of the first of them; names that only look equal are different")
    func equal() {
        let places = ScenarioPlaces(Self.list(["a", "b", "a", "\u{E9}", "e\u{301}", "b"]))
        #expect(["a", "b", "\u{E9}", "e\u{301}"].map { places[$0] } == [0, 1, 3, 4])
    }
}
