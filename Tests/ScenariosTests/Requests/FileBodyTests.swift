import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Scenarios
import SourceText
import TestKit
import Testing

@Suite("Bodies and parts from files")
struct FileBodyTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: Uploads, version: '1'}
        servers: [{url: https://uploads.example}]
        paths:
          /uploads:
            post:
              operationId: upload
              requestBody:
                content:
                  multipart/form-data:
                    schema:
                      type: object
                      required: [photo]
                      properties:
                        photo: {type: string, minLength: 3}
                        pages: {type: array, items: {type: string}}
                        note: {type: string}
                    encoding: {photo: {contentType: image/png}}
              responses: &ok {'200': {description: ok}}
          /raw:
            post:
              operationId: putRaw
              parameters: [{name: x-name, in: header, schema: {type: string}}]
              requestBody: {content: {application/pdf: {}, text/xml: {}, image/*: {}}}
              responses: *ok
          /notes:
            post:
              operationId: note
              requestBody:
                content: {application/json: {schema: {type: object, properties: {text: {type: string}}}}}
              responses: *ok
          /form:
            post:
              operationId: form
              requestBody:
                content:
                  application/x-www-form-urlencoded:
                    schema: {type: object, properties: {text: {type: string}}}
              responses: *ok
        """

    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0xFF]
    private static let files: [String: [UInt8]] = [
        "scenarios/img/cat.png": png, "shared/tiny.png": [0xFF], "scenarios/a.xml": Array("<a>{{x}}</a>".utf8),
        "scenarios/a.txt": Array("ä & b\n".utf8), "scenarios/with blank.pdf": Array("%PDF".utf8),
        "scenarios/b.json": Array(#"{"photo": "{{file:img/cat.png}}"}"#.utf8),
    ]

    private static func plan(_ rows: [String]) throws -> ([Step], [String]) {
        let contracts = Contracts([try Contract.load(text: document, name: "v1")])
        let table = "scenario,step,call,body,set,opts\n" + rows.joined(separator: "\n") + "\n"
        let settings = PlanSettings(
            readFile: { (path: String) throws(SourceError) in
                guard let bytes = files[path] else {
                    throw SourceError(Diagnostic("source.not-found", .error, "the file does not exist"))
                }
                return bytes
            })
        let (plan, problems) = Planner.plan(
            tables: [TableSource(path: "scenarios/t.csv", bytes: Array(table.utf8))], contracts: contracts,
            settings: settings)
        return (plan.scenarios.first?.steps ?? [], problems.map(Library.text))
    }

    /// The body that a row sends, and its media type.
    private static func body(_ row: String) throws -> (bytes: [UInt8], type: String?) {
        let (steps, problems) = try plan(["s,a,\(row)"])
        #expect(problems == [])
        let scope = ValueScope(
            seed: "seed", table: "t.csv", scenario: "s", now: Instant(microsecondsSinceEpoch: 0))
        let request = try RequestBuilder.build(
            try #require(steps.first), scope: scope, credentials: Credentials(), baseURL: "https://uploads.example"
        ).message
        return (request.body ?? [], request.header("content-type").first)
    }

    @Test(
        "a whole body has exactly the bytes of the file, and a media type that the contract allows",
        arguments: [
            ("putRaw,file img/cat.png,,", "scenarios/img/cat.png", "image/png"),
            ("putRaw,file a.xml,,", "scenarios/a.xml", "text/xml"),
            ("putRaw,file with blank.pdf,,", "scenarios/with blank.pdf", "application/pdf"),
            ("putRaw,file ../shared/tiny.png,header.content-type=image/gif,", "shared/tiny.png", "image/gif"),
        ])
    func whole(row: String, path: String, type: String) throws {
        let (bytes, written) = try Self.body(row)
        #expect(bytes == Self.files[path])
        #expect(written == type)
    }

    @Test("files are parts of a multipart body, with their names")
    func parts() throws {
        let (bytes, type) = try Self.body(
            "upload,,photo={{file:img/cat.png}}; pages[0]={{ file:a.txt }}; pages[1]={{file:../shared/tiny.png}}; note=x,"
        )
        #expect(type == "multipart/form-data; boundary=assay-boundary")
        #expect(bytes.contains(Self.png))
        let text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        #expect(text.contains("name=\"photo\"; filename=\"cat.png\"\r\nContent-Type: image/png\r\n"))
        #expect(text.contains("name=\"pages\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n"))
        #expect(text.contains("name=\"pages\"; filename=\"tiny.png\"\r\nContent-Type: image/png\r\n\r\n\u{FF}\r\n"))
    }

    @Test("text files are values of JSON bodies and forms")
    func text() throws {
        #expect(try Self.body("note,,text={{file:a.txt}},").bytes == Array(#"{"text":"ä & b\n"}"#.utf8))
        #expect(try Self.body("form,,text={{file:a.txt}},").bytes == Array("text=%C3%A4%20%26%20b%0A".utf8))
    }

    @Test(
        "mistakes are reported before anything is sent",
        arguments: [
            ("putRaw,file none.png,,", "2:17 the file 'scenarios/none.png' cannot be read: the file does not exist"),
            ("putRaw,file ../../etc/passwd,,", "2:17 the file '../../etc/passwd' is outside the project"),
            ("putRaw,file /etc/passwd,,", "2:17 the file '/etc/passwd' is outside the project"),
            ("upload,,photo={{file:none.png}},", "2:19 the file 'scenarios/none.png' cannot be read"),
            ("upload,,photo={{file:../../x}},", "2:19 the file '../../x' is outside the project"),
            ("upload,,photo={{file:}},", "2:25 the path of the file is missing"),
            ("upload,,photo={{file:../shared/tiny.png}},", "2:13 'photo' has"),
            ("upload,,photo=a{{file:img/cat.png}},", "2:20 '{{file:img/cat.png}}' is not the whole value"),
            ("upload,,photo={{file:img/cat.png|base64}},", "2:19 '{{file:img/cat.png|base64}}' is not the whole value"),
            ("putRaw,none,x-name={{file:a.txt}},", "2:24 '{{file:a.txt}}' is not the whole value"),
            ("putRaw,file a.txt,,", "media type"), ("upload,,photo={{file:a.txt}},", "media type text/plain"),
            ("upload,b.json,,", "1:11 '{{file:img/cat.png}}' is not the whole value"),
            ("note,,text={{file:img/cat.png}},", "the file 'scenarios/img/cat.png' is not text"),
            ("upload,file img/cat.png,note=x,", "the body is a file, so 'note' cannot be set"),
        ])
    func mistakes(row: String, expected: String) throws {
        let (_, problems) = try Self.plan(["s,a,\(row)"])
        if expected.hasSuffix("has") {
            // The part is shorter than its schema allows: each octet counts as one character.
            #expect(
                problems.contains {
                    $0.contains("minLength") || $0.contains("3 character") || $0.contains("at least 3")
                }, "\(problems)")
        } else {
            #expect(problems.contains { $0.contains(expected) }, "\(problems)")
        }
    }

    @Test("equal paths in different folders are different files")
    func shapes() throws {
        let contracts = Contracts([try Contract.load(text: Self.document, name: "v1")])
        let files: [String: [UInt8]] = ["a/x.png": Self.png, "b/x.png": [0xFF]]
        let table = "scenario,step,call,set\n%,a,upload,photo={{file:x.png}}\n"
        let (_, problems) = Planner.plan(
            tables: ["a", "b"].map { folder in
                TableSource(path: "\(folder)/t.csv", bytes: Array(table.replacing("%", with: folder).utf8))
            },
            contracts: contracts,
            settings: PlanSettings(readFile: { (path: String) throws(SourceError) in files[path] ?? [] }))
        #expect(problems.compactMap(\.location?.file) == ["b/t.csv"])
    }
}
