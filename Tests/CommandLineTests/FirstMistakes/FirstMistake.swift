import Foundation

/// A natural mistake of a new user: a small project with one change, and the command that reports it.
struct FirstMistake: Sendable {
    /// What the user did.
    var title: String
    /// The arguments of the command.
    var arguments: [String]
    /// The change; `nil` where the mistake is in the command itself.
    var change: Change?
    /// The environment of the command.
    var environment: [String: String] = [:]

    /// A change of the project in `Wording/first-mistakes/shop`.
    enum Change: Sendable {
        /// A text of a file is replaced, once.
        case edit(String, from: String, to: String)
        /// A file has this content instead.
        case content(String, Data)
        /// A file is missing.
        case removal(String)
    }

    /// The place of a free port's number that is already in use.
    static let usedPort = "PORT"

    /// One text of a file is different.
    static func edit(
        _ title: String, _ file: File, _ old: String, _ new: String, run arguments: [String] = ["run"]
    ) -> FirstMistake {
        FirstMistake(title: title, arguments: arguments, change: .edit(file.path, from: old, to: new))
    }

    /// A file has another content.
    static func file(
        _ title: String, _ file: File, _ text: String, run arguments: [String] = ["run"]
    ) -> FirstMistake {
        .file(title, file, bytes: Data(text.utf8), run: arguments)
    }

    /// A file has another content, which is not UTF-8.
    static func file(
        _ title: String, _ file: File, bytes: Data, run arguments: [String] = ["run"]
    ) -> FirstMistake {
        FirstMistake(title: title, arguments: arguments, change: .content(file.path, bytes))
    }

    /// A file does not exist.
    static func without(_ title: String, _ file: File, run arguments: [String] = ["run"]) -> FirstMistake {
        FirstMistake(title: title, arguments: arguments, change: .removal(file.path))
    }

    /// The command is wrong; the project is not.
    static func command(
        _ title: String, _ arguments: String..., environment: [String: String] = [:]
    ) -> FirstMistake {
        FirstMistake(title: title, arguments: arguments, environment: environment)
    }

    /// A file of the project.
    struct File: Sendable, ExpressibleByStringLiteral {
        var path: String

        init(stringLiteral path: String) { self.path = path }

        static let table: File = "scenarios/orders.csv"
        static let body: File = "scenarios/bodies/order.json"
        static let configuration: File = "assay.yaml"
        static let document: File = "openapi.yaml"
    }
}
