import Testing

@Suite("Mistakes in 'set'") struct SetMistakeTests {
    @Test("a name must refer to one place") func names() {
        let table = """
            scenario,step,call,set
            s,a,addBook,titel=Emma
            ,b,addBook,colour=red
            ,c,moveBook,book_id=x
            ,d,addBook,title=Emma; author.nam=Jane
            ,e,addBook,title=Emma; title.x=1
            ,f,addBook,title=Emma; status=IN
            ,g,addBook,title=Emma; pages<3
            ,h,addBook,title=Emma; tags[*]=x
            ,i,addBook,title=Emma; title=Persuasion
            ,j,getBook,path.bok_id=x
            ,k,addBook,title=Emma; header.x-request-kee=abc
            ,l,getBook,book_id=''
            ,m,getBook,!book_id
            """
        #expect(
            Library.problems(table) == [
                "2:13 'addBook' has no parameter and no body member 'titel' | did you mean `title`?",
                "3:12 'addBook' has no parameter and no body member 'colour' | it has x-api-version, "
                    + "x-request-key, title, book_id, pages, price, genre, isbn …; write an undeclared name "
                    + "with its place: body.colour or query.colour or header.colour",
                "4:13 'book_id' can mean either of 'path.book_id' and 'body.book_id' | write one of them: path.book_id or body.book_id",
                "5:24 the contract declares no member 'nam' at 'author.nam' | did you mean `name`?",
                "6:24 'title.x' leads into a value of type string, which has no members | see the schema of the body in the contract",
                "7:24 'status' is a part of the response and cannot be set | write body.status for a body member of that name",
                "8:24 `<` is a check, but `set` defines what to send | write pages=value here, or move the item to `check`",
                "9:24 `set` requires one place, but 'tags[*]' can match several | use an index: [0]",
                "10:24 'title' is set twice in this row",
                "11:12 the path of 'getBook' has no parameter 'bok_id' | did you mean `path.book_id`?",
                "12:24 warning: 'addBook' declares no header parameter 'x-request-kee'; it is sent as text "
                    + "| did you mean `header.x-request-key`?",
                "13:12 the path parameter 'book_id' is empty, which results in another path | call an "
                    + "undeclared path in an invalid row instead",
                "14:12 the required path parameter 'book_id' is omitted | add `invalid` to `opts` if the request must violate the contract",
            ])
    }

    @Test("a value must be valid against the schema of its place") func values() {
        let table = """
            scenario,step,call,set
            s,a,addBook,title=Emma; pages=ten
            ,b,addBook,title=Emma; pages=0
            ,c,addBook,title=Emma; pages='7'
            ,d,addBook,title=Emma; genre=novell
            ,e,addBook,title=''
            ,f,addBook,title=Emma; author=Jane
            ,g,addBook,title=Emma; author.born=1775
            ,h,addBook,title=Emma; lent=yes
            ,i,addBook,title=Emma; x-request-key=ab
            ,j,addBook,title=null
            ,k,addBook,title=Emma; body.colour=red
            ,l,addBook,title=Emma; extra.weight=3
            ,m,addBook,pages=3
            ,n,moveBook,path.book_id=x; body.colour=red
            ,o,addBook,title=Emma; !header.x-api-version
            ,p,listBooks,limit=5
            ,q,getBook,
            """
        #expect(
            Library.problems(table) == [
                "2:31 'pages': 'ten' is text, but the schema allows integer | add `invalid` to `opts` if the request must violate the contract",
                "3:30 'pages': 0 is below the minimum 1",
                "4:30 'pages': '7' is a quoted string, but the schema allows integer | add `invalid` to `opts` if the request must violate the contract",
                "5:30 'genre': \"novell\" is not one of the 3 allowed values \"novel\", \"poem\", \"essay\" | "
                    + "did you mean `novel`?",
                "6:18 'title' has no characters, but at least 1 is needed",
                "7:31 'author': 'Jane' is text, but the schema allows object; write it as JSON after `:=` | "
                    + "add `invalid` to `opts` if the request must violate the contract",
                "8:36 'author.born': \"1775\" is not in the format date",
                "9:29 'lent': 'yes' is text, but the schema allows boolean | add `invalid` to `opts` if the request must violate the contract",
                "10:38 'x-request-key' has 2 characters, but at least 3 are needed",
                "12:36 note: the contract does not declare the type of 'body.colour': the text is sent "
                    + "as a string | write body.colour:=red for another JSON value",
                "13:37 note: the contract does not declare the type of 'extra.weight': the text is sent "
                    + "as a string | write extra.weight:=3 for another JSON value",
                "14:4 'body' lacks the required member \"title\" | set the member, or put it into the body "
                    + "file; or add `invalid` to `opts` if the request must violate the contract",
                "15:4 'body' has the member \"colour\", which the schema does not allow | add `invalid` to `opts` if the request must violate the contract",
                "15:41 note: the contract does not declare the type of 'body.colour': the text is sent "
                    + "as a string | write body.colour:=red for another JSON value",
                "16:24 the required header parameter 'x-api-version' is omitted | add "
                    + "`invalid` to `opts` if the request must violate the contract",
                "17:14 'listBooks' requires the query parameter 'genre', and the row does not set it | set "
                    + "genre=value, or omit it with '!query.genre' in an invalid row",
                "18:12 'getBook' requires the path parameter 'book_id', and the row does not set it | set book_id=value",
            ])
    }

    @Test("values have the types of the contract") func goodValues() {
        let table = """
            scenario,step,call,set
            s,a,addBook,"title=Emma; pages=10; price=10.50; lent=true; isbn=null; author:={""name"":""J""}; tags[0]=x"
            ,b,addBook,title='null'; isbn='null'
            ,c,addBook,title=00123
            """
        #expect(
            Library.problems(table) == [])
    }

    @Test("an invalid row must violate the contract and name the rejecting status") func invalid() {
        let table = """
            scenario,step,call,set,expect,opts
            s,a,addBook,title=Emma,400,invalid
            ,b,addBook,title=Emma; pages='x',,invalid
            ,c,addBook,title=Emma; pages='x',400,invalid
            ,d,addBook,!title,400,invalid
            ,e,addBook,title=Emma; !header.x-api-version,400,invalid
            ,f,addBook,title=Emma; header.content-type=text/plain,400,invalid
            ,g,addBook,title=Emma; pages={{a.pages}},400,invalid
            """
        #expect(
            Library.problems(table) == [
                "2:28 the step 'a' is marked `invalid`, but its request does not violate the contract | remove "
                    + "`invalid`, or set a value that the contract forbids",
                "3:34 the step 'b' is marked `invalid`, but does not say which status rejects it | write the status "
                    + "of the rejection, such as 400 or 4xx",
                "8:30 the contract allows no member 'pages' at 'pages' of step 'a' | it declares code, message",
            ])
    }

    @Test("a promoted cell is typed like an item") func promoted() {
        let table = """
            scenario,step,call,set.genre,set.limit,check.$[0].title
            s,a,listBooks,novel,10,
            ,b,listBooks,novel,ten,
            ,c,listBooks,nowel,'5,~len:2
            ,d,listBooks,novel,5;6,Emma
            """
        #expect(
            Library.problems(table) == [
                "3:20 'limit': 'ten' is text, but the schema allows integer | add `invalid` to `opts` if the request must violate the contract",
                "4:14 'genre': \"nowel\" is not one of the 3 allowed values \"novel\", \"poem\", \"essay\" | "
                    + "did you mean `novel`?",
                "5:21 the column contains one item, but ';' separates items | quote a value that contains ';': '5;6'",
            ])
    }

    @Test("a mistake in a default is reported once, at its location") func defaults() {
        let table = """
            scenario,step,call,set,check,expect
            s,*,listBooks,genre=nowel; limit=5,,
            ,a,,genre=novel,,
            ,b,,limit=200,,
            ,c,getBook,book_id=x,,
            """
        #expect(
            Library.problems(table) == [
                "2:15 'getBook' has no parameter 'genre' | it has book_id; write an undeclared name with "
                    + "its place: query.genre or header.genre",
                "2:21 'genre': \"nowel\" is not one of the 3 allowed values \"novel\", \"poem\", \"essay\" | "
                    + "did you mean `novel`?",
                "2:28 'getBook' has no parameter 'limit' | it has book_id; write an undeclared name with "
                    + "its place: query.limit or header.limit",
                "4:11 'limit': 200 is above the maximum 100",
            ])
    }
}
