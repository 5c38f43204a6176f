import Foundation
import TestKit
import Testing

/// Runs `body` on a thread of its own, and returns its result: waiting for processes would take threads away that other
/// tests need.
func onOwnThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}

/// The built executable, run as users run it.
struct Executable {
    struct Output {
        var status: Int32
        var output: String
        var error: String
    }

    /// Next to the test bundle, where the package manager puts both.
    static var path: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("assay")
    }

    static let repository = Repository.root

    private static let setpriv = "/usr/bin/setpriv"
    private static let ordinaryUser = ["--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all"]

    /// Whether the executable can be run without privileges: root needs `setpriv`, and a build that others may enter.
    static var canRunAsOrdinaryUser: Bool {
        guard getuid() == 0 else { return true }
        guard FileManager.default.isExecutableFile(atPath: setpriv) else { return false }
        let version = try? run(["--version"], in: URL(fileURLWithPath: "/"), asOrdinaryUser: true)
        return version?.status == 0
    }

    /// Starts the executable with its standard output in `output`, and returns at once.
    static func start(
        _ arguments: [String], environment: [String: String] = [:], in folder: URL, output: Pipe? = nil,
        error: Pipe? = nil
    ) throws -> Process {
        let process = Process()
        process.executableURL = path
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = folder
        process.standardOutput = output ?? FileHandle.nullDevice
        process.standardError = error ?? FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Runs to the end with the shipped project as the folder and nothing but `environment` around.
    ///
    /// - Parameter input: What stands on standard input; at most what a pipe holds.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil, input: String? = nil,
        asOrdinaryUser: Bool = false
    ) throws -> Output {
        let process = Process()
        process.executableURL = path
        process.arguments = arguments
        if asOrdinaryUser, getuid() == 0 {
            process.executableURL = URL(fileURLWithPath: setpriv)
            process.arguments = ordinaryUser + [path.path] + arguments
        }
        process.environment = environment
        process.currentDirectoryURL = folder ?? repository
        let output = Pipe()
        let error = Pipe()
        process.standardOutput = output
        process.standardError = error
        let standardInput = Pipe()
        process.standardInput = input == nil ? FileHandle.nullDevice : standardInput
        try process.run()
        if let input {
            try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try standardInput.fileHandleForWriting.close()
        }
        // Standard error is small here, so reading one pipe after the other cannot block the process.
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        let errors = try error.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Output(
            status: process.terminationStatus,
            output: String(decoding: text, as: UTF8.self),
            error: String(decoding: errors, as: UTF8.self)
        )
    }
}
