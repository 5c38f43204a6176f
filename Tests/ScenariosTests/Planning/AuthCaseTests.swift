import Diagnostics
import OpenAPI
import Scenarios
import Testing

@Suite("Cases of credentials") struct AuthCaseTests {
    private static let schemes = """
        Id: {type: apiKey, in: header, name: x-id}, Key: {type: apiKey, in: header, name: x-key},
        Same: {type: apiKey, in: header, name: X-KEY}, Token: {type: http, scheme: bearer},
        Login: {type: http, scheme: basic}
        """

    /// The names of the steps of a row with `auth`, or the problem.
    private func steps(_ auth: String, security: String, call: String = "act", opts: String = "") throws -> [String] {
        let operation = OneOperation(security: security, schemes: Self.schemes.replacing("\n", with: " "))
        let (plan, problems) = try operation.plan("step,call,auth,expect,opts\na,\(call),\(auth),401,\(opts)\n")
        let errors = problems.filter { $0.severity == .error }.map(Library.text)
        return errors.isEmpty ? plan.scenarios[0].steps.map(\.name) : errors
    }

    @Test(
        "`alternatives` gives a step for each requirement, in the order of the contract",
        arguments: [
            ("[{Token: []}]", ["a[Token]"]), ("[{Id: [], Key: []}, {Token: []}]", ["a[Id+Key]", "a[Token]"]),
            ("[{Token: []}, {}]", ["a[Token]", "a[anonymous]"]),
        ])
    func alternatives(security: String, names: [String]) throws {
        #expect(try steps("alternatives", security: security) == names)
        #expect(try steps(" Alternatives ", security: security) == names)
    }

    @Test(
        "`incomplete` gives a step for each member without which the request lacks a credential",
        arguments: [
            ("[{Token: []}]", ["a[Token-Token]"]), ("[{Id: [], Key: []}]", ["a[Id+Key-Id]", "a[Id+Key-Key]"]),
            // Without `Id`, the other alternative is complete.
            ("[{Id: [], Key: []}, {Key: []}]", ["a[Id+Key-Key]", "a[Key-Key]"]),
            // One header carries both keys, so leaving out one of them leaves out nothing.
            ("[{Key: [], Same: [], Id: []}]", ["a[Key+Same+Id-Id]"]),
            // The header `authorization` carries the token and the login.
            ("[{Token: [], Login: []}, {Id: []}]", ["a[Id-Id]"]),
        ])
    func incomplete(security: String, names: [String]) throws {
        #expect(try steps("incomplete", security: security) == names)
    }

    @Test("where anonymous access is allowed, nothing is missing")
    func anonymous() throws {
        #expect(
            try steps("incomplete", security: "[{Token: []}, {}]") == [
                "2:7 no member of an alternative of 'act' is required: without any of them, another alternative is "
                    + "complete | leave the cell empty"
            ])
    }

    @Test("a case that has nothing to try is reported", arguments: ["alternatives", "incomplete", "wrong"])
    func needless(auth: String) throws {
        for security in ["[]", "[{}]"] {
            #expect(
                try steps(auth, security: security) == [
                    "2:7 'act' requires no credentials, so there is nothing to try | leave the cell empty"
                ])
        }
    }

    @Test("the alternatives of a call are those of an operation", arguments: ["alternatives", "INCOMPLETE"])
    func undeclared(auth: String) throws {
        #expect(
            try steps(auth, security: "[]", call: "DELETE /nothing", opts: "invalid") == [
                "2:19 `\(auth)` requires an operation of the contract | "
                    + "the contract declares the alternatives per operation"
            ])
        #expect(try steps("wrong", security: "[]", call: "DELETE /nothing", opts: "invalid") == ["a"])
        #expect(try steps("none", security: "[]", call: "DELETE /nothing", opts: "invalid") == ["a"])
    }

    @Test("each case is a step with its own name for references; the plain name means the first")
    func references() throws {
        let operation = OneOperation(
            response: "{type: object, properties: {id: {type: string}}}", security: "[{Id: [], Key: []}, {Token: []}]",
            schemes: Self.schemes.replacing("\n", with: " "))
        let problems = try operation.problems(
            """
            scenario,step,call,auth,set,expect,save
            s,a,act,alternatives,,,id=id
            ,b,act,,header.x-a={{a.id}}; header.x-b={{a[Token].id}}; header.x-c={{a[Id+Key].id}},,
            ,c,act,,header.x-a={{a[Key].id}},,
            """)
        #expect(problems.map { String($0.prefix { $0 != "|" }) } == ["4:20 unknown step 'a[Key]' "])
    }

    @Test(
        "the names of profiles are exact, those of the words are not",
        arguments: [
            ("staff", true), ("guest ", true), ("NONE", true), ("Wrong", true), ("Staff", false), ("non", false),
        ])
    func profiles(auth: String, isKnown: Bool) {
        let problems = Library.problems("step,call,set,auth,expect\na,getBook,book_id=x,\(auth),\n")
        #expect(problems.isEmpty == isKnown, "\(problems)")
    }
}
