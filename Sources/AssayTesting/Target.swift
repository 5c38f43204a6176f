package import Harness

/// The target of a scenario's requests.
///
/// `AssayTestingLive` adds the targets that need an HTTP client: a base URL, a server that the test starts, and a
/// target of `assay.yaml`.
public struct Target: Sendable {
    package enum Kind: Sendable {
        case mock(behaviour: String?)
        case fixtures(folder: String?)
        case live(LiveTarget)
    }

    package let kind: Kind

    package init(_ kind: Kind) {
        self.kind = kind
    }

    /// The built-in mock, with the behaviour files of `assay.yaml`. Each scenario has its own mock, in this process and
    /// without a socket; delays and waits take no time.
    public static let mock = Target(.mock(behaviour: nil))

    /// The built-in mock with another behaviour file.
    ///
    /// - Parameter behaviour: A file of the project, relative to its folder.
    public static func mock(behaviour: String) -> Target { Target(.mock(behaviour: behaviour)) }

    /// The recordings of the project: by default `fixtures/`, or the folder named in `assay.yaml`.
    public static let fixtures = Target(.fixtures(folder: nil))

    /// Recordings in another folder.
    ///
    /// - Parameter folder: A folder of the project, relative to its folder.
    public static func fixtures(_ folder: String) -> Target { Target(.fixtures(folder: folder)) }
}

extension Target {
    /// Distinguishes the target from other targets of the same project.
    var identity: String {
        switch kind {
        case .mock(let behaviour): "mock \(behaviour ?? "")"
        case .fixtures(let folder): "fixtures \(folder ?? "")"
        case .live(let target):
            switch target.address {
            case .name(let name): "name \(name)"
            case .url(let url): "url \(url)"
            case .started(let start): "server \(ObjectIdentifier(start))"
            }
        }
    }
}

/// How a server is started; each object starts one server.
package final class ServerStart: Sendable {
    let start: @Sendable () async throws -> String

    /// - Parameter start: Starts the server and returns its base URL.
    package init(_ start: @escaping @Sendable () async throws -> String) {
        self.start = start
    }
}

/// A target that is reached over the network.
package struct LiveTarget: Sendable {
    package enum Address: Sendable {
        /// A target of `assay.yaml`.
        case name(String)
        /// A base URL.
        case url(String)
        /// The base URL of a server that is started before the first scenario runs.
        case started(ServerStart)
    }

    let address: Address
    let network: any Network

    package init(_ address: Address, network: any Network) {
        self.address = address
        self.network = network
    }
}
