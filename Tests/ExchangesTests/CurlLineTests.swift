import Exchanges
import Foundation
import Testing

@Suite("curl lines")
struct CurlLineTests {
    @Test("a request becomes one line of plain words")
    func wholeLine() {
        let request = RequestMessage(
            method: "POST",
            url: "http://127.0.0.1:8080/parcels?x=%20",
            headers: [
                HeaderField(name: "content-type", value: "application/json"), HeaderField(name: "x-empty", value: ""),
            ],
            body: Array("{\"name\":\"O'Brien\"}".utf8)
        )
        #expect(
            curlLine(request, redactor: .none)
                == "curl --include --request POST 'http://127.0.0.1:8080/parcels?x=%20' "
                + "--header 'content-type: application/json' --header 'x-empty;' --data-raw '{\"name\":\"O'\\''Brien\"}'"
        )
        #expect(
            curlLine(RequestMessage(method: "GET", url: "http://h/"), redactor: .none) == "curl --include 'http://h/'")
        #expect(
            curlLine(RequestMessage(method: "HEAD", url: "http://h/"), redactor: .none)
                == "curl --include --head 'http://h/'"
        )
    }

    @Test(
        "the shell passes on the exact bytes of the body",
        arguments: [
            "plain", "O'Brien's $HOME `id` \"x\" \\n !!", "@file", "-d", "a\nb\r\n\tc", "nul\0nul",
            "%s %d \\0101 \\c x",
            "bidi \u{202E}txt\u{200B}", "é ✓ 😀", "", " ", "'", "\\", "\u{7F}\u{85}\u{2028}",
        ].map { Array($0.utf8) } + [[0xFF, 0xFE, 0x00, 0x27, 0x5C, 0x30], Array(UInt8.min...UInt8.max)]
    )
    func bodies(body: [UInt8]) throws {
        let request = RequestMessage(method: "POST", url: "http://h/", body: body)
        let line = curlLine(request, redactor: .none)
        #expect(
            line.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && $0.value != 0x7F && $0 != "\u{202E}" && $0 != "\u{200B}"
            })
        let (arguments, input) = try run(line)
        let raw = arguments.firstIndex(of: Array("--data-raw".utf8)).map { arguments[$0 + 1] }
        #expect((raw ?? input) == body)
    }

    @Test("the shell passes on method, URL and headers unchanged")
    func words() throws {
        let request = RequestMessage(
            method: "M-SEARCH",
            url: "http://[::1]/a/../b?c={d}&e='f'",
            headers: [HeaderField(name: "x-note", value: "it's $5; `x` *")]
        )
        let arguments = try run(curlLine(request, redactor: .none)).arguments.map {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(
            arguments == [
                "--include", "--request", "M-SEARCH", "--globoff", "--path-as-is", "http://[::1]/a/../b?c={d}&e='f'",
                "--header", "x-note: it's $5; `x` *",
            ]
        )
    }

    @Test("control characters of a header are escaped, so the result is one line")
    func controlCharacters() {
        let request = RequestMessage(
            method: "GET", url: "http://h/", headers: [HeaderField(name: "a", value: "b\r\n\u{1B}[2J")])
        #expect(
            curlLine(request, redactor: .none) == "curl --include 'http://h/' --header 'a: b\\r\\n\\u{1b}[2J'")
    }

    @Test("secrets are variables in the URL, headers and body, including escaped bodies")
    func secrets() {
        let redactor = Redactor(secrets: [("KEY", "hush-hush")])
        let request = RequestMessage(
            method: "POST",
            url: "http://h/?k=hush%2Dhush",
            headers: [HeaderField(name: "x-key", value: "hush-hush")],
            body: Array("hush-hush\n".utf8)
        )
        #expect(
            curlLine(request, redactor: redactor)
                == #"printf '%b' "$KEY"'\0012' | curl --include --request POST 'http://h/?k='"$KEY" "#
                + #"--header 'x-key: '"$KEY" --header 'content-type:' --data-binary @-"#
        )
    }

    @Test("the shell puts the secrets of the environment in place, and nothing else")
    func variables() throws {
        let redactor = Redactor(secrets: [("API_KEY", "hush-hush"), ("wrong-one", "psst-psst")])
        let request = RequestMessage(
            method: "GET", url: "http://h/",
            headers: [
                HeaderField(name: "authorization", value: "Bearer hush-hush"),
                HeaderField(name: "x-other", value: "psst-psst $HOME 'q'\u{301}"),
                // Text of a user that only seems to be a mask.
                HeaderField(name: "x-odd", value: "‹secret $(id)› ‹secret 1A› ‹secret API_KEY"),
            ])
        let arguments = try run("API_KEY='real \"value\"'; " + curlLine(request, redactor: redactor)).arguments.map {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(
            arguments == [
                "--include", "http://h/", "--header", "authorization: Bearer real \"value\"", "--header",
                "x-other: ‹secret wrong-one› $HOME 'q'\u{301}", "--header",
                "x-odd: ‹secret $(id)› ‹secret 1A› ‹secret API_KEY",
            ])
    }

    @Test("basic credentials stay masked, because the variable would not be encoded")
    func basic() {
        let redactor = Redactor(secrets: [("KEY", "hush-hush")])
        let request = RequestMessage(
            method: "GET", url: "http://h/",
            headers: [HeaderField(name: "authorization", value: "Basic aHVzaC1odXNo")])
        #expect(
            curlLine(request, redactor: redactor)
                == "curl --include 'http://h/' --header 'authorization: Basic ‹secret KEY›'")
    }

    @Test("an incomplete body is read from a file")
    func largeBodies() {
        let large = RequestMessage(method: "PUT", url: "http://h/", body: Array(repeating: 0x61, count: 40_000))
        #expect(curlLine(large, redactor: .none).hasSuffix("--data-binary @body"))
        let cut = RequestMessage(method: "PUT", url: "http://h/", body: [0x61], cut: BodyCut(length: 9, hash: "0"))
        #expect(curlLine(cut, redactor: .none).hasSuffix("--data-binary @body"))
    }

    /// Runs `line` in `sh` with a `curl` that only tells its arguments and its input.
    private func run(_ line: String) throws -> (arguments: [[UInt8]], input: [UInt8]) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c", "curl() { for a in \"$@\"; do printf '%s\\0' \"$a\"; done; printf '\\0'; cat; }; " + line,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = Array(try output.fileHandleForReading.readToEnd() ?? Data())
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        var arguments: [[UInt8]] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0) {
            let argument = Array(rest[..<end])
            rest = rest[(end + 1)...]
            // Only the words after the options may be empty, so an empty one before `@-` ends the list.
            if argument.isEmpty, arguments.last != Array("--data-raw".utf8) { break }
            arguments.append(argument)
        }
        return (arguments, Array(rest))
    }
}
