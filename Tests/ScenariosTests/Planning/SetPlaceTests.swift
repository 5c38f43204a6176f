import Scenarios
import Testing

/// The part of a request that an item of `set` means, and the help if there is none.
@Suite("Places of `set`") struct SetPlaceTests {
    private static let parameters = """
        {name: q, in: query, schema: {type: string}}, {name: X-A, in: header, schema: {type: integer}},
        {name: sid, in: cookie, schema: {type: string}}, {name: both, in: query, schema: {type: string}},
        {name: both, in: header, schema: {type: string}}, {name: id, in: query, schema: {type: string}},
        {name: f, in: query, style: deepObject, explode: true, schema: {type: object, properties: {from: {type: integer}}}},
        {name: Accept, in: header, schema: {type: string}}
        """
    private static let body =
        "{type: object, properties: {id: {type: string}, n: {type: integer}, list: {type: array, items: {type: integer}}, any: {}, o: {type: object, additionalProperties: {type: boolean}}}}"

    private func problems(_ set: String, opts: String = "", expect: String = "") throws -> [String] {
        let operation = OneOperation(parameters: Self.parameters.replacing("\n", with: " "), request: Self.body)
        return try operation.problems("scenario,step,call,set,expect,opts\ns,a,act,\"\(set)\",\(expect),\(opts)\n")
    }

    @Test(
        "a name without a prefix is a parameter or a member, and its value has the declared type",
        arguments: [
            "q=1", "x-a=1", "X-A=1", "sid=s", "n=1", "list[0]=1", "list:=[1]", "f.from=1", "any:=1", "any.x:=1",
            "o.x=true", "['q']=1", "body.id=1", "query.id=1",
            "header.both=1; query.both=2", "query.other=1", "header.x-other=1", "cookie.other=1", "body.other:=1",
            "$:={}",
        ])
    func valid(set: String) throws {
        #expect(try problems(set) == [])
    }

    @Test(
        "a value of another type is reported, in parameters and at any depth of a body",
        arguments: [
            ("x-a=one", "2:14 'x-a': 'one' is text, but the schema allows integer"),
            ("list[0]=x", "2:18 'list[0]': 'x' is text, but the schema allows integer"),
            ("f.from=x", "2:17 'f.from': 'x' is text, but the schema allows integer"),
            ("o.x=1", "2:14 'o.x': '1' is text, but the schema allows boolean"),
            ("list=1", "2:15 'list': '1' is text, but the schema allows array; write it as JSON after `:=`"),
        ])
    func types(set: String, message: String) throws {
        let help = " | add `invalid` to `opts` if the request must violate the contract"
        #expect(try problems(set) == [message + help])
        #expect(try problems(set, opts: "invalid", expect: "200") == [])
    }

    @Test(
        "a name with several meanings is reported with all of them",
        arguments: [
            (
                "both=1",
                "2:10 'both' can mean either of 'query.both' and 'header.both' | write one of them: query.both or header.both"
            ),
            ("id=1", "2:10 'id' can mean either of 'query.id' and 'body.id' | write one of them: query.id or body.id"),
        ])
    func ambiguous(set: String, message: String) throws {
        #expect(try problems(set) == [message])
    }

    @Test(
        "a path without a target is reported with the kind of value that is there",
        arguments: [
            ("n.x=1", "2:10 'n.x' leads into a value of type integer, which has no members"),
            ("id.x=1", "can mean either"),
            ("body.id[0]=1", "2:10 'body.id[0]' leads into a value of type string, which has no elements"),
            ("list.x=1", "2:10 'list.x' leads into a value of type array, which has no members"),
            ("list[0][0]=1", "2:10 'list[0][0]' leads into a value of type integer, which has no elements"),
            ("status=1", "2:10 'status' is a part of the response and cannot be set"),
            ("time=1", "2:10 'time' is a part of the response and cannot be set"),
            ("path.x=1", "2:10 the path of 'act' has no parameter 'x' | its path is /things"),
            ("part.id.header.x=1", "2:10 only the parts of a multipart body have headers"),
        ])
    func impossible(set: String, message: String) throws {
        let found = try problems(set)
        #expect(found.count == 1 && found[0].contains(message), "\(found)")
    }

    @Test("an undeclared name that resembles a declared one is a warning, and is sent as text")
    func undeclared() throws {
        #expect(
            try problems("query.fq=1; cookie.sd=2; header.x-b=3; query.f.frm=4") == [
                "2:10 warning: 'act' declares no query parameter 'fq'; it is sent as text | did you mean `query.q`?",
                "2:22 warning: 'act' declares no cookie parameter 'sd'; it is sent as text | did you mean `cookie.sid`?",
                "2:35 warning: 'act' declares no header parameter 'x-b'; it is sent as text | did you mean `header.X-A`?",
            ])
    }

    @Test("ignored header parameters are not names of parameters")
    func ignored() throws {
        // OpenAPI 3.1.1, section 4.8.12.1: parameters named Accept, Content-Type or Authorization are ignored.
        let found = try problems("accept=1")
        #expect(
            found.count == 1 && found[0].hasPrefix("2:10 'act' has no parameter and no body member 'accept'"),
            "\(found)")
        #expect(try problems("header.accept=text/plain") == [])
    }

    @Test("headers of parts are typed by the encoding of their part")
    func parts() throws {
        let contract = """
            openapi: 3.1.0
            info: {title: Up, version: '1'}
            paths:
              /u:
                post:
                  operationId: up
                  requestBody:
                    content:
                      multipart/form-data:
                        schema: {type: object, properties: {photo: {type: string}, note: {type: string}}}
                        encoding: {photo: {headers: {X-Sum: {schema: {type: integer}}}}}
                  responses: {'200': {description: ok}}
            """
        func problems(_ set: String) throws -> [String] {
            try OneOperation.problems("step,call,set\na,up,\(set)\n", in: contract)
        }
        #expect(try problems("photo=x; part.photo.header.x-sum=7") == [])
        #expect(try problems("photo=x; part.photo.header.other=7") == [])
        #expect(
            try problems("photo=x; part.photo.header.x-sum=seven") == [
                "2:39 'part.photo.header.x-sum': 'seven' is text, but the schema allows integer | "
                    + "add `invalid` to `opts` if the request must violate the contract"
            ])
        #expect(
            try problems("photo=x; part.photo.header.x-sun=7") == [
                "2:15 warning: the contract declares no header 'x-sun' for this part; it is sent as text | did you mean 'X-Sum'?"
            ])
        #expect(
            try problems("photo=x; part.photo.header['x sum']=7").first?.contains("'x sum' is not a valid header name")
                == true)
    }
}
