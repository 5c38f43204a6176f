package import Exchanges

/// A response that a test received from its own server, with any client.
public struct ReceivedResponse: Sendable {
    package let message: ResponseMessage

    /// Creates a response as received.
    ///
    /// - Parameters:
    ///   - status: The status code.
    ///   - headers: The header lines in order; a name may occur more than once.
    ///   - body: The bytes of the body; empty if there was none.
    public init(
        status: Int, headers: some Sequence<(name: String, value: String)>, body: some Sequence<UInt8>
    ) {
        message = ResponseMessage(
            status: status, headers: headers.map { HeaderField(name: $0.name, value: $0.value) }, body: Array(body))
    }

    /// Creates a response from a client that has already decoded the body, as `URLSession` does. `content-encoding` and
    /// `content-length` describe the encoded body and are removed.
    ///
    /// - Parameters:
    ///   - status: The status code.
    ///   - headers: The header lines in order.
    ///   - body: The decoded bytes.
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
