import Foundation

/// A virtual environment with packages from the Python registry, made once and kept.
struct PythonEnvironment {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// A folder for the environments; without it, or without Python, these tests are skipped.
    static let folder: URL? = ProcessInfo.processInfo.environment["ASSAY_PYTHON_TESTS"].flatMap { path in
        python == nil || path.isEmpty ? nil : URL(fileURLWithPath: path)
    }

    static let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Python")

    private static let python: URL? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { URL(fileURLWithPath: String($0)).appending(path: "python3") }
        .first { FileManager.default.isExecutableFile(atPath: $0.path) }

    private let home: URL

    /// Makes the environment unless it is there.
    init(_ packages: [String]) throws {
        guard let folder = Self.folder, let python = Self.python else { throw Failure(description: "no Python") }
        home = folder.appending(path: packages.joined(separator: "+"))
        let mark = home.appending(path: "complete")
        guard !FileManager.default.fileExists(atPath: mark.path) else { return }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.check(Self.run(python, ["-m", "venv", home.path]))
        try Self.check(run("pip", ["-q", "--disable-pip-version-check", "install"] + packages))
        try Data().write(to: mark)
    }

    /// Runs a program of the environment.
    func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        try Self.run(executable(program), arguments)
    }

    /// The path of a program of the environment.
    func executable(_ program: String) -> URL { home.appending(path: "bin/\(program)") }

    private static func check(_ result: (status: Int32, output: String)) throws {
        guard result.status == 0 else { throw Failure(description: result.output) }
    }

    private static func run(_ program: URL, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }
}

/// A headless browser and its driver, as packages of the system install them.
enum Chromium {
    /// Their paths; `nil` if one of them is missing.
    static let paths: (browser: String, driver: String)? = {
        guard let browser = path("chromium"), let driver = path("chromedriver") else { return nil }
        return (browser, driver)
    }()

    private static func path(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
