import Foundation
import JSONDocument
import Synchronization
import TestKit
import Testing

/// Bodies from files, compared byte for byte at a server on a socket, and judged by the mock.
@Suite("Bodies from files on the command line", .inTurn, .timeLimit(.minutes(20)))
struct FileBodyCommandTests {
    private static let files = [
        "assay.yaml": """
        versions: {'1': {spec: s.yaml}}
        targets: {mock: {kind: mock}}
        promises:
          echo: {x-trace: x-trace}
        """,
        "s.yaml": """
        openapi: 3.1.0
        info: {title: Uploads, version: '1'}
        servers: [{url: https://uploads.example}]
        paths:
          /uploads:
            post:
              operationId: upload
              parameters: [{name: x-trace, in: header, schema: {type: string}}]
              requestBody:
                required: true
                content:
                  multipart/form-data:
                    schema:
                      type: object
                      required: [photo]
                      properties:
                        photo: {type: string, maxLength: 2000}
                        meta: {type: object, required: [title], properties: {title: {type: string}}}
                    encoding: {photo: {contentType: 'image/png'}, meta: {contentType: application/json}}
                  image/png: {}
                  application/xml: {}
              responses:
                '204': {description: Stored., headers: {x-trace: {schema: {type: string}}}}
                '400': {description: Refused.}
                default: {description: Refused.}
        """,
        "scenarios/t.csv": """
        scenario,step,call,body,set,expect,opts
        s,part,upload,,"photo={{file:cat.png}}; meta:={""title"":""a""}",204,
        ,whole,upload,file cat.png,header.content-type=image/png,204,
        x,xml,upload,file a.xml,header.content-type=application/xml,204,
        """,
        "scenarios/a.xml": "<a b=\"{{x}}\">\r\n  ä</a>\n",
    ]

    private static let octets: [UInt8] = [0x89, 0x50, 0x4E, 0x47] + Array(0...255) + [0x0D, 0x0A, 0x2D, 0x2D]

    private static func project(_ change: [String: String] = [:], _ body: (TemporaryProject) throws -> Void) throws {
        try TemporaryProject.with(files.merging(change) { _, new in new }) { project in
            try Data(octets).write(to: project.folder.appendingPathComponent("scenarios/cat.png"))
            try body(project)
        }
    }

