import Testing

/// Changes of responses and the rows that check them.
@Suite struct ResponseJoinTests {
    private static func response(_ properties: String, _ rest: String = "") -> String {
        "{type: object, properties: {\(properties)}\(rest.isEmpty ? "" : ", \(rest)")}"
    }

    @Test(
        "an id that became a string breaks checks on numbers, and they are edited",
        arguments: [
            ("id~integer", "id~string"), ("id~number", "id~string"), ("id:=5", "id='5'"), ("id=5", nil),
            ("id~present", nil),
            ("id>4", nil),
        ])
    func ids(check: String, edit: String?) throws {
        var join = JoinCase(table: JoinCase.table("make,makeThing,,name=a,200,state=NEW; \(check),,"))
        join.new.response = Self.response("id: {type: string}, state: {type: string, enum: [NEW, OLD]}")
        let hits = try join.hits()
        try #require(hits.count == 1)
        let breaks = edit != nil || check == "id>4"
        #expect(hits[0].contains(breaks ? "| breaks 2 make: checks `\(check)`" : "| touches 2 make"), "\(hits)")
        let edited = try join.edited()
        #expect(edited.table.contains("state=NEW; \(edit ?? check),"), "\(edited.table)")
        #expect(edited.errors.isEmpty)
    }

    @Test("a member that was removed leaves `check`; saves and templates of other rows break without an edit")
    func removed() throws {
        var join = JoinCase(
            table: JoinCase.table(
                "make,makeThing,,name=a,200,id=5; state=NEW,sid=state,", "again,makeThing,,name={{make.id}},200,,,",
                "saved,makeThing,,name={{make.sid}},200,,,", "absent,makeThing,,name=a,200,!body.id,,"))
        join.new.response = Self.response("state: {type: string, enum: [NEW, OLD]}")
        #expect(
            try join.hits() == [
                "response.property.optional-removed | breaks 2 make: checks `id`, which was removed | remove `id=5`",
                "response.property.optional-removed | breaks 3 again: uses `{{make.id}}`, which was removed",
                "response.property.optional-removed | touches 5 absent: checks that `body.id` is absent, which was removed",
            ])
        #expect(try join.edited().table.contains("name=a,200,state=NEW,sid=state"))
        join.new.response = Self.response("id: {type: integer}")
        #expect(
            try join.hits() == [
                "response.property.optional-removed | breaks 2 make: checks `state`, which was removed | remove `state=NEW`",
                "response.property.optional-removed | breaks 4 saved: uses `{{make.sid}}`, which was removed",
            ])
    }

    @Test("a value that is no longer listed breaks the check for it; a new one touches the checks")
    func values() throws {
        var join = JoinCase(
            table: JoinCase.table("a,makeThing,,name=a,200,state=NEW,,", "b,makeThing,,name=a,200,state=OLD,,"))
        join.new.response = Self.response("id: {type: integer}, state: {type: string, enum: [NEW, USED]}")
        let hits = try join.hits()
        #expect(
            hits.filter { $0.contains("enum-value-added") } == [
                "response.property.enum-value-added | touches 2 a: checks `state`, whose values include \"USED\" now",
                "response.property.enum-value-added | touches 3 b: checks `state`, whose values include \"USED\" now",
            ])
        #expect(
            hits.filter { $0.contains("enum-value-removed") } == [
                "response.property.enum-value-removed | breaks 3 b: checks `state=OLD`, but `state` is never \"OLD\" now",
                "response.property.enum-value-removed | touches 2 a: checks `state`, "
                    + "whose values no longer include \"OLD\"",
            ])
        #expect(hits.count == 4)
    }

    @Test("a member that is required now breaks the check that it is absent; an optional one touches it")
    func absent() throws {
        var join = JoinCase(table: JoinCase.table("make,makeThing,,name=a,200,!body.extra,,"))
        join.new.response = Self.response(
            "id: {type: integer}, state: {type: string, enum: [NEW, OLD]}, extra: {type: string}")
        #expect(
            try join.hits() == [
                "response.property.optional-added | touches 2 make: checks that `body.extra` is absent, which was added"
            ])
        join.new.response = Self.response(
            "id: {type: integer}, state: {type: string, enum: [NEW, OLD]}, extra: {type: string}", "required: [extra]")
        #expect(
            try join.hits() == [
                "response.property.required-added | breaks 2 make: checks that `body.extra` is absent, "
                    + "which is always present now"
            ])
    }

    @Test("the one success status that took another's place is replaced in `expect`")
    func statuses() throws {
        var join = JoinCase(
            table: JoinCase.table(
                "exact,makeThing,,name=a,200,state=NEW,,", "either,makeThing,,name=a,200|400,,,",
                "range,makeThing,,name=a,2xx,,,", "any,makeThing,,name=a,,,,"))
        join.new.status = "201"
        let hits = try join.hits()
        #expect(
            hits.contains(
                "response.status.success-removed | breaks 2 exact: expects status 200, which was removed"
                    + " | expect 201 instead of 200"), "\(hits)")
        #expect(hits.contains { $0.contains("success-removed | touches 3 either") }, "\(hits)")
        #expect(!hits.contains { $0.contains("breaks 4") || $0.contains("breaks 5") }, "\(hits)")
        let edited = try join.edited()
        #expect(edited.table.contains("s,exact,makeThing,,name=a,201,state=NEW") && edited.errors.isEmpty)
    }

    @Test("removed headers are removed from `check`, and `*` matches elements of arrays")
    func headersAndElements() throws {
        var join = JoinCase(
            table: JoinCase.table(
                "make,makeThing,,name=a,200,header.etag~present; list[0].n~integer; list[*].n~integer; list~len:2,,"))
        join.old.headers = "etag: {schema: {type: string}}"
        join.old.response = Self.response(
            "list: {type: array, items: {type: object, properties: {n: {type: integer}}}}")
        join.new.response = Self.response("list: {type: array, items: {type: object, properties: {n: {type: string}}}}")
        let hits = try join.hits()
        #expect(hits.count == 2 && hits.allSatisfy { $0.contains("breaks 2 make") }, "\(hits)")
        let edited = try join.edited()
        #expect(edited.table.contains("200,list[0].n~string; list[*].n~string; list~len:2"), "\(edited.table)")
    }

    @Test("an item of a `*` row is edited once, in its own row, and a column of its own as well")
    func defaultsAndColumns() throws {
        var join = JoinCase(
            table: """
                scenario,step,call,set,check,check.id
                s,*,makeThing,name=a,"id~integer; state=NEW",
                ,one,,,,
                # a comment, kept
                ,two,,,,
                t,three,makeThing,name=a,,~integer

                """)
        join.new.response = Self.response("id: {type: string}, state: {type: string, enum: [NEW, OLD]}")
        let edited = try join.edited()
        #expect(
            edited.table == """
                scenario,step,call,set,check,check.id
                s,*,makeThing,name=a,"id~string; state=NEW",
                ,one,,,,
                # a comment, kept
                ,two,,,,
                t,three,makeThing,name=a,,~string

                """)
        #expect(edited.errors.isEmpty)
    }

    @Test("`status=200` is replaced like `expect`, and a removed member that `same_as` leaves out breaks the row")
    func statusChecks() throws {
        var join = JoinCase(table: JoinCase.table("make,makeThing,,name=a,200,status=200; state=NEW,,"))
        join.new.status = "201"
        let edited = try join.edited()
        #expect(edited.table.contains(",201,status=201; state=NEW,") && edited.errors.isEmpty, "\(edited.table)")
        join = JoinCase(
            table: "scenario,step,call,set,same_as\ns,one,makeThing,name=a,\n,two,makeThing,name=a,one except id\n")
        join.new.response = Self.response("state: {type: string, enum: [NEW, OLD]}")
        #expect(
            try join.hits() == [
                "response.property.optional-removed | breaks 3 two: names `id` in `same_as`, which was removed"
            ])
    }

    @Test("rows that name the old version break without an edit")
    func pinned() throws {
        var join = JoinCase(
            table: "scenario,step,call,version,set,check\ns,one,makeThing,v1,name=a,id~integer\n")
        join.new.response = Self.response("id: {type: string}, state: {type: string, enum: [NEW, OLD]}")
        let hits = try join.hits()
        #expect(hits.count == 1 && hits[0].contains("breaks 2 one") && !hits[0].contains("replace"), "\(hits)")
    }
}
