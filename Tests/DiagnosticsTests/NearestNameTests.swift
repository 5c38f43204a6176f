import Diagnostics
import Testing

@Suite("Nearest names")
struct NearestNameTests {
    @Test(
        "the nearest candidate has a changed, missing, extra or swapped letter",
        arguments: [
            ("vesrion", "version"), ("Version", "version"), ("versio", "version"), ("versionn", "version"),
            ("expct", "expect"), ("chek", "check"), ("EXPECT", "expect"),
        ])
    func near(name: String, wanted: String) {
        #expect(nearestName(to: name, among: ["version", "expect", "check", "body"]) == wanted)
    }

    @Test(
        "an empty name, or a name far from all candidates, has no nearest name",
        arguments: ["colour", "", "v", "body_and_more", String(repeating: "version", count: 20)])
    func far(name: String) {
        #expect(nearestName(to: name, among: ["version", "expect", "check", "body"]) == nil)
    }

    @Test("the first of equally near candidates wins")
    func ties() {
        #expect(nearestName(to: "bat", among: ["cat", "bad", "hat"]) == "cat")
        #expect(nearestName(to: "bat", among: ["hat", "bad", "cat"]) == "hat")
    }

    @Test("an exact candidate wins over an earlier near one")
    func exact() {
        #expect(nearestName(to: "body", among: ["bodyy", "body"]) == "body")
    }

    @Test("letters are compared by Unicode scalar: a composed and a decomposed accent differ")
    func scalars() {
        #expect(nearestName(to: "caf\u{E9}", among: ["cafe\u{301}"]) == nil)
        #expect(nearestName(to: "caf\u{E9}s", among: ["caf\u{E9}"]) == "caf\u{E9}")
    }

    @Test("a candidate longer than the bound is ignored")
    func bound() {
        let long = String(repeating: "a", count: 101)
        #expect(nearestName(to: String(repeating: "a", count: 100), among: [long]) == nil)
        #expect(
            nearestName(to: String(repeating: "a", count: 99) + "b", among: [String(repeating: "a", count: 100)]) != nil
        )
    }
}
