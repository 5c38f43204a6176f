import OpenAPI
import TestKit
import Testing

/// The fields that contain credentials, and schemes that need the same field (RFC 9110, sections 5.3 and 11.6.2).
@Suite("Carriers of credentials")
struct SecurityCarrierTests {
    /// A contract with these schemes and one operation for each list of alternatives.
    private static func contract(_ schemes: String, _ requirements: String...) throws -> Contract {
        try contract(schemes, requirements)
    }

    private static func contract(_ schemes: String, _ requirements: [String]) throws -> Contract {
        let paths = requirements.enumerated().map { index, requirement in
            "  /p\(index): {get: {operationId: o\(index), security: \(requirement), responses: {'200': {description: ok}}}}"
        }
        return try OpenAPITests.contract(
            """
            openapi: 3.1.0
            info: {title: t, version: '1'}
            paths:
            \(paths.isEmpty ? "  {}" : paths.joined(separator: "\n"))
            components: {securitySchemes: {\(schemes)}}
            """)
    }

    static let bearer = "A: {type: http, scheme: Bearer}"
    static let basic = "B: {type: http, scheme: BASIC}"
    static let key = "K: {type: apiKey, in: header, name: authorization}"

    @Test(
        "each kind of scheme has its field and the text before its value",
        arguments: [
            (
                "{type: http, scheme: basic}", SecurityCarrier.header("authorization"), "Basic ",
                "the header authorization"
            ),
            ("{type: http, scheme: BeArEr}", .header("authorization"), "Bearer ", "the header authorization"),
            ("{type: http, scheme: digest}", .header("authorization"), "digest ", "the header authorization"),
            ("{type: oauth2, flows: {}}", .header("authorization"), "Bearer ", "the header authorization"),
            (
                "{type: openIdConnect, openIdConnectUrl: 'https://a.example'}", .header("authorization"), "Bearer ",
                "the header authorization"
            ),
            ("{type: apiKey, in: header, name: X-Key}", .header("x-key"), "", "the header x-key"),
            ("{type: apiKey, in: query, name: Key}", .query("Key"), "", "the query parameter Key"),
            ("{type: apiKey, in: cookie, name: Key}", .cookie("Key"), "", "the cookie Key"),
            ("{type: mutualTLS}", nil, "", ""),
        ] as [(String, SecurityCarrier?, String, String)])
    func carriers(scheme: String, carrier: SecurityCarrier?, prefix: String, words: String) throws {
        let scheme = try #require(Self.contract("S: \(scheme)").securityScheme("S"))
        #expect(scheme.carrier == carrier)
        #expect(scheme.valuePrefix == prefix)
        #expect((scheme.carrier?.description ?? "") == words)
    }

    @Test(
        "schemes that are required together and use one field share one value, with the prefix of the lead",
        arguments: [
            // Equal prefixes, then a key in the field of a token.
            ("\(bearer), C: {type: oauth2, flows: {}}", "[{A: [], C: []}]", ["C of A ''"]),
            ("\(bearer), \(key)", "[{A: [], K: []}]", ["K of A 'Bearer '"]),
            ("\(bearer), \(key)", "[{K: [], A: []}]", ["K of A 'Bearer '"]),
            (
                "K: {type: apiKey, in: header, name: X-Key}, L: {type: apiKey, in: header, name: x-KEY}",
                "[{K: [], L: []}]", ["L of K ''"]
            ),
            // Alternatives are not required together, and other fields have other values.
            ("\(bearer), \(key)", "[{A: []}, {K: []}]", []),
            ("\(bearer), K: {type: apiKey, in: header, name: X-Key}", "[{A: [], K: []}]", []),
            (
                "K: {type: apiKey, in: query, name: k}, L: {type: apiKey, in: cookie, name: k}", "[{K: [], L: []}]", []
            ),
            (
                "K: {type: apiKey, in: query, name: k}, L: {type: apiKey, in: query, name: K}", "[{K: [], L: []}]", []
            ),
            ("M: {type: mutualTLS}, N: {type: mutualTLS}", "[{M: [], N: []}]", []),
            // A basic header encodes its value, so nothing else fits into it.
            ("\(basic), \(bearer)", "[{A: [], B: []}]", []), ("\(basic), \(key)", "[{B: [], K: []}]", []),
        ])
    func shared(schemes: String, requirement: String, expected: [String]) throws {
        let shared = try Self.contract(schemes, requirement).sharedCredentials
        #expect(shared.map { "\($0.scheme) of \($0.lead) '\($0.prefix)'" } == expected)
    }

