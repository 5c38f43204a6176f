import Testing

@Suite("Mistakes in calls, versions and credentials") struct CallMistakeTests {
    @Test("the call of a row must exist") func calls() {
        let table = """
            scenario,step,call
            s,a,listBoks
            ,b,everything
            ,c,
            ,d,GET /bok
            ,e,DELETE /books
            ,f,GET /books/b-1
            ,g,wait long
            ,h,use other.csv#s
            ,i,POST /_mock/reset
            """
        #expect(
            Library.problems(table) == [
                "2:5 the contract '1' has no operation 'listBoks' | did you mean `listBooks`?",
                "3:4 the contract '1' has no operation 'everything' | write an operationId, METHOD "
                    + "/path, event NAME, await WEBHOOK, wait 2s, clock +3d or use other.csv#scenario; the operations are addBook, listBooks, getBook, moveBook",
                "4:4 the step 'c' has an empty `call` | write an operationId, METHOD /path, event NAME, await WEBHOOK, wait 2s, clock +3d or use other.csv#scenario",
                "5:4 the contract '1' does not declare 'GET /bok' | did you mean `GET /books`?",
                "6:4 the contract '1' does not declare 'DELETE /books' | did you mean `GET /books`?",
                "7:4 'GET /books/b-1' is the operation 'getBook' with its path filled in | write GET "
                    + "/books/{book_id}, and path.book_id=b-1 in `set`",
                "8:9 'long' is not a valid duration | write wait 2s, wait 500ms or wait 1m",
                "9:8 the table 'scenarios/other.csv' cannot be read: there is no such file | name the table relative to the table that uses it",
                "10:4 '/_mock/reset' is a route of the mock, which live targets do not have | add `mock` to `opts` to run the row on the mock only",
            ])
    }

    @Test("an undeclared path is sent as written") func undeclaredPath() {
        let table = """
            scenario,step,call,expect,opts
            s,a,PATCH /books/{{x.y}},405,invalid
            """
        #expect(
            Library.problems(table) == [
                "2:5 an undeclared path is sent unchanged, but '/books/{{x.y}}' is not a valid path | remove templates and braces, and percent-encode other characters"
            ])
    }

    @Test("a version must be a contract, in a spelling that spreadsheets keep") func versions() {
        let table = """
            scenario,step,call,set,version
            s,a,listBooks,genre=novel,2024-05-01
            ,b,listBooks,genre=novel,v2024-05-02
            ,c,listBooks,genre=novel,latest
            """
        #expect(
            Library.problems(table) == [
                "2:27 unknown contract '2024-05-01' | write v2024-05-01: a spreadsheet would turn it "
                    + "into a date or a number",
                "3:26 unknown contract 'v2024-05-02' | did you mean `v2024-05-01`?",
                "4:26 unknown contract 'latest' | the contracts are v1, v2024-05-01",
            ])
    }

    @Test("a profile must exist, and alternatives must be declared") func profiles() {
        let table = """
            scenario,step,call,set,auth
            s,a,getBook,book_id=x,staf
            ,b,getBook,book_id=x,nobody
            ,c,listBooks,genre=novel,alternatives
            ,d,wait 1s,,none
            """
        #expect(
            Library.problems(table) == [
                "2:23 unknown auth profile 'staf' | did you mean `staff`?",
                "3:22 unknown auth profile 'nobody' | write one of staff, guest, none, wrong, "
                    + "incomplete, alternatives, or leave the cell empty",
                "4:26 'listBooks' requires no credentials, so there is nothing to try | leave the cell empty",
                "5:13 a pause has no `auth` | leave the cell empty",
            ])
    }

    @Test("a case of an expanded step is referred to by its full name") func cases() {
        let table = """
            scenario,step,call,set,auth,expect
            s,a,getBook,book_id=x,alternatives,
            ,e,getBook,book_id={{a[Nope].book_id}},,404
            """
        #expect(
            Library.problems(table) == [
                "3:20 unknown step 'a[Nope]' | the steps before this one are a"
            ])
    }

    @Test("a pause has only a length") func pauses() {
        let table = """
            scenario,step,call,set,expect,check.x
            s,a,wait 1s,genre=novel,200,3
            """
        #expect(
            Library.problems(table) == [
                "2:13 a pause has no `set` | leave the cell empty",
                "2:25 a pause has no `expect` | leave the cell empty",
                "2:29 a pause has no `check.x` | leave the cell empty",
            ])
    }

    @Test("a row that follows redirects cannot expect one") func followed() {
        let table = """
            scenario,step,call,set,expect,opts
            s,a,listBooks,genre=novel,302|307,follow=1
            ,b,listBooks,genre=novel,304,follow=1
            ,c,listBooks,genre=novel,200|302,follow=1
            ,d,listBooks,genre=novel,302,
            """
        #expect(
            Library.problems(table).filter { !$0.contains("warning") && $0.contains("follows") } == [
                "2:27 a row that follows redirects never ends with '302|307' | "
                    + "write the status of the last response, or remove `follow=`"
            ])
    }

    @Test("options are words and settings with a known form") func options() {
        let table = """
            scenario,step,call,set,opts
            s,a,listBooks,genre=novel,timeout
            ,b,listBooks,genre=novel,timeout=5
            ,c,listBooks,genre=novel,pol=5s/1s
            ,d,listBooks,genre=novel,poll=5s
            ,e,listBooks,genre=novel,retry=x/1s skip=1
            ,f,listBooks,genre=novel,setup teardown
            ,g,listBooks,genre=novel,mock live
            ,h,listBooks,genre=novel,skip skip
            ,i,listBooks,genre=novel,rows=data/x.csv
            ,j,listBooks,genre=novel,lock=a
            ,k,listBooks,genre=novel,lock=b
            ,l,listBooks,genre=novel,slow
            ,m,listBooks,genre=novel,follow
            ,n,listBooks,genre=novel,follow=0
            ,o,listBooks,genre=novel,follow=11
            ,p,listBooks,genre=novel,follow=+3
            """
        #expect(
            Library.problems(table) == [
                "2:27 the option `timeout` requires a value | write timeout=5s",
                "3:26 'timeout=5' is not valid for the option `timeout` | write timeout=5s",
                "4:26 unknown option 'pol' | did you mean `poll=20s/2s (for 20 s, every 2 s)`?",
                "5:26 a row that sends a request requires an interval in `poll` | write poll=20s/2s (for 20 s, every 2 s)",
                "6:26 'retry=x/1s' is not valid for the option `retry` | write retry=3/1s (3 more tries, 1 s apart)",
                "6:37 the option `skip` takes no value | write skip",
                "7:32 a step cannot be both `setup` and `teardown`",
                "8:31 a step cannot be both `mock` and `live`",
                "9:31 duplicate option 'skip'",
                "10:26 `rows=` is not in the first row of the scenario | move it to the scenario's first row: the data applies to the whole scenario",
                "12:31 the scenario already has the lock 'a' | a scenario can hold only one lock",
                "13:26 unknown option 'slow' | the options are invalid setup teardown skip only session "
                    + "mock live timeout=… poll=… retry=… follow=… repeat=… burst=… race=… pages=… while=… distinct=… lock=… rows=…",
                "14:26 the option `follow` requires a value | write follow=3 (at most 3 redirects; the maximum is 10)",
                "15:26 'follow=0' is not valid for the option `follow` | write follow=3 (at most 3 redirects; the maximum is 10)",
                "16:26 'follow=11' is not valid for the option `follow` | write follow=3 (at most 3 redirects; the maximum is 10)",
                "17:26 'follow=+3' is not valid for the option `follow` | write follow=3 (at most 3 redirects; the maximum is 10)",
            ])
    }
}
