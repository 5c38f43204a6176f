import Synchronization
import TestKit

/// An API whose sessions are `token-canary-N`; only the newest one is accepted.
struct LoginServer: Sendable {
    private let server: RawServer
    private let sessions = LoginSessions()

    var port: Int { server.port }

    /// The methods and paths of the requests, in the order of arrival.
    var seen: [String] { sessions.state.withLock { $0.seen } }

    /// The number of sessions that were begun or refused.
    var logins: Int { seen.count { $0.hasPrefix("POST /v1/sessions") } }

    init() throws {
        server = try RawServer { [sessions] connection in
            while let request = connection.readRequest() {
                let (status, body) = sessions.answer(request)
                connection.write(
                    "HTTP/1.1 \(status) X\r\nContent-Type: application/json\r\n"
                        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            }
        }
    }

    func stop() { server.stop() }

    /// Logins fail or succeed from now on.
    func answerLogins(_ status: Int) { sessions.state.withLock { $0.status = status } }

    /// A project with a login in one table and scenarios that use it in another.
    func files(
        login: String = "sign-in", credential: String = "{{login.token}}", users: String? = nil
    ) -> [String: String] {
        [
            "assay.yaml": """
            versions: {'1': {spec: s.yaml}}
            default-auth: anna
            targets:
              live: {base-url: 'http://127.0.0.1:\(port)/v1'}
            auth:
              anna:
                login: \(login)
                Session: '\(credential)'
            """,
            "s.yaml": Self.document,
            "scenarios/a.csv": users ?? """
                scenario,step,call,auth,set,expect,tags
                one,first,getUser,,id={{session.sign-in.user}},200,smoke
                ,wrong,getUser,wrong,id=1,401,
                two,first,getUser,,id=7,200,
                three,none,getUser,none,id=7,401,

                """,
            "scenarios/login.csv": """
            scenario,step,call,set,expect,save,opts
            sign-in,enter,signIn,user=anna; password={{secret.PASSWORD}},201,token=token; user=id,session

            """,
        ]
    }

    static let environment = ["PASSWORD": "pass-canary-9"]

    private static let document = """
        openapi: 3.1.0
        info: {title: Shop, version: '1'}
        servers: [{url: https://sandbox.shop.example/v1}]
        security: [{Session: []}]
        paths:
          /sessions:
            post:
              operationId: signIn
              security: []
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      required: [user, password]
                      properties: {user: {type: string}, password: {type: string}}
              responses:
                '201':
                  description: Signed in.
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [token, id]
                        properties: {token: {type: string, minLength: 8}, id: {type: integer}}
                '401': {description: Wrong., content: {application/json: {schema: {type: object}}}}
          /users/{id}:
            get:
              operationId: getUser
              parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
              responses:
                '200': {description: There., content: {application/json: {schema: {type: object}}}}
                '401': {description: Unauthorised., content: {application/json: {schema: {type: object}}}}
        components:
          securitySchemes:
            Session: {type: http, scheme: bearer}
        """
}

/// What a login server remembers.
private final class LoginSessions: Sendable {
    struct State {
        var issued = 0
        /// The status of logins.
        var status = 201
        var seen: [String] = []
    }

    let state = Mutex(State())

    /// The status and body for a request.
    func answer(_ request: String) -> (Int, String) {
        state.withLock { state in
            state.seen.append(request.split(separator: " ").prefix(2).joined(separator: " "))
            if request.hasPrefix("POST /v1/sessions") {
                guard state.status == 201 else { return (state.status, "{}") }
                state.issued += 1
                return (201, #"{"token": "token-canary-\#(state.issued)", "id": 7}"#)
            }
            let token = "authorization: bearer token-canary-\(state.issued)\r\n"
            guard state.issued > 0, request.lowercased().contains(token) else { return (401, "{}") }
            return (200, #"{"seen": "token-canary-\#(state.issued)"}"#)
        }
    }
}
