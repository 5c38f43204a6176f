import Scenarios
import Testing

@Suite("Promoted items") struct PromotionTests {
    private let table = """
        scenario,step,call,set,check
        s,a,addBook,title=x; pages=7,pages>=5; title~/x;y/
        ,b,addBook,!pages; title='7',
        ,c,getBook,book_id=1,

        """

    @Test("an item can be moved out of 'set' or 'check', with any operator")
    func promote() {
        #expect(
            formatted(table, as: TableForm(promoted: ["set.pages", "check.title"])) == """
                scenario,step,call,set,set.pages,check,check.title
                s,a,addBook,title=x,7,pages>=5,~/x;y/
                ,b,addBook,title='7',!,,
                ,c,getBook,book_id=1,,,

                """)
    }

    @Test("a path alone applies to both columns")
    func both() {
        #expect(
            formatted(table, as: TableForm(promoted: ["pages"])) == """
                scenario,step,call,set,set.pages,check,check.pages
                s,a,addBook,title=x,7,title~/x;y/,>=5
                ,b,addBook,title='7',!,,
                ,c,getBook,book_id=1,,,

                """)
    }

    @Test("an item can be moved back, and its protecting quote is removed")
    func demote() {
        let wide = """
            scenario,step,call,set.pages,set.title,check.pages
            s,a,addBook,'007,'x',< =5
            ,b,addBook,!,'=x,
            ,c,listBooks,,,

            """
        #expect(
            formatted(wide, as: TableForm(demoted: ["pages", "set.title"])) == """
                scenario,step,call,set,check
                s,a,addBook,pages=007; title='x',pages< =5
                ,b,addBook,!pages; title==x,
                ,c,listBooks,,

                """)
    }

    @Test("moving there and back gives the same table")
    func roundTrip() {
        let form = TableForm(promoted: ["set.title", "check.title"])
        let back = TableForm(demoted: ["set.title", "check.title"])
        let again = formatted(formatted(table, as: form), as: back)
        #expect(
            again == """
                scenario,step,call,set,check
                s,a,addBook,pages=7; title=x,pages>=5; title~/x;y/
                ,b,addBook,!pages; title='7',
                ,c,getBook,book_id=1,

                """)
        #expect(formatted(formatted(again, as: form), as: back) == again)
    }

    @Test("an item whose order matters, or that occurs twice, is not moved")
    func refused() {
        #expect(
            formatted("call,set\nx,\"a:={}; a.b=1\"\n", as: TableForm(promoted: ["set.a"]))
                == "2:1 'a' cannot be moved out of the cell: another item sets the same value, and their order matters")
        #expect(
            formatted("call,set,set.a\nx,a=1,2\n", as: TableForm(promoted: ["a"]))
                == "2:1 'a' cannot be moved out of the cell: another item sets the same value, and their order matters")
        #expect(
            formatted("call,set,set.a\nx,a=1,2\n", as: TableForm(demoted: ["a"]))
                == "2:1 the item of 'set.a' cannot be moved into the cell")
        #expect(
            formatted("call,set\nx,a=1\n", as: TableForm(promoted: ["set.a..b"]))
                == "'set.a..b' is not a valid item: a name is missing here | write set.PATH, check.PATH, or PATH alone")
    }
}
