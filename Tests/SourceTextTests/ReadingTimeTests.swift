import Foundation
import JSONDocument
import SourceText
import Testing

/// Reading takes time in proportion to the text: sixteen times the text takes far less than 256 times as long.
@Suite("Time of reading", .serialized)
struct ReadingTimeTests {
    struct Shape: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: @Sendable (Int) -> String

        init(_ name: String, _ text: @escaping @Sendable (Int) -> String) {
            (testDescription, self.text) = (name, text)
        }
    }

    static let shapes = [
        Shape("members") { (0..<$0).map { "name\($0): value \($0)\n" }.joined() },
        Shape("nested mappings") { (0..<$0).map { "- a: {b: [\($0), x]}\n  c: 'd'\n" }.joined() },
        Shape("anchors and aliases") { (0..<$0).map { "- &a\($0) {b: \($0)}\n- *a\($0)\n" }.joined() },
        Shape("merge keys") { "- &m {x: 1}\n" + (0..<$0).map { "- {<<: *m, y: \($0)}\n" }.joined() },
        Shape("tags") { (0..<$0).map { "- !!str \($0)\n- !own x\n" }.joined() },
        Shape("keys that are lists") { (0..<$0).map { "? [a\($0)]\n: 1\n" }.joined() },
        Shape("JSON members") { "{" + (0..<$0).map { "\"name\($0)\": [\($0)]" }.joined(separator: ",\n") + "}" },
    ]

    @Test("a larger text takes proportionally longer", arguments: shapes)
    func proportion(shape: Shape) {
        let (small, large) = (Array(shape.text(200).utf8), Array(shape.text(3_200).utf8))
        let short = (0..<5).map { _ in Self.time { Self.read(small) } }.min() ?? 0
        let long = (0..<3).map { _ in Self.time { Self.read(large) } }.min() ?? 0
        #expect(long < 64 * max(short, 100_000))
    }

    private static func read(_ bytes: [UInt8]) {
        guard let file = try? SourceReader.parse(bytes, path: "a.yaml") else { return }
        for member in file.document.root.members { _ = member.namePosition }
        for element in file.document.root.elements { _ = element.position }
    }

    /// The processor time of this thread in nanoseconds, which does not depend on what else runs.
    private static func time(_ work: () -> Void) -> Int {
        func now() -> Int {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return time.tv_sec * 1_000_000_000 + time.tv_nsec
        }
        let start = now()
        work()
        return now() - start
    }
}
