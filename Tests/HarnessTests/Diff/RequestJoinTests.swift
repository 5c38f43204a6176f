import Testing

/// Changes of requests and the rows that send them.
@Suite struct RequestJoinTests {
    private static func request(_ properties: String, _ rest: String = "") -> String {
        "{type: object, properties: {\(properties)}\(rest.isEmpty ? "" : ", \(rest)")}"
    }

    @Test("a member that became required breaks the rows that do not send it, and is added to `set`")
    func required() throws {
        var join = JoinCase(
            table: JoinCase.table("with,makeThing,,name=a; kind=box,200,,,", "without,makeThing,,name=a,200,,,"))
        join.old.request = Self.request("name: {type: string}, kind: {type: string, enum: [bag, box]}")
        join.new.request = Self.request(
            "name: {type: string}, kind: {type: string, enum: [bag, box]}", "required: [kind]")
        #expect(
            try join.hits() == [
                "request.property.became-required | breaks 3 without: does not send `kind`, which became required"
                    + " | add `kind=bag` to `set`",
                "request.property.became-required | touches 2 with: sends `kind`, which became required",
            ])
        let edited = try join.edited()
        #expect(edited.table.contains("s,without,makeThing,,name=a; kind=bag,200"))
        #expect(edited.table.contains("s,with,makeThing,,name=a; kind=box,200") && edited.errors.isEmpty)
    }

    @Test("a member that was added as required takes its value from the schema, also inside of objects")
    func added() throws {
        var join = JoinCase(
            table: JoinCase.table("make,makeThing,b.json,,200,,,"), files: ["b.json": #"{"owner": {}}"#])
        join.old.request = Self.request("owner: {type: object, properties: {}}")
        join.new.request = Self.request(
            "owner: {type: object, properties: {age: {type: integer, example: 7}}, required: [age]}")
        let hits = try join.hits()
        #expect(hits.count == 1 && hits[0].contains("does not send `owner.age`, which was added as required"))
        let edited = try join.edited()
        #expect(edited.table.contains(",owner.age=7,200") && edited.errors.isEmpty, "\(edited)")
    }

    @Test("a member that was removed breaks the rows that name it, and touches those that have it in a file")
    func removed() throws {
        var join = JoinCase(
            table: JoinCase.table(
                "named,makeThing,,name=a; kind=box; size=1,200,,,", "file,makeThing,b.json,,200,,,",
                "prefixed,makeThing,,name=a; body.kind=box,200,,,", "none,makeThing,,name=a,200,,,"),
            files: ["b.json": #"{"kind": "x"}"#])
        join.old.request = Self.request("name: {type: string}, kind: {type: string}, size: {type: integer}")
        join.new.request = Self.request("name: {type: string}, size: {type: integer}")
        #expect(
            try join.hits() == [
                "request.property.optional-removed | breaks 2 named: sets `kind`, which the new contract does not declare"
                    + " | remove `kind=box`",
                "request.property.optional-removed | touches 3 file: sends `kind`, which was removed",
                "request.property.optional-removed | touches 4 prefixed: sends `kind`, which was removed",
            ])
        let edited = try join.edited()
        #expect(edited.table.contains("s,named,makeThing,,name=a; size=1,200") && edited.errors.isEmpty)
    }

    @Test("where the object accepts no other members, the file breaks as well")
    func closed() throws {
        var join = JoinCase(
            table: JoinCase.table("file,makeThing,b.json,,200,,,"), files: ["b.json": #"{"kind": "x"}"#])
        join.old.request = Self.request("name: {type: string}, kind: {type: string}", "additionalProperties: false")
        join.new.request = Self.request("name: {type: string}", "additionalProperties: false")
        let hits = try join.hits()
        #expect(hits.count == 1)
        #expect(hits[0].hasSuffix("breaks 2 file: sends `kind`, which the new contract does not accept"), "\(hits)")
    }

    @Test("values of `set` take the new type, literals and files do not")
    func types() throws {
        var join = JoinCase(
            table: JoinCase.table(
                "typed,makeThing,,size=1,200,,,", "literal,makeThing,,size:=1,200,,,",
                "file,makeThing,b.json,,200,,,"), files: ["b.json": #"{"size": 1}"#])
        join.old.request = Self.request("size: {type: integer}")
        join.new.request = Self.request("size: {type: string}")
        let hits = try join.hits()
        #expect(hits.count == 3)
        #expect(hits.filter { $0.contains("| breaks") }.map { $0.split(separator: " ")[3] } == ["3", "4"], "\(hits)")
        #expect(hits.contains { $0.contains("touches 2 typed: sends `size`, whose type changed") })
    }

    @Test("a value that is no longer listed breaks the rows that send it")
    func enumeration() throws {
        var join = JoinCase(table: JoinCase.table("a,makeThing,,kind=bag,200,,,", "b,makeThing,,kind=box,200,,,"))
        join.old.request = Self.request("kind: {type: string, enum: [bag, box]}")
        join.new.request = Self.request("kind: {type: string, enum: [bag]}")
        let hits = try join.hits()
        #expect(hits.count == 2 && hits[0].contains("breaks 3 b: sends `kind`"), "\(hits)")
        #expect(hits[1].contains("touches 2 a: sends `kind`, whose values no longer include \"box\""), "\(hits)")
    }

    @Test("a negative row that became valid breaks; one that is still refused does not")
    func negative() throws {
        var join = JoinCase(
            table: JoinCase.table(
                "long,makeThing,,name=abcdef,400,,,invalid", "longer,makeThing,,name=abcdefghijk,400,,,invalid"))
        join.old.request = Self.request("name: {type: string, maxLength: 5}")
        join.new.request = Self.request("name: {type: string, maxLength: 10}")
        let hits = try join.hits()
        #expect(
            hits == [
                "request.property.max-length-increased | breaks 2 long: must be rejected for `name`, "
                    + "and the new contract accepts it",
                "request.property.max-length-increased | touches 3 longer: sends `name`, whose bounds changed",
            ])
    }

    @Test("parameters: required ones are added to `set`, removed ones leave it, defaults need no edit")
    func parameters() throws {
        var join = JoinCase(table: JoinCase.table("make,makeThing,,name=a; page=2,200,,,"))
        join.old.parameters = "{name: page, in: query, schema: {type: integer}}"
        join.new.parameters =
            "{name: tenant, in: header, required: true, schema: {type: string, example: acme}},"
            + "{name: lang, in: query, required: true, schema: {type: string, default: en}}"
        let hits = try join.hits()
        #expect(
            hits.contains(
                "request.parameter.required-added | breaks 2 make: does not send the header parameter `tenant`, "
                    + "which was added as required | add `tenant=acme` to `set`"), "\(hits)")
        #expect(
            hits.contains(
                "request.parameter.optional-removed | breaks 2 make: sets `page`, which the new contract does not declare"
                    + " | remove `page=2`"), "\(hits)")
        #expect(!hits.contains { $0.contains("breaks 2 make: does not send the query") }, "\(hits)")
        let edited = try join.edited()
        #expect(edited.table.contains(",name=a; tenant=acme,200") && edited.errors.isEmpty, "\(edited)")
    }

    @Test("a path parameter with another name and an operation with another id are renamed in the table")
    func names() throws {
        var join = JoinCase(
            table: JoinCase.table("a,makeThing,,id=7; name=x,200,,,", "b,POST /things/{id},,path.id=7,200,,,"))
        join.old.path = "/things/{id}"
        join.old.parameters = "{name: id, in: path, required: true, schema: {type: string}}"
        join.new.path = "/things/{thing}"
        join.new.id = "createThing"
        join.new.parameters = "{name: thing, in: path, required: true, schema: {type: string}}"
        let edited = try join.edited()
        #expect(edited.table.contains("s,a,createThing,,thing=7; name=x,200"), "\(edited)")
        #expect(edited.errors.allSatisfy { !$0.contains("thing=7") })
    }

    @Test("an operation that was removed breaks every row that calls it, and credentials those that send none")
    func operations() throws {
        var join = JoinCase(
            table: "scenario,step,call,auth,set\ns,open,makeThing,none,name=a\n,key,makeThing,,name=a\n")
        join.new.security = "security: [{Key: []}]"
        let hits = try join.hits()
        #expect(
            hits == [
                "security.protection-added | breaks 2 open: sends no credentials, which the operation requires now"
            ])
        join = JoinCase(table: JoinCase.table("make,makeThing,,name=a,200,,,", "other,other,,,200,,,"))
        join.new.path = "/elsewhere"
        #expect(try join.hits() == ["operation.removed | breaks 2 make: calls `makeThing`, which was removed"])
    }

    @Test("a change that no row uses lists none, and equal contracts have no changes to list")
    func unused() throws {
        var join = JoinCase(table: JoinCase.table("make,makeThing,,name=a,200,state=NEW,,", "other,other,,,200,,,"))
        #expect(try join.hits().isEmpty)
        join.old.request = Self.request("name: {type: string}, kind: {type: string, maxLength: 9}")
        join.new.request = Self.request(
            "name: {type: string}, kind: {type: string, maxLength: 5}, more: {type: string}")
        join.new.response = "{type: object, properties: {id: {type: string}, state: {type: string, enum: [NEW, OLD]}}}"
        #expect(try join.hits().isEmpty)
    }

    @Test("every element and every item that a change breaks is edited")
    func severalEdits() throws {
        var join = JoinCase(
            table: JoinCase.table("make,makeThing,b.json,,200,,,", "set,makeThing,,tag.a=1; tag.b=2; list:=[],200,,,"),
            files: ["b.json": #"{"list": [{}, {"n": "x"}, {}]}"#])
        let list = "list: {type: array, items: {type: object, properties: {n: {type: string, default: z}}"
        join.old.request = Self.request(
            "\(list)}}, tag: {type: object, properties: {a: {type: string}, b: {type: string}}}")
        join.new.request = Self.request("\(list), required: [n]}}")
        let edited = try join.edited()
        #expect(edited.table.contains("s,make,makeThing,b.json,list[0].n=z; list[2].n=z,200"), "\(edited.table)")
        #expect(edited.table.contains("s,set,makeThing,,list:=[],200"), "\(edited.table)")
        #expect(edited.errors.isEmpty)
    }

    @Test("a row that sends what another one sent breaks, and the edit is made there")
    func sameBody() throws {
        var join = JoinCase(table: JoinCase.table("make,makeThing,,name=a,200,,,", "again,makeThing,as make,,200,,,"))
        join.old.request = Self.request("name: {type: string}, kind: {type: string, enum: [bag]}")
        join.new.request = Self.request("name: {type: string}, kind: {type: string, enum: [bag]}", "required: [kind]")
        #expect(try join.hits().map { $0.contains("breaks") } == [true, true])
        let edited = try join.edited()
        #expect(edited.table.contains("name=a; kind=bag,200") && edited.table.contains("again,makeThing,as make,,200"))
        #expect(edited.errors.isEmpty)
    }
}
