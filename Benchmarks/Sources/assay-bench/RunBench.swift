import ArgumentParser
import Foundation

/// Compares whole runs with a bare client that sends the same number of requests.
struct RunBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs STEPS steps against a mock of its own, and a bare client loop beside it.",
        discussion: """
            ASSAY is the release binary; it serves PROJECT (its mock, in a process of its own) and runs a table of \
            scenarios of ten steps: one parcel sent, nine times fetched, each response checked and compared. Figures are \
            microseconds a step of the whole process, from its start to the written report; bare_1_us and bare_16_us \
            are those of an AsyncHTTPClient loop over 1 and 16 connections. peak_mb is the most memory of a run.
            """
    )

    @Argument(help: ArgumentHelp("The binary: .build/release/assay.", valueName: "assay"))
    var assay: String

    @Option(help: ArgumentHelp("The project that is served and run.", valueName: "folder"))
    var project = "Benchmarks/Fixtures/parcels"

    @Option(help: "How many steps a run has.")
    var steps = 2_000

    @Option(help: "How often each figure is measured; the best counts.")
    var rounds = 3

    func run() async throws {
        let members = try await figures().map { name, value in
            "\"\(name)\":" + String(format: name.hasPrefix("ratio") ? "%.2f" : "%.1f", value)
        }
        print(
            #"{"bench":"run","steps":\#(steps),"# + members.joined(separator: ",")
                + #","peak_mb":\#(peakMegabytesOfChildren())}"#)
    }

    /// Microseconds for each step of the bare loop and of a run, with 1 and 16 connections, and their ratios.
    func figures() async throws -> [(name: String, value: Double)] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-bench-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: URL(fileURLWithPath: project), to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.table(steps: steps).write(
            to: folder.appendingPathComponent("bench.csv"), atomically: true, encoding: .utf8)
        let mock = try ServedMock(assay, in: folder)
        defer { mock.stop() }
        var figures: [(name: String, value: Double)] = []
        for jobs in [1, 16] {
            var (bare, whole) = (Double.infinity, Double.infinity)
            // They run one after the other, so that other load on the machine affects both.
            for _ in 0..<max(1, rounds) {
                bare = min(bare, try await BareLoop.seconds(mock.address, requests: steps, connections: jobs))
                whole = min(whole, try runSeconds(mock.address, jobs: jobs, in: folder))
            }
            figures.append(("bare_\(jobs)_us", bare * 1e6 / Double(steps)))
            figures.append(("run_\(jobs)_us", whole * 1e6 / Double(steps)))
            figures.append(("ratio_\(jobs)", whole / bare))
        }
        return figures
    }

    /// A table with scenarios of ten steps each.
    static func table(steps: Int) -> String {
        var text = "scenario,step,call,set,expect,check,same_as\n"
        for scenario in 0..<max(1, steps / 10) {
            text += "s\(scenario),send,sendParcel,amount=250.5; receiver.phone=0049301234567,201,body.status=OPEN,\n"
            for fetch in 0..<9 {
                let like = fetch == 0 ? "" : "fetch0"
                text += ",fetch\(fetch),fetchParcel,parcel_id={{send.parcel_id}},200,amount=250.5,\(like)\n"
            }
        }
        return text
    }

    private func runSeconds(_ address: String, jobs: Int, in folder: URL) throws -> Double {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: assay)
        process.arguments = ["run", "--base-url", address, "--jobs", String(jobs), "--quiet"]
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        let took = try measured {
            try process.run()
            process.waitUntilExit()
        }
        guard process.terminationStatus == 0 else {
            throw ValidationError("the run ended with \(process.terminationStatus): see the lines above")
        }
        return took.wall / 1e9
    }
}

/// `assay mock` in a separate process.
private struct ServedMock {
    /// The address that it listens on.
    let address: String
    private let process = Process()

    init(_ assay: String, in folder: URL) throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: assay)
        process.arguments = ["mock"]
        process.currentDirectoryURL = folder
        process.standardOutput = output
        try process.run()
        var text: [UInt8] = []
        while !text.contains(UInt8(ascii: "\n")) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw ValidationError("the mock does not start") }
            text += more
        }
        address = String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
