public import Diagnostics
internal import Primitives

/// A base address of the API.
public struct Server: Sendable, Hashable {
    /// The URL with the default values of its variables; it may be relative to the URL of the document.
    public let url: String
    /// The declared URL, with its variables.
    public let template: [ServerURLPart]
    /// The description; empty if the document has none.
    public let description: String
    /// The location of the declaration.
    public let location: SourceLocation

    /// The path of a server URL, without slashes at the end; empty for the root.
    ///
    /// A relative URL counts from the root of a host, because the address of the document is not known (RFC 3986, section
    /// 5.2): `v2`, `./v2` and `../v2` are all `/v2`, and `//host/v2` is `/v2` on another host.
    package static func path(ofURL url: String) -> String {
        var path = URIReference(url).resolved(against: URIReference("http://localhost/")).path
        while path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
        return path
    }
}

/// A part of a server URL (OpenAPI 3.1.1, sections 4.8.5 and 4.8.6).
public enum ServerURLPart: Sendable, Hashable {
    case literal(String)
    /// A variable with its possible values: its default and its `enum`.
    case variable(values: [String], isOpen: Bool)
}
