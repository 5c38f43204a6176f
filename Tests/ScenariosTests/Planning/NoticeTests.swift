import Testing

@Suite("Notices about tables") struct NoticeTests {
    @Test("unused saved values, defaults and data columns are reported")
    func needless() {
        let table = """
            scenario,step,call,set,save,opts
            s,a,addBook,title={{row.name}},"id=book_id; t = title",rows=d.csv
            ,b,getBook,book_id={{a.id}},,
            ,*,,,,timeout=5s

            other,a,addBook,title=x,id=book_id,
            """
        #expect(
            Library.problems(
                table, files: ["scenarios/d.csv": "case,name,shelf,#mine\n1,Emma,x,y\n"]) == [
                    "1:11 note: 's' never uses the column 'shelf' | use {{row.shelf}}; a column that starts with '#' is ignored",
                    "2:45 warning: the saved value 't' is never used | use {{a.t}}, or remove "
                        + "it",
                    "4:2 warning: no step of the scenario follows this row of defaults | move the row: `*` applies to the steps "
                        + "below it",
                    "6:25 warning: the saved value 'id' is never used | use {{a.id}}, or "
                        + "remove it",
                ])
    }

    @Test("a saved value that only a using scenario needs counts as used")
    func usedElsewhere() {
        let table = """
            scenario,step,call,set,save
            s,u,use #other,,
            ,b,getBook,book_id={{u.a.id}},

            other,a,addBook,title=x,id=book_id
            """
        #expect(Library.problems(table) == [])
    }

    @Test("'only' is reported as temporary")
    func only() {
        #expect(
            Library.problems("step,call,set,opts\na,listBooks,genre=novel,timeout=5s only\n") == [
                "2:36 warning: `only` is set in the table: nothing else runs, and CI rejects it | remove it; select scenarios with --tags or --grep"
            ])
    }

    @Test("a credential in a table is reported, unless it is expected to be rejected")
    func secrets() {
        let table = """
            step,call,auth,set,expect
            a,getBook,,book_id=x; header.X-Key-Id=abc123,
            b,getBook,,book_id=x; header.authorization='Bearer abc',
            c,getBook,,book_id=x; header.x-key-id={{secret.TOKEN}},
            d,getBook,none,book_id=x; header.x-key-id=abc123,404
            e,getBook,,book_id=x; header.x-key-id=abc123,404
            """
        #expect(
            Library.problems(table) == [
                "2:39 warning: the table contains a credential | write {{secret.NAME}}, or use an auth profile in assay.yaml",
                "3:44 warning: the table contains a credential | write {{secret.NAME}}, or use an auth profile in assay.yaml",
            ])
    }

    @Test("a cell that a spreadsheet would change is reported if its value would differ")
    func spreadsheets() {
        let table = """
            scenario,step,call,set.title,set.price,set.pages,check.price,check.author.born,tags,note
            1/2,a,addBook,00123,100.50,'7,100.50,,smoke,-5 is fine here
            ,may-2,addBook,'00123,1E2,'7,,,2024-05-01,=1+1
            ,c,addBook,TRUE,,,~text:1.50,1775-12-16,,
            ,d,addBook,='1E5',,,=1.50,'1775-12-16,,
            ,e,addBook,12345678901234567,,,,,,
            """
        #expect(
            Library.problems(table) == [
                "2:1 warning: a spreadsheet reads it as a date or a time | start it with a letter, or rephrase it",
                "2:15 warning: a spreadsheet drops its leading zeros | write '00123, as `assay fmt --excel` does",
                "2:45 warning: a spreadsheet reads it as a formula | start it with another character than = + - @",
                "3:2 warning: a spreadsheet reads it as a date or a time | start it with a letter, or rephrase it",
                "3:32 warning: a spreadsheet reads it as a date or a time | start it with a letter, or rephrase it",
                "3:43 warning: a spreadsheet reads it as a formula | start it with another character than = + - @",
                "4:30 warning: a spreadsheet reads it as a date or a time | write '1775-12-16, as `assay fmt --excel` "
                    + "does",
                "5:12 warning: a spreadsheet reads it as a formula | omit the '=': a column of one item does not need it",
                "5:21 warning: a spreadsheet reads it as a formula | omit the '=': a column of one item does not need it",
                "6:12 warning: a spreadsheet keeps only fifteen of its digits | write '12345678901234567, as `assay fmt --excel` does",
            ])
    }

    @Test("cells of a data file are reported, except numbers that are used only as numbers")
    func data() {
        let table = """
            step,call,set,opts
            a,addBook,title={{row.title}}; price={{row.price}}; isbn={{row.price2}},rows=d.csv
            """
        #expect(
            Library.problems(
                table, files: ["scenarios/d.csv": "case,title,price,price2\n1,'007,1.50,1.50\n2,007,1E2,1.5\n"]) == [
                    "2:13 warning: a spreadsheet writes it as a shorter number | write '1.50, as `assay fmt --excel` "
                        + "does",
                    "3:3 warning: a spreadsheet drops its leading zeros | write '007, as `assay fmt --excel` does",
                ])
    }

    @Test("a value that looks changed by a spreadsheet is reported with the probable original")
    func damaged() {
        let table = """
            step,call,set
            a,addBook,"title=x; price=2,5"
            b,addBook,title=x; lent=TRUE
            """
        #expect(
            Library.problems(table) == [
                "2:27 'price': '2,5' is text, but the schema allows number | write 2.5: a spreadsheet may have inserted the "
                    + "comma",
                "3:25 'lent': 'TRUE' is text, but the schema allows boolean | write true: a spreadsheet may have changed it to upper case",
            ])
    }
}
