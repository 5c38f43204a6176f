import Reporting
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
}
