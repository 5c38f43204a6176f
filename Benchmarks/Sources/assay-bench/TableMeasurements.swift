import ArgumentParser
import Foundation
import JSONDocument
import Measuring

/// Measures the rows of `assay-bench table`.
struct TableMeasurements {
    /// The absolute path of the binary.
    let assay: String
    /// The folder `Benchmarks`.
    let benchmarks: URL
    /// How often each process is measured.
    let rounds: Int
    /// How many exchanges the longest run has.
    let exchanges: Int

    private var parcels: String { benchmarks.appendingPathComponent("Fixtures/parcels").path }

    /// The start of the program, and a run of one step.
    func start() throws -> [TableRow] {
        let folder = try TemporaryFolder(copying: parcels)
        defer { folder.delete() }
        let table = "scenario,step,call,set,expect\ns,send,sendParcel,amount=250.5; receiver.phone=0049301234567,201\n"
        try folder.write(table, to: "bench.csv")
        let paths = ["/bin/true", "/usr/bin/true"]
        let nothing = paths.first { FileManager.default.isExecutableFile(atPath: $0) } ?? paths[0]
        // They take milliseconds, so more rounds are cheap.
        let count = rounds * 5
        let bare = try ChildProcess.run(nothing, in: folder.url, rounds: count)
        let version = try ChildProcess.run(assay, ["--version"], in: folder.url, rounds: count)
        let step = try ChildProcess.run(assay, ["run", "--quiet"], in: folder.url, rounds: count)
        return [("version", version), ("cold_step", step)].map { name, usage in
            row(name, usage, unit: "ms", yardstick: .init(name: "true", value: bare.wall * 1e3))
        }
    }

    /// Reading a document of 2,000 operations up to the first verdict, in a process and inside of this one.
    func document(isJSON: Bool) throws -> [TableRow] {
        let folder = try TemporaryFolder()
        defer { folder.delete() }
        let (kind, name) = isJSON ? ("json", "openapi.json") : ("yaml", "openapi.yaml")
        let file = try made(name, ["--operations", "2000"] + (isJSON ? ["--json"] : []), in: folder)
        try folder.write("{}", to: "body.json")
        let options = ["--spec", name, "--operation", "op0", "--status", "404", "--quiet", "body.json"]
        let usage = try ChildProcess.run(assay, ["validate"] + options, in: folder.url, rounds: rounds)
        // Not read into this process, whose memory would count as that of the processes that it starts.
        let scan = try hashMilliseconds(bytes: folder.size(of: name))
        let figures = try (0..<rounds).map { _ in try printed(["load", file.path], in: folder) }
        func milliseconds(_ figure: String) -> Double { median(figures.compactMap { $0[figure] }) * 1e3 }
        return [
            row("document_\(kind)", usage, unit: "ms", yardstick: .init(name: "byte hash", value: scan)),
            TableRow(
                name: "first_verdict_\(kind)", unit: "ms", value: milliseconds("first_s"),
                more: [.init(name: "load_ms", value: milliseconds("load_s"))]),
        ]
    }

    /// Planning a table of 100,000 rows.
    func plan() throws -> [TableRow] {
        let folder = try TemporaryFolder(copying: parcels)
        defer { folder.delete() }
        let count = 100_000
        try folder.write(ParcelTable.text(steps: count), to: "bench.csv")
        let usage = try ChildProcess.run(assay, ["list", "--quiet"], in: folder.url, rounds: rounds)
        return [row("plan", usage, unit: "ms", steps: count)]
    }

    /// The first tables for a large document, and their run against its mock.
    func largest() throws -> [TableRow] {
        let folder = try TemporaryFolder()
        defer { folder.delete() }
        // The other kind of document has 65,000 rows instead of 5,000.
        try made("openapi.yaml", ["--operations", "2400", "--lean"], in: folder)
        let draft = try ChildProcess.run(assay, ["init", "openapi.yaml", "--quiet"], in: folder.url)
        let options = ["run", "--quiet", "--report", "json=report.json"]
        // Drafts may have findings; what counts is that the run was possible.
        let run = try ChildProcess.run(assay, options, in: folder.url, rounds: rounds, codes: [0, 1])
        var ran = row("largest_run", run, unit: "ms")
        ran.more.append(.init(name: "report_mb", value: Double(try folder.size(of: "report.json")) / 1e6))
        return [row("largest_init", draft, unit: "ms"), ran]
    }

