import Testing

@Suite("Mistakes in templates") struct ReferenceMistakeTests {
    @Test("a template must refer to an existing value that is available by then") func references() {
        let table = """
            scenario,step,call,set,check
            s,a,addBook,title={{ad.title}},
            ,b,addBook,title={{a.titel}},
            ,c,addBook,title={{c.title}},title={{req.body.title}}
            ,d,addBook,title={{req.body.title}},
            ,e,addBook,title={{row.title}},
            ,f,addBook,title={{env.HOME_SHELV}},
            ,g,addBook,title={{var.shelv}},
            ,h,addBook,title={{secret.TOKN}},
            ,i,addBook,title={{secret.TOKEN|hmac:secret.NO}},
            ,j,addBook,title={{uid}},
            ,k,addBook,title=Emma {{a.title,
            ,l,addBook,title={{p.title}},
            ,p,wait 1s,,
            ,q,addBook,title={{p.title}},
            """
        #expect(
            Library.problems(table) == [
                "2:19 unknown step 'ad' | values come from earlier steps of the scenario, and this row has none",
                "3:18 the contract declares no member 'titel' at 'titel' of step 'a' | did you mean `title`?",
                "4:18 'c' refers to itself | name an earlier step; in `check`, {{req.…}} is this request",
                "5:18 '{{req.…}}' is the request of this step, which is not sent yet | use it in `check` and in laws; in other columns name an earlier step: {{step.req.…}}",
                "6:18 the scenario has no data file, so '{{row.title}}' has no value | name a data file in the "
                    + "scenario's first row: rows=data/x.csv",
                "7:18 the environment variable 'HOME_SHELV' is not set | did you mean `env.HOME_SHELF`?",
                "8:18 unknown variable 'shelv' | did you mean `var.shelf`?",
                "9:18 unknown secret 'TOKN' | did you mean `secret.TOKEN`?",
                "10:18 unknown secret 'NO' | set the environment variable, or add it to the file of --secrets",
                "11:20 unknown value 'uid' | did you mean `{{uuid}}`?",
                "12:23 `{{` is never closed | end the value with }}; write {{'{{'}} for a literal {{",
                "13:18 'p' is a pause and has no values",
                "15:18 'p' is a pause and has no values",
            ])
    }

    @Test("setup rows run first, and teardown rows run in reverse order") func order() {
        let table = """
            scenario,step,call,set,opts
            s,a,getBook,book_id={{z.book_id}},
            ,t1,getBook,book_id={{t2.book_id}},teardown
            ,t2,getBook,book_id={{t1.book_id}},teardown
            ,z,addBook,title=Emma,setup
            """
        #expect(
            Library.problems(table) == [
                "4:21 the step 't1' runs only after 't2' | name a step that ran before: setup rows run first, teardown rows last and in reverse order"
            ])
    }
}