    @Test("a chain of schemes has one lead, and the list has the order of the document")
    func chain() throws {
        let schemes = "C: {type: http, scheme: bearer}, B: {type: oauth2, flows: {}}, \(Self.bearer), \(Self.key)"
        let contract = try Self.contract(schemes, "[{A: [], B: []}]", "[{B: [], C: []}]", "[{A: [], K: []}]")
        #expect(contract.sharedCredentials.map { "\($0.scheme) of \($0.lead)" } == ["C of A", "B of A", "K of A"])
        #expect(contract.sharedCredentials.map(\.prefix) == ["", "", "Bearer "])
    }

    @Test(
        "pairs that are required by different operations share one value, in any order of the pairs",
        arguments: [
            (["A, C", "B, C"], ["A of B", "C of B"]), (["A, B", "C, D", "B, C"], ["B of A", "C of A", "D of A"]),
            (["A, C", "B, D", "C, D"], ["B of A", "C of A", "D of A"]), (["A, B", "C, D"], ["B of A", "D of C"]),
            (["A, K", "B, K"], ["A of B", "K of B"]), (["K, L", "A, L"], ["K of A", "L of A"]),
            (["A, B", "B, A"], ["B of A"]), (["A, B, C, D"], ["B of A", "C of A", "D of A"]),
        ])
    func pairs(pairs: [String], expected: [String]) throws {
        let bearers = ["A", "B", "C", "D"].map { "\($0): {type: http, scheme: bearer}" }
        let keys = ["K", "L"].map { "\($0): {type: apiKey, in: header, name: Authorization}" }
        let requirements = pairs.map { pair in
            "[{\(pair.split(separator: ", ").map { "\($0): []" }.joined(separator: ", "))}]"
        }
        let contract = try Self.contract((bearers + keys).joined(separator: ", "), requirements)
        let shared = contract.sharedCredentials
        #expect(shared.map { "\($0.scheme) of \($0.lead)" } == expected)
        for credential in shared {
            #expect(credential.prefix == (["K", "L"].contains(credential.scheme) ? "Bearer " : ""))
            // A lead has a value of its own.
            #expect(!shared.contains { $0.scheme == credential.lead })
        }
    }

    @Test(
        "a requirement that no request can satisfy has a reason",
        arguments: [
            (bearer, "[{A: []}]", nil), ("\(bearer), \(key)", "[{A: [], K: []}]", nil), (bearer, "[{}]", nil),
            ("M: {type: mutualTLS}, \(basic)", "[{M: [], B: []}]", nil),
            (bearer, "[{A: [], Z: []}]", "its security scheme Z is not declared under components/securitySchemes"),
            (
                "\(basic), \(bearer)", "[{A: [], B: []}]",
                "its security schemes A and B need different values in the header authorization"
            ),
            (
                "\(basic), \(key)", "[{K: [], B: []}]",
                "its security schemes K and B need different values in the header authorization"
            ),
            (
                "\(bearer), D: {type: http, scheme: digest}", "[{A: [], D: []}]",
                "its security schemes A and D need different values in the header authorization"
            ),
        ] as [(String, String, String?)])
    func problems(schemes: String, requirement: String, problem: String?) throws {
        let contract = try Self.contract(schemes, requirement)
        let requirement = try #require(contract.operations.first?.security.first)
        #expect(contract.problem(of: requirement) == problem)
        #expect((contract.conflict(of: requirement) != nil) == (problem?.contains("different values") ?? false))
        if let conflict = contract.conflict(of: requirement) {
            #expect(conflict.carrier == .header("authorization"))
            #expect([conflict.first, conflict.second] == requirement.schemes)
        }
    }

    @Test(
        "a parameter that contains a key is judged with the credentials, and not as a parameter",
        arguments: [
            ("{type: apiKey, in: header, name: x-key}", "{name: X-Key, in: header", true),
            ("{type: apiKey, in: query, name: key}", "{name: key, in: query", true),
            ("{type: apiKey, in: query, name: key}", "{name: KEY, in: query", false),
            ("{type: apiKey, in: query, name: key}", "{name: key, in: header", false),
            ("{type: apiKey, in: cookie, name: key}", "{name: key, in: cookie", true),
            ("{type: http, scheme: bearer}", "{name: x-authorization, in: header", false),
        ])
    func parameters(scheme: String, parameter: String, isCredential: Bool) throws {
        let contract = try OpenAPITests.contract(
            """
            openapi: 3.1.0
            info: {title: t, version: '1'}
            paths:
              /a: {get: {parameters: [\(parameter), required: true, schema: {type: string}}], responses: {'200': {}}}}
            components: {securitySchemes: {S: \(scheme)}}
            """)
        #expect(contract.issues(in: WireRequest(method: "GET", path: "/a")).isEmpty == isCredential)
    }
}
