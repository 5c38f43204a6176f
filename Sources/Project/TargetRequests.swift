package import Scenarios

/// The additions to every request to a target, and the requests of its own that rows can trigger.
package struct TargetRequests: Sendable, Equatable {
    /// A header with a value that can contain `{{env.X}}`, `{{var.x}}` and `{{secret.X}}`.
    package struct Header: Sendable, Equatable {
        /// The name as written.
        package var name: String
        /// The value.
        package var value: Template
    }

    /// Headers of every request, in the order of the file. A header that a row sets takes precedence.
    package var headers: [Header] = []
    /// Whether the cookies that a scenario receives are sent with its later requests.
    package var keepsCookies = false
    /// The requests by which it triggers the events of rows.
    package var events: [EventMapping] = []

    /// Nothing is added.
    package init() {}

    /// The secrets in the headers, in the order of the file.
    package var secrets: [String] { headers.flatMap(\.value.secrets) }
}

extension Template {
    /// The names of its secrets, in reading order.
    package var secrets: [String] {
        references.compactMap { if case .secret(let name) = $0 { name } else { nil } }
    }

    /// The names of its environment variables, in reading order.
    package var environmentVariables: [String] {
        references.compactMap { if case .environment(let name) = $0 { name } else { nil } }
    }
}
