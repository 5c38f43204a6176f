import Testing

@Suite("Mistakes in bodies") struct BodyMistakeTests {
    @Test("a body file must be JSON inside the project, with valid templates") func files() {
        let table = """
            scenario,step,call,body
            s,a,addBook,bodies/none.json
            ,b,addBook,../../x.json
            ,c,addBook,bodies/broken.json
            ,d,addBook,bodies/twice.json
            ,e,addBook,bodies/template.json
            ,f,addBook,bodies/unknown.json
            ,g,addBook,bodies/wrong.json
            ,h,addBook,as nobody
            ,i,getBook,bodies/ok.json
            """
        #expect(
            Library.problems(table, files: Library.bodies) == [
                "2:13 the body file is not valid JSON: expected a name in quotes, found \"}\" | "
                    + "names and texts have double quotes; there are no comments and no comma after the last value",
                "2:10 unknown value 'uid' | did you mean `{{uuid}}`?",
                "2:2 duplicate member \"title\"",
                "1:11 unknown step 'nobody' | the steps before this one are a, b, c, d, e",
                "1:11 'body/title' is a number, but the schema allows only string | fix the file; or "
                    + "add `invalid` to `opts` if the request must violate the contract",
                "2:13 the body file 'scenarios/bodies/none.json' cannot be read: there is no such file | "
                    + "name the body file relative to the table",
                "3:12 the body file '../../x.json' is outside the project | name a file relative to the "
                    + "table, inside the project",
                "9:15 unknown step 'nobody' | the steps before this one are a, b, c, d, e, f, g",
                "10:1 'getBook' requires the path parameter 'book_id', and the row does not set it | set book_id=value",
                "10:12 warning: the contract declares no body for 'getBook' | leave the cell empty, or "
                    + "add `invalid` to `opts` if the request must be rejected",
            ])
    }

    @Test("an example must exist and be valid against its schema") func examples() {
        let table = """
            scenario,step,call,body,set
            s,a,addBook,example,
            ,b,addBook,example nowel,
            ,c,addBook,example broken,
            ,d,getBook,example,book_id=x
            """
        #expect(
            Library.problems(table) == [
                "3:12 the body of 'addBook' has no example named 'nowel' | did you mean `example novel`?",
                "4:12 the example violates its own schema: '/title' of the example is a number, but the "
                    + "schema allows only string | fix the contract with an overlay, or write a JSON file",
                "5:12 the contract declares no body for 'getBook', so it has no example of a body | write a "
                    + "JSON file, or `none`",
            ])
    }

    @Test("a required body must be sent") func missing() {
        let table = """
            scenario,step,call,body
            s,a,addBook,
            ,b,addBook,none
            """
        #expect(
            Library.problems(table) == [
                "2:5 'body' is missing, but the contract requires a body | name a JSON file in `body`; or "
                    + "add `invalid` to `opts` if the request must violate the contract",
                "3:12 'body' is missing, but the contract requires a body | set the member, or put it into "
                    + "the body file; or add `invalid` to `opts` if the request must violate the contract",
            ])
    }

    @Test("a value that the schema rejects is reported at its location") func placesInFiles() {
        let table = """
            scenario,step,call,body,set
            s,a,addBook,bodies/wrong.json,
            ,b,addBook,bodies/wrong.json,title=x
            ,c,addBook,bodies/pages.json,
            ,d,addBook,bodies/pages.json,pages=3
            ,e,addBook,as d,pages=0
            ,f,addBook,as d,!title
            ,g,addBook,as d,
            """
        #expect(
            Library.problems(table, files: Library.bodies) == [
                "2:12 'body/pages': 0 is below the minimum 1 | fix the file; or add `invalid` to `opts` if the request must violate the contract",
                "2:9 'a' refers to itself | name an earlier step; in `check`, {{req.…}} is this request",
                "6:23 'pages': 0 is below the minimum 1",
                "7:12 'body' lacks the required member \"title\" | set the member, or put it into the body "
                    + "file; or add `invalid` to `opts` if the request must violate the contract",
            ])
    }

    @Test("each of several equal rows is reported, and a row with any difference is checked again")
    func repeated() {
        let table = """
            scenario,step,call,body,set,opts,expect
            s,a,addBook,,title=x,,
            ,b,addBook,as a,!title,,
            ,c,addBook,,pages=3,,
            t,a,addBook,,title=x,,
            ,b,addBook,as a,!title,,
            ,c,addBook,,pages=3,,
            u,a,addBook,,title=x,invalid,400
            ,b,addBook,none,title=x,invalid,400
            ,d,addBook,,title=x; pages=3,,
            """
        let lacks =
            "'body' lacks the required member \"title\" | set the member, or put it into the body "
            + "file; or add `invalid` to `opts` if the request must violate the contract"
        #expect(
            Library.problems(table) == [
                "3:12 \(lacks)", "4:4 \(lacks)", "6:12 \(lacks)", "7:4 \(lacks)",
                "8:22 the step 'a' is marked `invalid`, but its request does not violate the contract | remove `invalid`, or set a value that the contract forbids",
                "9:17 the row sends no body, so 'title' cannot be set | remove the item, or remove `none` from `body`",
            ])
    }

    @Test("values known only during a run are left open, and the rest is judged") func holes() {
        let table = """
            scenario,step,call,body,set,opts,expect
            s,a,addBook,,title=x,,
            ,b,addBook,bodies/hole.json,,,
            ,c,addBook,,title={{a.title}}; pages={{a.pages}},,
            ,d,addBook,,pages={{a.pages}},,
            ,e,listBooks,,genre={{a.genre}},invalid,400
            ,f,addBook,as b,,invalid,400
            ,g,addBook,,title={{a.title}}x; price={{a.price}}1,,
            """
        #expect(
            Library.problems(table, files: Library.bodies) == [
                "5:4 'body' lacks the required member \"title\" | set the member, or put it into the body "
                    + "file; or add `invalid` to `opts` if the request must violate the contract"
            ])
    }
}
