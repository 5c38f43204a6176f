import Reporting
import TestKit
import Testing

@Suite struct UnifiedDiffTests {
    @Test("a unified diff has hunks with three lines around each change")
    func unifiedDiff() {
        let old = (1...20).map { "line \($0)\n" }.joined()
        let new = old.replacing("line 2\n", with: "two\n").replacing("line 6\n", with: "six\n")
            .replacing("line 18\n", with: "eighteen\n")
        #expect(
            UnifiedDiff.text("t.csv", from: Array(old.utf8), to: Array(new.utf8)) == """
                --- a/t.csv
                +++ b/t.csv
                @@ -1,9 +1,9 @@
                 line 1
                -line 2
                +two
                 line 3
                 line 4
                 line 5
                -line 6
                +six
                 line 7
                 line 8
                 line 9
                @@ -15,6 +15,6 @@
                 line 15
                 line 16
                 line 17
                -line 18
                +eighteen
                 line 19
                 line 20

                """)
    }

    private static func diff(_ old: [String], _ new: [String]) -> String {
        func bytes(_ lines: [String]) -> [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }
        return UnifiedDiff.text("t", from: bytes(old), to: bytes(new))
    }

    /// The lines of a file after a patch, as `patch` applies it: the numbers of hunks must be right.
    private static func patched(_ old: [String], _ diff: String) throws -> [String] {
        var result: [String] = []
        var place = 0
        var left = [0, 0]
        for line in diff.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).dropLast() {
            if let head = line.wholeMatch(of: /@@ -([0-9]+),([0-9]+) \+([0-9]+),([0-9]+) @@/) {
                #expect(left == [0, 0], "the hunk in front of \(line) has other counts")
                let numbers = [head.output.1, head.output.2, head.output.3, head.output.4].compactMap { Int($0) }
                // A hunk without lines of a side names the line in front of it.
                let start = numbers[0] - (numbers[1] == 0 ? 0 : 1)
                try #require(place <= start && start <= old.count, "\(line)")
                result += old[place..<start]
                place = start
                #expect(result.count == numbers[2] - (numbers[3] == 0 ? 0 : 1))
                left = [numbers[1], numbers[3]]
                continue
            }
            let text = String(line.dropFirst())
            if line.hasPrefix("-") || line.hasPrefix(" ") {
                #expect(old.dropFirst(place).first == text)
                place += 1
                left[0] -= 1
            }
            if line.hasPrefix("+") || line.hasPrefix(" ") {
                result.append(text)
                left[1] -= 1
            }
        }
        #expect(left == [0, 0])
        return result + old.dropFirst(place)
    }

    @Test("a patch of random edits leads from the old to the new lines, with right numbers")
    func random() throws {
        var random = SplitMix(seed: 3)
        for _ in 0..<400 {
            let old = (0..<random.number(below: 40)).map { _ in random.pick(["a", "b", "c", "", "d,e"]) }
            var new = old
            for _ in 0..<random.number(below: 5) {
                let place = random.number(below: new.count + 1)
                switch random.number(below: 3) {
                case 0: new.insert("new", at: place)
                case 1 where place < new.count: new.remove(at: place)
                default: if place < new.count { new[place] += "x" }
                }
            }
            let diff = Self.diff(old, new)
            #expect(try Self.patched(old, diff) == new, "\(old) \(new)\n\(diff)")
            #expect((old == new) == !diff.contains("@@"))
        }
    }

    @Test(
        "changes with at most six lines between them are one hunk",
        arguments: [(6, 1), (7, 2), (0, 1), (20, 2)])
    func hunks(between: Int, hunks: Int) {
        let middle = (0..<between).map { "m\($0)" }
        let diff = Self.diff(["a"] + middle + ["b"], ["A"] + middle + ["B"])
        #expect(diff.split(separator: "\n").count { $0.hasPrefix("@@") } == hunks)
    }

    @Test("a side without lines is numbered by the line in front of it")
    func emptySides() {
        #expect(Self.diff([], ["a", "b"]) == "--- a/t\n+++ b/t\n@@ -0,0 +1,2 @@\n+a\n+b\n")
        #expect(Self.diff(["a"], []) == "--- a/t\n+++ b/t\n@@ -1,1 +0,0 @@\n-a\n")
        #expect(Self.diff(["a"], ["a"]) == "--- a/t\n+++ b/t\n")
    }

    @Test("line ends of either kind are not a difference, and text after the last line end is a line")
    func lineEnds() {
        let old = Array("a\r\nb\r\nc".utf8)
        #expect(!UnifiedDiff.text("t", from: old, to: Array("a\nb\nc\n".utf8)).contains("@@"))
        let diff = UnifiedDiff.text("t", from: old, to: Array("a\nb\nd".utf8))
        #expect(diff.hasSuffix(" a\n b\n-c\n+d\n"))
    }

    @Test("a table with thousands of edited cells is compared line by line")
    func large() throws {
        let old = (0..<20_000).map { "row \($0)" }
        let new = old.enumerated().map { $0.offset % 2 == 0 ? $0.element + "!" : $0.element }
        #expect(Self.diff(old, new).split(separator: "\n").count == 3 + 30_000)
    }
}
