import Foundation
import TestKit
import Testing

/// Limits that the machine sets for the process.
@Suite(.inTurn, .timeLimit(.minutes(20))) struct ProcessLimitTests {
    private static let spec = """
        openapi: 3.1.0
        info: {title: Things, version: '1'}
        servers: [{url: https://things.example}]
        paths:
          /things:
            get:
              operationId: things
              responses: {'200': {description: all, content: {application/json: {schema: {type: array}}}}}
        """

    /// Runs a line of the shell, in which `assay` is the executable, in a folder with 200 scenarios.
    private static func shell(_ line: String, _ body: @escaping (Int32, String) throws -> Void) async throws {
        let rows = (0..<200).map { "s\($0),a,things,200" }
        let table = (["scenario,step,call,expect"] + rows).joined(separator: "\n") + "\n"
        nonisolated(unsafe) let body = body
        try await onOwnThread {
            try TemporaryProject.with(["openapi.yaml": spec, "t.csv": table]) { project in
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/bin/sh")
                process.arguments = ["-c", "assay() { '\(Executable.path.path)' \"$@\"; }; \(line)"]
                process.currentDirectoryURL = project.folder
                let output = Pipe()
                process.standardOutput = output
                process.standardError = output
                process.standardInput = FileHandle.nullDevice
                try process.run()
                let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
                process.waitUntilExit()
                #expect(process.terminationReason == .exit, "\(text)")
                try body(process.terminationStatus, text)
            }
        }
    }

    private static let run = "assay run t.csv --spec openapi.yaml --no-progress"

    @Test("with few files scenarios wait their turn, and the run says so")
    func fewFiles() async throws {
        try await Self.shell("ulimit -n 64; \(Self.run) --jobs 200") { status, text in
            #expect(status == 0, "\(text)")
            #expect(text.contains("scenarios ran at a time: the limit of open files"), "\(text)")
        }
    }

    @Test("a journal that cannot grow any more stops the run, and what was judged until then is shown")
    func fullDisk() async throws {
        // In blocks of 512 bytes: room for some of the 200 scenarios.
        try await Self.shell("ulimit -f 60; \(Self.run) --jobs 1 --journal j.ndjson") { status, text in
            #expect(status == 3, "\(text)")
            #expect(text.contains("j.ndjson' cannot be written"), "\(text)")
            #expect(text.contains("assay run --resume --journal j.ndjson"), "\(text)")
            #expect(!text.contains("the run is complete"), "\(text)")
            #expect(text.contains(" passed"), "\(text)")
            #expect(text.contains("200 scenarios: "), "\(text)")
        }
    }

    @Test("the soft limit is raised to the hard one")
    func softLimit() async throws {
        try await Self.shell("ulimit -Sn 64; \(Self.run) --jobs 200") { status, text in
            #expect(status == 0, "\(text)")
            #expect(!text.contains("limit of open files"), "\(text)")
        }
    }

    @Test(
        "with too few files there is a message and no crash",
        arguments: [
            "\(run)", "assay run t.csv --spec openapi.yaml --base-url http://127.0.0.1:9",
            "assay mock --spec openapi.yaml",
        ])
    func tooFewFiles(command: String) async throws {
        try await Self.shell("ulimit -n 12; \(command)") { status, text in
            #expect(status == 3, "\(text)")
            #expect(text.contains("files may be open at a time, but at least"), "\(text)")
            #expect(text.contains("ulimit -n"), "\(text)")
        }
    }

    @Test("SIGHUP ends a server like SIGTERM, unless it is ignored from the start", arguments: [false, true])
    func hangUp(isIgnored: Bool) async throws {
        // A test run under `nohup` ignores the signal already, and a shell cannot undo that.
        let reset = "env --default-signal=HUP true 2> none && set -- env --default-signal=HUP; \"$@\" "
        let line = """
            \(isIgnored ? "trap '' HUP; " : reset)'\(Executable.path.path)' mock --spec openapi.yaml > out & pid=$!
            for turn in $(seq 200); do grep -q http out && break; sleep 0.05; done
            kill -HUP $pid; sleep 0.5; kill -0 $pid 2> none && echo alive; kill -TERM $pid 2> none; wait $pid
            """
        try await Self.shell(line) { status, text in
            #expect(status == 0, "\(text)")
            #expect(text.contains("alive") == isIgnored, "\(text)")
        }
    }

    @Test(
        "without /proc the arguments are read all the same",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/unshare") && getuid() == 0, "needs root"))
    func withoutProc() async throws {
        let line =
            "unshare -m sh -c 'umount -l /proc || exit 77; exec \"$0\" \"$@\"' '\(Executable.path.path)' explain --version"
        // libdispatch counts its threads in /proc and ends a busy process without it, so the command must be a short one.
        try await Self.shell(line) { status, text in
            guard status != 77 else { return }
            #expect(status == 0, "\(text)")
            #expect(text.contains(/^\d+\.\d+\.\d+/), "\(text)")
        }
    }
}
