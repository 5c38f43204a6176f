import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The reason why a mock could not start.
package struct MockServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The error in plain words.
    package let message: String
    /// The action to take, where it is known.
    package let help: String?

    /// The message.
    package var description: String { message }

    /// Describes why `host` and `port` cannot be listened on, without text of the network library.
    init(host: String, port: Int, error: any Error) {
        let address = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        let freePort = "choose another port, or 0 for any free port"
        let localHost = "use an address of this machine, for example 127.0.0.1"
        let reason: String
        switch error {
        case is SocketAddressError.UnknownHost, is SocketAddressError:
            reason = "the host name cannot be resolved"
            help = localHost
        case let error as IOError where error.errnoCode == EADDRINUSE:
            reason = "the port is already in use"
            help = "stop the other process, or " + freePort
        case let error as IOError where error.errnoCode == EACCES:
            reason = "only privileged processes can use this port"
            help = "choose a port above 1023, or 0 for any free port"
        case let error as IOError where error.errnoCode == EADDRNOTAVAIL || error.errnoCode == EAFNOSUPPORT:
            reason = "this machine does not have that address"
            help = localHost
        case let error as IOError where error.errnoCode == EMFILE || error.errnoCode == ENFILE:
            reason = "too many files are open"
            help = "raise the limit of open files (ulimit -n)"
        case let error as IOError:
            reason = strerror(error.errnoCode).map { String(cString: $0).lowercased() } ?? "unknown error"
            help = freePort
        default:
            reason = "the address cannot be used"
            help = freePort
        }
        message = "the mock cannot listen on \(address): \(reason)"
    }
}
