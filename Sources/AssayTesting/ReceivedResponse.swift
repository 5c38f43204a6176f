package import Exchanges

/// A response that a test received from its own server, whatever client it uses.
public struct ReceivedResponse: Sendable {
    package let message: ResponseMessage

    /// A response as it was received.
    ///
    /// - Parameters:
    ///   - status: The status code.
    ///   - headers: The header lines in their order; a name may be there more than once.
    ///   - body: The bytes of the body; empty when there was none.
    public init(
        status: Int, headers: some Sequence<(name: String, value: String)>, body: some Sequence<UInt8>
    ) {
        message = ResponseMessage(
            status: status, headers: headers.map { HeaderField(name: $0.name, value: $0.value) }, body: Array(body))
    }

    /// A response of a client that has decoded the body already, as `URLSession` does: `content-encoding` and
    /// `content-length` speak of other bytes and are left out.
    ///
    /// - Parameters:
    ///   - status: The status code.
    ///   - headers: The header lines in their order.
    ///   - body: The bytes after the content codings were removed.
    public init(
        status: Int, headers: some Sequence<(name: String, value: String)>, decodedBody body: some Sequence<UInt8>
    ) {
        let left = headers.filter { header in
            let field = HeaderField(name: header.name, value: "")
            return !field.isNamed("content-encoding") && !field.isNamed("content-length")
        }
        self.init(status: status, headers: left, body: body)
    }
}
