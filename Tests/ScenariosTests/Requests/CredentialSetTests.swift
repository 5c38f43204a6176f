import OpenAPI
import Testing

@testable import Scenarios

@Suite("Choosing credentials")
struct CredentialSetTests {
    private let contract: Contract

    init() throws {
        contract = try ParcelContract.load()
    }

    /// The members as `scheme=value`, or the reason why there are none.
    private func chosen(_ auth: AuthCase, _ operation: String?, target: String? = "shop") -> String {
        let set = ParcelContract.credentialSet(contract, target: target)
        switch set.credentials(for: auth, operation: operation.flatMap(contract.operation), contract: "1") {
        case .success(let credentials):
            return credentials.members.map { "\($0.scheme.name)=\($0.value)" }.joined(separator: " ")
        case .failure(let missing):
            return "missing: \(missing.message)"
        }
    }

    @Test("a profile sends the first requirement for which it has all members")
    func profile() {
        #expect(chosen(.profile(nil), "SendParcel") == "ApiId=id-1 ApiKey=Secret-99")
        #expect(chosen(.profile("desk"), "ListParcels") == "Token=tok")
        #expect(chosen(.profile("desk"), "PrintLabel") == "Login=ann:pa:ss")
        #expect(chosen(.none, "SendParcel") == "")
    }

    @Test("nothing is sent if nothing is required, or if anonymous access is allowed")
    func anonymous() {
        #expect(chosen(.profile(nil), "OpenDoor") == "")
        #expect(chosen(.profile(nil), "PrintLabel") == "")
        #expect(chosen(.profile(nil), "PrintLabel", target: nil) == "")
    }

    @Test("without an operation, a profile sends its values in the order of the contract, one for each header")
    func undeclared() {
        #expect(chosen(.profile("desk"), nil) == "Token=tok QueryKey=k&1 CookieKey=c1")
    }

    @Test("missing credentials are a reason to skip")
    func missing() {
        #expect(chosen(.profile("partner"), "SendParcel") == "missing: no credentials for the profile 'partner'")
        #expect(chosen(.profile(nil), "SendParcel", target: nil) == "missing: no auth profile is configured")
        #expect(
            chosen(.profile("desk"), "SendParcel")
                == "missing: the profile 'desk' has no complete credentials for 'SendParcel': missing ApiId and ApiKey"
        )
        #expect(chosen(.wrong, "OpenDoor") == "missing: credentials cannot be wrong if none are required")
    }

    @Test("cases that name schemes use the values of any profile")
    func requirements() throws {
        let both = try #require(contract.operation("SendParcel")?.security.first)
        let token = try #require(contract.operation("ListParcels")?.security.first)
        #expect(chosen(.requirement(both), "SendParcel", target: "desk") == "ApiId=id-1 ApiKey=Secret-99")
        #expect(chosen(.requirement(token), "ListParcels") == "Token=tok")
        #expect(chosen(.incomplete(both, without: "ApiId"), "SendParcel") == "ApiKey=Secret-99")
        #expect(chosen(.incomplete(token, without: "Token"), "ListParcels") == "")
    }

    @Test("wrong credentials are the target's with another last value of the same shape")
    func wrong() throws {
        let text = chosen(.wrong, "SendParcel")
        #expect(text.hasPrefix("ApiId=id-1 ApiKey="))
        let value = String(text.dropFirst("ApiId=id-1 ApiKey=".count))
        #expect(value != "Secret-99")
        #expect(try #/[A-Z][a-z]{5}-[0-9]{2}/#.wholeMatch(in: value) != nil)
        #expect(chosen(.wrong, "SendParcel") == text)
        // The target has nothing for this operation, another profile has.
        #expect(chosen(.wrong, "ListParcels").hasPrefix("Token="))
        #expect(chosen(.wrong, "ListParcels") != "Token=tok")
    }

    @Test(
        "a wrong value keeps length and shape, and always differs",
        arguments: ["a", "0", "Z9", "ann:pa:ss", "----", "é", "", "cfsk_ma_test_0123456789abcdef"])
    func wrongValues(_ value: String) {
        let wrong = wrongValue(like: value)
        #expect(wrong != value)
        #expect(wrong.unicodeScalars.count == max(1, value.unicodeScalars.count))
        func shape(_ text: String) -> [Int] {
            text.unicodeScalars.map { scalar in
                switch scalar {
                case "a"..."z": 1
                case "A"..."Z": 2
                case "0"..."9": 3
                default: 4
                }
            }
        }
        // What is drawn says nothing about the value: it is the same for every value of the shape.
        let twin = String(
            value.unicodeScalars.map { scalar -> Character in
                switch scalar {
                case "a"..."z": "q"
                case "A"..."Z": "Q"
                case "0"..."9": "5"
                default: Character(scalar)
                }
            })
        let pairs = zip(wrong.utf8, wrongValue(like: twin).utf8)
        #expect(pairs.count(where: { $0 != $1 }) <= 1)
        if value.utf8.contains(where: { $0 >= 0x30 }), !value.utf8.contains(where: { $0 > 0x7F }) {
            #expect(shape(wrong) == shape(value))
        }
    }

    @Test(
        "one field contains one value, and a certificate is not part of a request",
        arguments: [
            ("[{A: [], B: []}]", "A=x"), ("[{K: [], A: []}]", "K=x"), ("[{Login: [], A: []}]", nil),
            ("[{Login: [], A: []}, {A: []}]", "A=x"), ("[{A: [], Tls: []}]", "A=x"), ("[{Tls: []}]", ""),
            ("[{X: [], Q: []}]", "X=x Q=x"),
        ])
    func carriers(security: String, expected: String?) throws {
        let contract = try ParcelContract.load(
            """
            openapi: 3.0.3
            info: {title: One, version: '1'}
            paths: {/a: {get: {operationId: read, security: \(security), responses: {'200': {description: ok}}}}}
            components:
              securitySchemes:
                A: {type: oauth2, flows: {}}
                B: {type: http, scheme: bearer}
                K: {type: apiKey, in: header, name: authorization}
                X: {type: apiKey, in: header, name: x-key}
                Q: {type: apiKey, in: query, name: x-key}
                Login: {type: http, scheme: basic}
                Tls: {type: mutualTLS}
            """)
        let values = Dictionary(uniqueKeysWithValues: contract.securitySchemes.map { ($0.name, "x") })
        let set = CredentialSet(
            profiles: ["main": values], targetProfile: "main", schemes: ["1": contract.securitySchemes])
        let result = set.credentials(for: .profile(nil), operation: contract.operation("read"), contract: "1")
        switch result {
        case .success(let credentials):
            #expect(credentials.members.map { "\($0.scheme.name)=\($0.value)" }.joined(separator: " ") == expected)
        case .failure(let missing):
            #expect(expected == nil)
            #expect(missing.message == "no request can contain the credentials of all schemes of 'read'")
        }
    }
}