    @Test("a server receives exactly the bytes of the files, and the journal keeps them")
    func octets() async throws {
        try await onOwnThread {
            let bodies = Mutex<[(head: String, body: [UInt8])]>([])
            let server = try RawServer { connection in
                while let message = connection.readMessage() {
                    bodies.withLock { $0.append(message) }
                    connection.write("HTTP/1.1 204 X\r\n\r\n")
                }
            }
            defer { server.stop() }
            try Self.project { project in
                let run = try project.run([
                    "run", "--base-url", "http://127.0.0.1:\(server.port)", "--journal", "run.ndjson", "--jobs", "1",
                ])
                #expect(run.status == 0, "\(run.output)\(run.error)")
                let received = bodies.withLock { $0 }
                try #require(received.count == 3)
                let part = received[0].body
                let start = try #require(part.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound)
                #expect(Array(part[start...].prefix(Self.octets.count)) == Self.octets)
                #expect(part[(start + Self.octets.count)...].starts(with: Array("\r\n--assay-boundary\r\n".utf8)))
                #expect(
                    String(decoding: part, as: UTF8.self).contains("filename=\"cat.png\"\r\nContent-Type: image/png"))
                #expect(received[1].body == Self.octets)
                #expect(received[1].head.contains("content-type: image/png\r\n"))
                #expect(received[2].body == Array((Self.files["scenarios/a.xml"] ?? "").utf8))
                let journal = try project.read("run.ndjson")
                #expect(journal.contains(Data(Self.octets).base64EncodedString()))
            }
        }
    }

    @Test("the mock accepts the files, and rejects a part and a body that violate the contract")
    func mocked() async throws {
        try await onOwnThread {
            try Self.project { project in
                let run = try project.run(["run", "--report", "json=out.json"])
                #expect(run.status == 0, "\(run.output)\(run.error)")
                // No row sends the header of the promise.
                #expect(try project.read("out.json").contains("promise.never-applied"))
                #expect(run.output.contains("'echo.x-trace'") || run.error.contains("'echo.x-trace'"))
                #expect(run.output.contains("assay.yaml:4:"), "\(run.output)")
                let part = try project.run(["run", "--grep", "x"])
                #expect(part.status == 0 && !part.output.contains("never-applied"), "\(part.output)\(part.error)")
            }
            let rows = """
                scenario,step,call,body,set,expect,opts
                s,large,upload,,photo={{file:large.png}},400,invalid
                ,type,upload,,photo={{file:a.xml}},400,invalid
                ,lacks,upload,,photo={{file:cat.png}}; meta:={},400,invalid
                ,body,upload,file a.xml,header.content-type=text/html,4xx,invalid
                """
            try Self.project(["scenarios/t.csv": rows, "scenarios/large.png": String(repeating: "x", count: 2_001)]) {
                project in
                let run = try project.run(["run"])
                #expect(run.status == 0, "\(run.output)\(run.error)")
                #expect(run.output.contains("4 steps, 4 exchanges"), "\(run.output)")
            }
        }
    }

    @Test("headers of parts are sent as the row sets them; the mock requires them")
    func partHeaders() async throws {
        try await onOwnThread {
            let document = (Self.files["s.yaml"] ?? "").replacing(
                "photo: {contentType: 'image/png'}",
                with:
                    "photo: {contentType: 'image/png', headers: {X-Sum: {required: true, schema: {type: integer, "
                    + "maximum: 99}}, X-Kind: {required: true, schema: {default: cat}}}}")
            let rows = """
                scenario,step,call,set,expect,opts
                s,good,upload,photo={{file:cat.png}}; part.photo.header.x-sum=7,204,
                ,high,upload,photo={{file:cat.png}}; part.photo.header.x-sum=700,400,invalid
                ,lacks,upload,photo={{file:cat.png}},400,invalid
                ,kind,upload,photo={{file:cat.png}}; part.photo.header.x-sum=7; !part.photo.header.x-kind,400,invalid

                """
            try Self.project(["s.yaml": document, "scenarios/t.csv": rows]) { project in
                let run = try project.run(["run", "--journal", "run.ndjson"])
                #expect(run.status == 0, "\(run.output)\(run.error)")
                let shown = try project.run(["show", "run.ndjson", "s/good"])
                #expect(shown.output.contains("x-sum: 7"), "\(shown.output)\(shown.error)")
                #expect(shown.output.contains("X-Kind: cat"), "\(shown.output)")
            }
            let wrong = """
                scenario,step,call,set,expect,opts
                s,lacks,upload,photo={{file:cat.png}},204,
                ,near,upload,photo={{file:cat.png}}; part.photo.header.x-sun=7,204,
                ,high,upload,photo={{file:cat.png}}; part.photo.header.x-sum=700,204,

                """
            try Self.project(["s.yaml": document, "scenarios/t.csv": wrong]) { project in
                let run = try project.run(["lint"])
                #expect(run.status != 0)
                let text = run.output + run.error
                #expect(text.contains("'part.photo.header.X-Sum' is missing"), "\(text)")
                #expect(text.contains("write part.photo.header.X-Sum=… in `set`"), "\(text)")
                #expect(text.contains("did you mean 'X-Sum'?"), "\(text)")
                #expect(text.contains("'part.photo.header.x-sum': 700 is above"), "\(text)")
            }
        }
    }

    @Test("a file outside of the project is an error, also through a link")
    func outside() async throws {
        try await onOwnThread {
            let rows =
                "scenario,step,call,body,set,expect\ns,a,upload,file link.png,header.content-type=image/png,204\n"
            try Self.project(["scenarios/t.csv": rows]) { project in
                try FileManager.default.createSymbolicLink(
                    atPath: project.folder.appendingPathComponent("scenarios/link.png").path,
                    withDestinationPath: "/etc/hostname")
                let run = try project.run(["run", "--dry-run"])
                #expect(run.status == 2)
                #expect(run.error.contains("scenarios/t.csv:2:"), "\(run.error)")
                #expect(run.error.contains("cannot be read"), "\(run.error)")
            }
        }
    }
}
