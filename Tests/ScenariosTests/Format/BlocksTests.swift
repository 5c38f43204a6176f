import Scenarios
import Testing

@Suite("Rows as blocks") struct BlocksTests {
    private func blocks(_ text: String) -> String {
        TableBlocks.text(TableSource(path: "t.csv", bytes: Array(text.utf8)))
    }

    @Test("a row is a block with one line per item")
    func scenarios() {
        #expect(
            blocks(
                """
                scenario,step,call,set,expect,check.a,note
                # a comment
                s,a,get /books/{book_id},book_id=1;x='a;b',200,= 5,"two
                lines"
                s,b,listBooks,,,,
                t,a,wait 2s,oops,,,
                """) == """
                    # a comment

                    s
                      a  GET /books/{book_id}
                        set       book_id=1
                                  x='a;b'
                        expect    200
                        check.a   5
                        note      two\\nlines
                      b  listBooks

                    t
                      a  wait 2s
                        set       oops

                    """)
    }

    @Test("laws and data have blocks as well")
    func others() {
        #expect(
            blocks("law,when,check\nl,status=2xx;time<1,!x\n") == """
                l
                  when   status=2xx
                         time<1
                  check  !x

                """)
        #expect(blocks("case,a\nc,1\nd,\n") == "-\n  case  c\n  a     1\n-\n  case  d\n")
    }

    @Test("a file that is not a table is returned unchanged, so that its diff can be shown")
    func broken() {
        #expect(blocks("a,b\n\"x\n") == "a,b\n\"x\n")
    }
}
