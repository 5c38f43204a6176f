package import Harness

/// What responds to the requests of scenarios.
///
/// `AssayTestingLive` adds the targets that need an HTTP client: a base URL, a server that the test starts, and a target
/// of `assay.yaml`.
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

    /// The built-in mock, with the behaviour files of `assay.yaml`. Each scenario has a fresh one, in this process and
    /// without a socket; pauses and waits take no time.
    public static let mock = Target(.mock(behaviour: nil))

    /// The built-in mock with another behaviour file.
    ///
    /// - Parameter behaviour: A file of the project, relative to its folder.
    public static func mock(behaviour: String) -> Target { Target(.mock(behaviour: behaviour)) }

    /// The recordings of the project: by default `fixtures/`, or the folder that `assay.yaml` names.
    public static let fixtures = Target(.fixtures(folder: nil))

    /// Recordings in another folder.
    ///
    /// - Parameter folder: A folder of the project, relative to its folder.
    public static func fixtures(_ folder: String) -> Target { Target(.fixtures(folder: folder)) }
}

/// A target that is reached over the network.
package struct LiveTarget: Sendable {
    package enum Address: Sendable {
        /// A target of `assay.yaml`.
        case name(String)
        /// A base URL.
        case url(String)
        /// The base URL of a server that is started when the first scenario runs.
        case started(@Sendable () async throws -> String)
    }

    let address: Address
    let network: any Network

    package init(_ address: Address, network: any Network) {
        self.address = address
        self.network = network
    }
}
