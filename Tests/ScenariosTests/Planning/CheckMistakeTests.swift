import Testing

@Suite("Mistakes in expectations") struct CheckMistakeTests {
    @Test("statuses must be numbers or hundreds, and documented") func expect() {
        let table = """
            scenario,step,call,set,expect
            s,a,getBook,book_id=x,20
            ,b,getBook,book_id=x,200|
            ,c,getBook,book_id=x,ok
            ,d,getBook,book_id=x,418
            ,e,getBook,book_id=x,2XX | 404
            """
        #expect(
            Library.problems(table) == [
                "2:23 '20' is not a valid status | write 200, 2xx or 400|409",
                "3:26 the status is missing | write 200, 2xx or 400|409",
                "4:22 'ok' is not a valid status | write 200, 2xx or 400|409",
                "5:22 warning: the contract documents no status 418 for 'getBook' | an undocumented status "
                    + "is a finding even if it is expected; the documented ones are 200, 404",
            ])
    }

    @Test("a check must be about a part that a documented response can have") func checks() {
        let table = """
            scenario,step,call,set,expect,check
            s,a,getBook,book_id=x,,titel=Emma
            ,b,getBook,book_id=x,404,cod=unknown
            ,c,getBook,book_id=x,404,body.cod=unknown
            ,d,getBook,book_id=x,,body.colour=red
            ,e,getBook,book_id=x,,title.x=1
            ,f,getBook,book_id=x,,body.status=INN
            ,g,getBook,book_id=x,,body.status!=INN
            ,h,getBook,book_id=x,,pages=ten
            ,i,getBook,book_id=x,,pages>ten
            ,j,getBook,book_id=x,,status=IN
            ,k,getBook,book_id=x,,time<fast
            ,l,getBook,book_id=x,,$~schema:Bok
            ,m,addBook,title=Emma,,header.x-limit-lef=3
            ,n,addBook,title=Emma,,header.x-limit-left=many
            ,o,getBook,book_id=x,,added_at<yesterday; added_at>2024-01-01T00:00:00Z
            ,p,getBook,book_id=x,,$[0]~present
            ,q,listBooks,genre=novel,,$[0].titel=x
            ,r,getBook,book_id=x,200|404,code=unknown; title=x
            """
        #expect(
            Library.problems(table) == [
                "2:24 the contract declares no member 'titel' at 'titel' | did you mean `title`?",
                "3:26 the contract allows no member 'cod' at 'cod' | did you mean `code`?",
                "4:26 the contract allows no member 'cod' at 'body.cod' | did you mean `code`?",
                "6:23 'title.x' leads into a value of type string, which has no members | see the schema of the response in the contract",
                "7:35 'body.status': \"INN\" is not one of the 2 allowed values \"IN\", \"OUT\"; no response that satisfies the contract has this value | did you mean `IN`?",
                "8:36 warning: 'body.status': \"INN\" is not one of the 2 allowed values \"IN\", \"OUT\"; no "
                    + "response that satisfies the contract has this value | did you mean `IN`?",
                "9:29 'pages': 'ten' is text, but the schema allows integer",
                "10:29 'ten' is neither a number nor a time, so `>` cannot compare it | write a number, or a "
                    + "time such as 2026-02-28T12:00:00Z",
                "11:23 warning: 'status' means the status code, not the member 'status' of the body | write body.status for the body member",
                "11:30 'IN' is not a valid status | write status=200 or status=2xx",
                "12:28 'fast' is neither a number nor a time, so `<` cannot compare it | `time` is in seconds: time<0.5",
                "13:25 the contract '1' has no schema 'Bok' | did you mean `schema:Book`?",
                "14:24 warning: no response of 'addBook' declares the header 'x-limit-lef' | did you mean "
                    + "`header.x-limit-left`?",
                "15:44 'header.x-limit-left': 'many' is text, but the schema allows integer",
                "16:32 'yesterday' is neither a number nor a time, so `<` cannot compare it | write a number, "
                    + "or a time such as 2026-02-28T12:00:00Z",
                "17:23 '$[0]' leads into a value of type object, which has no elements | see the schema of the response in the contract",
                "18:27 the contract declares no member 'titel' at '$[0].titel' | did you mean `title`?",
            ])
    }

    @Test("same_as and save must name earlier steps and declared members") func sameAsAndSave() {
        let table = """
            scenario,step,call,set,same_as,save
            s,a,getBook,book_id=x,,id=book_id; copy=colour
            ,b,getBook,book_id={{a.id}},a except added_at tags[*] colour,x
            ,c,getBook,book_id={{a.it}},d,id=book_id; id=title
            ,d,getBook,book_id={{e.book_id}},d,
            ,e,getBook,book_id=x,a without b,
            """
        #expect(
            Library.problems(table) == [
                "2:41 the contract declares no member 'colour' at 'colour' | write body.colour for an undeclared member",
                "3:55 the contract declares no member 'colour' at 'colour' | write body.colour for an undeclared member",
                "3:62 'x' does not name a value | write name=path, such as id=parcel.id",
                "4:20 the contract declares no member 'it' at 'it' of step 'a' | write body.it for an undeclared member",
                "4:29 the step 'd' runs only after 'c' | name a step that ran before: setup rows run first, teardown rows last and in reverse order",
                "4:42 duplicate name 'id'",
                "5:20 the step 'e' runs only after 'd' | name a step that ran before: setup rows run first, teardown rows last and in reverse order",
                "5:34 'd' refers to itself | name an earlier step; in `check`, {{req.…}} is this request",
                "6:24 unexpected 'without' after the name of the step | write STEP, or STEP except path path",
            ])
    }
}
