internal import Exchanges

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension TransportFailure {
    /// The failure of a request over `socket`, with the reason if no connection could be established.
    func over(_ socket: SocketAddress) -> TransportFailure {
        // Without the file or the permission, the system's error has no class of its own.
        guard [.connectionRefused, .other].contains(`class`) else { return self }
        if access(socket.path, F_OK) != 0 {
            return TransportFailure(.connectionRefused, "the socket \(socket.path) does not exist")
        }
        if access(socket.path, R_OK | W_OK) != 0 {
            return TransportFailure(.connectionRefused, "the socket \(socket.path) cannot be opened: permission denied")
        }
        guard `class` == .connectionRefused else { return self }
        return TransportFailure(.connectionRefused, "no server listens at the socket \(socket.path)")
    }
}
