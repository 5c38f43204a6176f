import Foundation
import Measuring

/// The time and memory that a finished process used.
struct ChildUsage {
    /// Seconds of wall-clock time, from its start to its end.
    var wall: Double
    /// Seconds of processor time.
    var cpu: Double
    /// The peak memory in bytes. Linux counts the memory of the process that starts another one as that one's too, so
    /// figures below the peak of this process are not its own.
    var peak: Int
    /// The exit code, or 128 and the number of the signal.
    var code: Int32

    /// The usage in which each figure is the median of those of `rounds`.
    static func median(of rounds: [ChildUsage]) -> ChildUsage {
        ChildUsage(
            wall: Measuring.median(rounds.map(\.wall)), cpu: Measuring.median(rounds.map(\.cpu)),
            peak: Int(Measuring.median(rounds.map { Double($0.peak) })), code: rounds.last?.code ?? 0)
    }
}

/// A process whose time and memory are measured by `wait4`. Foundation's `Process` collects the status itself, and the
/// usage of all children together has one peak.
struct ChildProcess {
    private let id: pid_t
    private let start: ContinuousClock.Instant

    /// Starts `executable`, an absolute path.
    /// - Parameters:
    ///   - folder: The working directory.
    ///   - output: The file for standard output; by default, output is discarded.
    init(_ executable: String, _ arguments: [String] = [], in folder: URL, output: URL? = nil) throws {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, output?.path ?? "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        let (words, variables) = (Self.copied([executable] + arguments), Self.copied(environment))
        defer { for word in words + variables { free(word) } }
        // The action that changes the folder of the new process is not visible from Swift on Linux.
        let before = FileManager.default.currentDirectoryPath
        guard FileManager.default.changeCurrentDirectoryPath(folder.path) else {
            throw BenchError("cannot change to '\(folder.path)'")
        }
        defer { _ = FileManager.default.changeCurrentDirectoryPath(before) }
        var id: pid_t = 0
        start = .now
        let failure = posix_spawn(&id, executable, &actions, nil, words, variables)
        guard failure == 0 else {
            throw BenchError("cannot start '\(executable)': \(String(cString: strerror(failure)))")
        }
        self.id = id
    }

    /// Texts in C's form, with the null pointer at their end.
    private static func copied(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { strdup($0) } + [nil]
    }

    /// Waits for the end of the process.
    func ended() -> ChildUsage {
        var (status, usage) = (Int32(0), rusage())
        while wait4(id, &status, 0, &usage) < 0 && errno == EINTR {}
        let wall = (ContinuousClock.now - start) / .seconds(1)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        #if canImport(Darwin)
            let peak = usage.ru_maxrss
        #else
            let peak = usage.ru_maxrss << 10
        #endif
        let signal = status & 0x7F
        return ChildUsage(
            wall: wall, cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime), peak: peak,
            code: signal == 0 ? status >> 8 & 0xFF : 128 + signal)
    }

    /// Terminates the process and waits for its end.
    func stopped() -> ChildUsage {
        kill(id, SIGTERM)
        return ended()
    }

    /// Runs a process to its end, `rounds` times.
    /// - Parameter codes: The exit codes that it may have.
    static func run(
        _ executable: String, _ arguments: [String] = [], in folder: URL, output: URL? = nil, rounds: Int = 1,
        codes: Set<Int32> = [0]
    ) throws -> ChildUsage {
        let usages = try (0..<max(1, rounds)).map { _ in
            let usage = try ChildProcess(executable, arguments, in: folder, output: output).ended()
            guard codes.contains(usage.code) else {
                throw BenchError("`\(executable) \(arguments.joined(separator: " "))` ended with \(usage.code)")
            }
            return usage
        }
        return ChildUsage.median(of: usages)
    }
}

/// A server in a process of its own, which prints its address first.
struct ServedProcess {
    /// The address that it listens on.
    let address: String
    private let process: ChildProcess

    init(_ executable: String, _ arguments: [String], in folder: URL) throws {
        let output = folder.appendingPathComponent("address-\(UUID().uuidString)")
        process = try ChildProcess(executable, arguments, in: folder, output: output)
        for _ in 0..<1_000 {
            let text = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
            if let end = text.firstIndex(of: "\n") {
                address = String(text[..<end])
                return
            }
            usleep(10_000)
        }
        _ = process.stopped()
        throw BenchError("`\(executable) \(arguments.joined(separator: " "))` prints no address")
    }

    /// Ends the server.
    @discardableResult
    func stop() -> ChildUsage { process.stopped() }
}

/// A folder that is deleted at the end.
struct TemporaryFolder {
    let url: URL

    /// - Parameter project: A folder whose files are copied into it.
    init(copying project: String? = nil) throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("assay-bench-\(UUID().uuidString)")
        if let project {
            try FileManager.default.copyItem(at: URL(fileURLWithPath: project), to: url)
        } else {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }
    }

    func delete() { try? FileManager.default.removeItem(at: url) }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: url.appendingPathComponent(name))
    }

    /// The size of a file in bytes.
    func size(of name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: url.appendingPathComponent(name).path)
        return attributes[.size] as? Int ?? 0
    }
}
