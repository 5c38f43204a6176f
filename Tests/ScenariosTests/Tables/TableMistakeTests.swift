import Testing

@Suite("Mistakes in headers, scenarios and steps") struct TableMistakeTests {
    @Test("an unknown column is reported with the nearest one") func unknownColumn() {
        let table = """
            scenaro,step,call,colour
            s,a,listBooks,
            """
        #expect(
            Library.problems(table) == [
                "1:1 unknown column 'scenaro' in a scenario table | did you mean `scenario`?",
                "1:19 unknown column 'colour' in a scenario table | the columns are scenario, step, call, auth, version, versions, body, set, expect, check, same_as, save, opts, tags, ref, level, note; start the name of a private column with '#'",
                "2:1 'listBooks' requires the query parameter 'genre', and the row does not set it | set "
                    + "genre=value, or omit it with '!query.genre' in an invalid row",
            ])
    }

    @Test("a promoted column with an invalid path is reported") func promotedPath() {
        let table = """
            scenario,step,call,set.genre,check.a..b
            s,a,listBooks,novel,
            """
        #expect(
            Library.problems(table) == [
                "1:38 a name is missing here | quote a name with special characters: ['odd.name']"
            ])
    }

    @Test("a table without a column for steps is reported") func noStepColumn() {
        let table = """
            scenario,call,set
            s,listBooks,genre=novel
            """
        #expect(
            Library.problems(table) == [
                "2:1 the row names no step | name it: other rows refer to it by name; `*` sets defaults"
            ])
    }

    @Test("a file whose header almost names a call is reported") func almostTable() {
        let table = """
            scenario,step,cal
            s,a,b
            """
        #expect(
            Library.problems(table) == [
                "1:1 not a table: the header has neither `call` nor `law`, and no `rows=` names this file | did you mean `call` instead of 'cal'?"
            ])
    }

    @Test("a file that is neither a table nor data is reported") func noTable() {
        let table = """
            name,value
            a,b
            """
        #expect(
            Library.problems(table) == [
                "1:1 not a table: the header has neither `call` nor `law`, and no `rows=` names this file | the first line names the columns, separated by commas: a scenario table has `call`, a laws table has `law`; a data file is named in the `opts` of a scenario: rows=PATH"
            ])
    }

    @Test("a row with too many cells is reported") func ragged() {
        let table = """
            scenario,step,call,set
            s,a,listBooks,genre=novel,x
            """
        #expect(
            Library.problems(table) == [
                "2:27 the row has 5 cells, but the header names 4 columns | quote a cell that contains the "
                    + "delimiter: \"a, b\""
            ])
    }

    @Test("names in a row that cannot be read have no diagnostics in other rows") func lostNames() {
        let table = """
            scenario,step,call,set
            s,a,addBook,title=Emma,x
            ,b,getBook,book_id={{a.book_id}}
            """
        #expect(
            Library.problems(table) == [
                "2:24 the row has 5 cells, but the header names 4 columns | quote a cell that contains the "
                    + "delimiter: \"a, b\""
            ])
    }

    @Test("references to a row with a mistake are not reported") func brokenSteps() {
        let table = """
            scenario,step,call,set
            s,a,adBook,title=Emma
            ,b,getBook,book_id={{a.book_id}}
            ,c,getBook,book_id={{x.book_id}}
            """
        #expect(
            Library.problems(table) == [
                "2:5 the contract '1' has no operation 'adBook' | did you mean `addBook`?",
                "4:20 unknown step 'x' | did you mean `b`?",
            ])
    }

    @Test("values in single braces are reported, unless they are quoted") func singleBraces() {
        let table = """
            scenario,step,call,set
            s,a,addBook,title=Emma
            ,b,addBook,title=by {a.title}
            ,c,addBook,title=${a.title}
            ,d,addBook,title='{a.title}'
            ,e,addBook,title={a}
            """
        #expect(
            Library.problems(table) == [
                "3:21 warning: '{a.title}' is plain text, not a value of a step | write {{a.title}}; quote the text if it "
                    + "contains the braces: '{a.title}'",
                "4:18 warning: '${a.title}' is plain text, not a value of a step | write {{a.title}}; quote the text if it "
                    + "contains the braces: '${a.title}'",
            ])
    }

    @Test("a first row without a scenario is reported") func noScenario() {
        let table = """
            scenario,step,call,set
            ,a,listBooks,genre=novel
            """
        #expect(
            Library.problems(table) == [
                "2:1 the first row names no scenario | name the scenario; an empty cell continues the scenario of the row above"
            ])
    }

    @Test("separated rows of one scenario are reported") func apart() {
        let table = """
            scenario,step,call,set
            s,a,listBooks,genre=novel
            t,a,listBooks,genre=novel
            s,b,listBooks,genre=novel
            """
        #expect(
            Library.problems(table) == [
                "4:1 duplicate scenario 's' | keep the rows of a scenario together, and give each "
                    + "scenario its own name"
            ])
    }

    @Test("a scenario name with brackets is reported") func brackets() {
        let table = """
            scenario,step,call,set
            s[1],a,listBooks,genre=novel
            """
        #expect(
            Library.problems(table) == [
                "2:1 the name of a scenario cannot contain brackets or line breaks | remove them: in reports, brackets mark the data case of a scenario"
            ])
    }

    @Test("a scenario with only defaults is reported") func onlyDefaults() {
        let table = """
            scenario,step,call,set
            s,*,listBooks,genre=novel
            """
        #expect(
            Library.problems(table) == [
                "2:1 the scenario 's' has no steps"
            ])
    }

    @Test("missing, reserved, malformed and duplicate step names are reported") func stepNames() {
        let table = """
            scenario,step,call,set
            s,,listBooks,genre=novel
            ,now,listBooks,genre=novel
            ,1st,listBooks,genre=novel
            ,a.b,listBooks,genre=novel
            ,ok,listBooks,genre=novel
            ,ok,listBooks,genre=novel
            """
        #expect(
            Library.problems(table) == [
                "2:3 the row names no step | name it: other rows refer to it by name; `*` sets defaults",
                "3:2 'now' is a reserved word and cannot name a step | the reserved words are env, row, secret, var, "
                    + "uuid, random, now, req, session, receiver",
                "4:2 '1st' is not a valid name of a step | start with a letter, then use letters, digits, '-' and '_'",
                "5:2 'a.b' is not a valid name of a step | start with a letter, then use letters, digits, '-' and '_'",
                "7:2 duplicate step 'ok' in the scenario 's' | give each step of a scenario its own name",
            ])
    }

    @Test("typographic quotes are read, with a warning") func typographic() {
        let table = """
            scenario,step,call,set
            s,a,addBook,title=‘Emma’; isbn=“x”
            """
        #expect(
            Library.problems(table) == [
                "2:19 warning: typographic quotes are read as '…' | write 'Emma'",
                "2:32 warning: the typographic quote is sent as part of the text | a quoted value is written '…'",
            ])
    }

    @Test("locations are correct inside and after a cell with line breaks and doubled quotes") func quotedCell() {
        let table = """
            scenario,step,call,set
            s,a,addBook,"title=""Emma
            x""; pags=3"
            ,b,listBooks,genre=x
            """
        #expect(
            Library.problems(table) == [
                "3:6 'addBook' has no parameter and no body member 'pags' | did you mean `pages`?",
                "4:20 'genre': \"x\" is not one of the 3 allowed values \"novel\", \"poem\", \"essay\"",
            ])
    }
}