    /// A long run of one scenario, its reports made again, and its second half resumed.
    func longRun() throws -> [TableRow] {
        let (part, whole) = (try usages(steps: exchanges / 4), try usages(steps: exchanges))
        let steps = Double(exchanges - exchanges / 4)
        return zip(part, whole).map { part, whole in
            var row = row("exchanges_\(whole.name)", whole.usage, unit: "s", steps: exchanges)
            row.more.append(
                .init(name: "slope_bytes", value: Double(whole.usage.peak - part.usage.peak) / steps))
            return row
        }
    }

    private func usages(steps: Int) throws -> [(name: String, usage: ChildUsage)] {
        let folder = try TemporaryFolder(copying: parcels)
        defer { folder.delete() }
        try folder.write(ParcelTable.repeated, to: "bench.csv")
        try folder.write(ParcelTable.data(steps: steps), to: "data.csv")
        // The mock has a process of its own: its memory grows with the parcels that it keeps.
        let mock = try ServedProcess(assay, ["mock"], in: folder.url)
        defer { mock.stop() }
        let options = ["run", "--base-url", mock.address, "--jobs", "16", "--quiet", "--journal", "run.ndjson"]
        let run = try ChildProcess.run(assay, options, in: folder.url)
        let report = try ChildProcess.run(
            assay, ["report", "--quiet", "--report", "json=report.json", "run.ndjson"], in: folder.url)
        let journal = try FileHandle(forUpdating: folder.url.appendingPathComponent("run.ndjson"))
        try journal.truncate(atOffset: UInt64(folder.size(of: "run.ndjson") / 2))
        try journal.close()
        let resume = try ChildProcess.run(assay, options + ["--resume"], in: folder.url)
        return [("run", run), ("report", report), ("resume", resume)]
    }

    /// The size of the binary, without symbols.
    func executable() throws -> [TableRow] {
        let folder = try TemporaryFolder()
        defer { folder.delete() }
        let strips = ["/usr/bin/strip", "/bin/strip"].first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let strips else { throw BenchError("`strip` is missing: install binutils") }
        _ = try ChildProcess.run(strips, ["-o", "stripped", assay], in: folder.url)
        return [TableRow(name: "executable", unit: "mb", value: Double(try folder.size(of: "stripped")) / 1e6)]
    }

    /// Requests to the mock for a parcel that exists.
    func mock() throws -> [TableRow] {
        let folder = try TemporaryFolder(copying: parcels)
        defer { folder.delete() }
        let requests = 20_000
        let bare = try ServedProcess(Self.ownPath, ["respond"], in: folder.url)
        let mock = try ServedProcess(assay, ["mock"], in: folder.url)
        let times = Result { try requestSeconds(mock: mock.address, bare: bare.address, requests: requests) }
        let usage = (mock: mock.stop(), bare: bare.stop())
        let (mocked, fixed) = try times.get()
        let (each, fixedEach) = (median(mocked) * 1e6 / Double(requests), median(fixed) * 1e6 / Double(requests))
        func cpu(_ usage: ChildUsage) -> Double { usage.cpu * 1e6 / Double(requests * rounds) }
        return [
            TableRow(
                name: "mock", unit: "us", value: each, yardstick: .init(name: "fixed response", value: fixedEach),
                more: [
                    .init(name: "per_second", value: 1e6 / each), .init(name: "cpu_us", value: cpu(usage.mock)),
                    .init(name: "fixed_cpu_us", value: cpu(usage.bare)),
                    .init(name: "peak_mb", value: Double(usage.mock.peak) / 1e6),
                ])
        ]
    }

