import Diagnostics
import JSONDocument
import SourceText
import Testing

@Suite("Positions in stacked files")
struct SourceMapTests {
    @Test("a position below the first file belongs to the next file")
    func stacked() throws {
        let root = try SourceReader.parse(Array("a: 1\nb: 2\n".utf8), path: "a")
        var map = SourceMap(file: "a")
        #expect(map.stack(file: "b", lineCount: 0, below: root) == 3)
        #expect(map.stack(file: "c", lineCount: 2, below: root) == 4)
        let places = (1...6).map { map.location(of: TextPosition(line: $0, column: 2)).description }
        #expect(places == ["a:1:2", "a:2:2", "a:3:2", "b:1:2", "c:1:2", "c:2:2"])
    }

    @Test("lines end with LF, CR LF or CR")
    func lines() throws {
        for (text, count) in [("a: 1", 1), ("a: 1\n", 2), ("a: 1\r\nb: 2\r\n", 3), ("a: 1\rb: 2", 2)] {
            #expect(try SourceReader.parse(Array(text.utf8), path: "a").lineCount == count)
        }
    }
}
