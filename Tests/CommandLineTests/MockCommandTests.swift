import Foundation
import TestKit
import Testing

/// The options of `assay mock` that end before it serves.
@Suite(.inTurn) struct MockCommandTests {
    @Test(
        "a wrong option is reported and nothing is served",
        arguments: [
            (["--fault", "reset@nope"], 2, "no operation 'nope'"),
            (["--fault", "reset=5%@createOrdr"], 2, "did you mean `createOrder`?"),
            (["--max-body", "0"], 2, "--max-body"),
            (["--max-body", "2GiB"], 2, "--max-body"),
            (["--max-body", "2000MiB"], 2, "--max-body"),
            (["--max-body", "ten"], 2, "--max-body"),
            (["--host", "no.such.invalid"], 3, "the host name cannot be resolved"),
        ])
    func refused(options: [String], status: Int32, text: String) throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let run = try project.run(["mock"] + options)
            #expect(run.status == status || (status == 2 && run.status == 64), "\(run.error)")
            #expect(run.error.contains(text), "\(run.error)")
            #expect(run.output.isEmpty)
            // Plain words, without text of the network library.
            for part in ["ptr:", "errno", "SocketAddressError", "NIO"] {
                #expect(!run.error.contains(part), "\(run.error)")
            }
        }
    }

    @Test("--verbose logs each request with operation, status and reason")
    func verbose() async throws {
        try await onOwnThread {
            try TemporaryProject.with(TemporaryProject.orders) { project in
                let output = Pipe()
                let log = Pipe()
                let process = try Executable.start(
                    ["mock", "--verbose", "--any-credentials"], in: project.folder, output: output, error: log)
                defer { process.terminate() }
                let line = output.fileHandleForReading.availableData
                let base = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
                let run = try project.run(
                    ["run", "--base-url", base, "--no-progress"], environment: ["SHOP_KEY": "hidden"])
                #expect(run.error.isEmpty, "\(run.error)")
                let logged = String(decoding: log.fileHandleForReading.availableData, as: UTF8.self)
                #expect(logged.contains("POST /v1/orders createOrder 200\n"), "\(logged)")
                #expect(logged.contains("POST /v1/orders createOrder 400 body: is missing"), "\(logged)")
                #expect(!logged.contains("hidden"))
            }
        }
    }
}