    /// The time of each round of requests to the mock and to the bare server, in turn, over 16 connections.
    private func requestSeconds(mock: String, bare: String, requests: Int) throws -> (mock: [Double], bare: [Double]) {
        var mockLoop = try LoadLoop(mock, connections: 16)
        var bareLoop = try LoadLoop(bare, connections: 16)
        let path = URLComponents(string: mock)?.path ?? ""
        let order = #"{"amount":250.5,"receiver":{"phone":"0049301234567"}}"#
        let sent = try mockLoop.body(LoadLoop.request("POST", path + "/parcels", body: order))
        guard let id = try JSONDocument(parsing: sent).root["parcel_id"]?.string else {
            throw BenchError("the mock returned no parcel")
        }
        let fetch = LoadLoop.request("GET", path + "/parcels/\(id)")
        var times: (mock: [Double], bare: [Double]) = ([], [])
        for _ in 0..<rounds {
            times.bare.append(try bareLoop.seconds(fetch, requests: requests))
            times.mock.append(try mockLoop.seconds(fetch, requests: requests))
        }
        return times
    }

    /// Runs of 2,000 steps, compared with the bare client.
    func runs() async throws -> [TableRow] {
        let bench = try RunBench.parse([assay, "--rounds", String(rounds), "--project", parcels])
        let figures = Dictionary(uniqueKeysWithValues: try await bench.figures().map { ($0.name, $0.value) })
        return [1, 16].map { jobs in
            TableRow(
                name: "run_\(jobs)", unit: "us", value: figures["run_\(jobs)_us"] ?? 0,
                yardstick: .init(name: "bare client", value: figures["bare_\(jobs)_us"] ?? 0),
                more: [
                    .init(name: "cpu_us", value: figures["cpu_\(jobs)_us"] ?? 0),
                    .init(name: "peak_mb", value: figures["peak_mb"] ?? 0),
                ])
        }
    }

    /// Parsing and judging a body of about 1 KB.
    func judge() throws -> [TableRow] {
        let size = ParcelBody.text(0, status: "OPEN").utf8.count
        let took = try Work.validate(benchmarks).nanosecondsPerUnit(rounds: rounds * 5) / 1e3
        let scan = hashMilliseconds(bytes: size) * 1e3
        return [
            TableRow(
                name: "judge_body", unit: "us", value: took, yardstick: .init(name: "byte hash", value: scan),
                more: [.init(name: "bytes", value: Double(size))])
        ]
    }

    /// The figures of a process; with a number of steps, also the time for each.
    private func row(
        _ name: String, _ usage: ChildUsage, unit: String, yardstick: TableRow.Figure? = nil, steps: Int? = nil
    ) -> TableRow {
        let factor = unit == "ms" ? 1e3 : 1
        var row = TableRow(name: name, unit: unit, value: usage.wall * factor, yardstick: yardstick)
        row.more = [
            .init(name: "cpu_\(unit)", value: usage.cpu * factor),
            .init(name: "peak_mb", value: Double(usage.peak) / 1e6),
        ]
        if let steps { row.more.append(.init(name: "cpu_us_each", value: usage.cpu * 1e6 / Double(steps))) }
        return row
    }

    /// The least time to hash so many bytes, in milliseconds.
    private func hashMilliseconds(bytes: Int) -> Double {
        let each = (0..<rounds * 3).map { _ in Yardstick.nanosecondsPerByte() }.min() ?? 0
        return each * Double(bytes) / 1e6
    }

    /// Writes a generated document, by a process of its own.
    @discardableResult
    private func made(_ name: String, _ options: [String], in folder: TemporaryFolder) throws -> URL {
        let file = folder.url.appendingPathComponent(name)
        _ = try ChildProcess.run(Self.ownPath, ["make-document"] + options, in: folder.url, output: file)
        return file
    }

    /// The numbers in the line of JSON that another command of this program prints.
    private func printed(_ arguments: [String], in folder: TemporaryFolder) throws -> [String: Double] {
        let output = folder.url.appendingPathComponent("printed.json")
        _ = try ChildProcess.run(Self.ownPath, arguments, in: folder.url, output: output)
        var figures: [String: Double] = [:]
        for member in try JSONDocument(parsing: [UInt8](Data(contentsOf: output))).root.members {
            if let number = member.value.number { figures[member.name] = Double(number.description) }
        }
        return figures
    }

    /// The absolute path of this program.
    private static var ownPath: String { Bundle.main.executablePath ?? CommandLine.arguments[0] }
}
