import Exchanges
import TestKit
import Testing

/// Addresses of sockets and networks, methods and codings: small readings, each by its rule.
@Suite("Addresses and names of connections")
struct AddressTests {
    @Test(
        "a socket is the percent-encoded host of its URL",
        arguments: [
            ("http+unix://%2Frun%2Fshop.sock/v1", "/run/shop.sock"),
            ("http+unix://%2frun%2fshop.sock", "/run/shop.sock"),
            ("http+unix://%2Fa%20b%2Fc?x=1", "/a b/c"), ("http+unix://%2Fa#f", "/a"), ("http+unix://%2F%C3%BC", "/ü"),
            ("http://h/", nil), ("https+unix://%2Fa", nil), ("HTTP+UNIX://%2Fa", nil), ("", nil),
        ] as [(String, String?)])
    func sockets(url: String, path: String?) throws {
        #expect(try SocketAddress(url: url)?.path == path)
    }

    @Test(
        "a URL of a socket without a usable path says what is missing",
        arguments: [
            ("http+unix://", "has no socket: write the path of the socket with %2F for each /"),
            ("http+unix:///run/a.sock", "has no socket: write the path of the socket with %2F for each /"),
            ("http+unix://run/a", "names no absolute path of a socket: write the path with %2F for each /"),
            ("http+unix://%2Fa%00", "names no absolute path of a socket: write the path with %2F for each /"),
            ("http+unix://%2Fa%0Ab", "names no absolute path of a socket: write the path with %2F for each /"),
            ("http+unix://%2F%FF", "names no absolute path of a socket: write the path with %2F for each /"),
            (
                "http+unix://%2F" + String(repeating: "a", count: 103),
                "names a socket whose path has more than 103 bytes"
            ),
        ])
    func brokenSockets(url: String, message: String) {
        let problem = #expect(throws: SocketAddress.Problem.self) { try SocketAddress(url: url) }
        #expect(problem?.message == message)
    }

    @Test("the longest path of a socket is accepted")
    func longestSocket() throws {
        let path = "/" + String(repeating: "a", count: SocketAddress.longestPath - 1)
        #expect(try SocketAddress(url: "http+unix://%2F\(path.dropFirst())/x")?.path == path)
    }

    // MARK: NO_PROXY

    @Test("a network includes an address exactly if their first bits are equal")
    func networks() {
        var random = SplitMix(seed: 1)
        var seen: Set<Bool> = []
        for _ in 0..<3_000 {
            let prefix = random.number(below: 33)
            let network = UInt32.random(in: .min ... .max, using: &random)
            // Half of the addresses differ from the network in one late bit only.
            let other =
                Bool.random(using: &random)
                ? network ^ (1 << UInt32(random.number(below: 32))) : UInt32.random(in: .min ... .max, using: &random)
            func text(_ address: UInt32) -> String {
                [24, 16, 8, 0].map { String(address >> UInt32($0) & 255) }.joined(separator: ".")
            }
            let mask = prefix == 0 ? 0 : UInt32.max << UInt32(32 - prefix)
            let expected = network & mask == other & mask
            seen.insert(expected)
            let list = NoProxyList("\(text(network))/\(prefix)")
            #expect(list.contains(host: text(other), port: 80) == expected, "\(text(network))/\(prefix) \(text(other))")
            // An address of the other family is in no such network.
            #expect(!list.contains(host: "::1", port: 80))
        }
        #expect(seen.count == 2)
    }

    @Test(
        "IPv6 networks, and texts that only look like networks",
        arguments: [
            ("2001:db8::/32", "2001:db8:1::5", true), ("2001:db8::/32", "2001:db9::5", false),
            ("::/0", "fe80::1", true),
            ("::/0", "10.0.0.1", false), ("0.0.0.0/0", "10.0.0.1", true), ("fe80::/129", "fe80::1", false),
            ("10.0.0.0/-1", "10.0.0.0", false), ("10.0.0.0/", "10.0.0.0", false), ("10.0.0.0/8/8", "10.0.0.0", false),
            ("10.0.0/8", "10.0.0.0", false), ("010.0.0.1", "10.0.0.1", false), ("::ffff:10.0.0.1", "10.0.0.1", false),
            ("[2001:DB8::1]", "2001:db8:0:0::1", true),
        ])
    func looks(list: String, host: String, isDirect: Bool) {
        #expect(NoProxyList(list).contains(host: host, port: 443) == isDirect)
    }

    @Test("one more entry never removes a host from the list")
    func monotone() {
        var random = SplitMix(seed: 2)
        let entries = [
            "a.test", ".b.test", "*.c.test", "10.0.0.0/8", "::1", "d.test:8080", "", "x:y", "[", "*:80", "10.0.0.1:443",
        ]
        let hosts = ["a.test", "x.a.test", "b.test", "c.test", "y.c.test", "10.1.2.3", "::1", "d.test", "other", ""]
        for _ in 0..<300 {
            let some = (0..<random.number(below: 4)).map { _ in random.pick(entries) }
            let more = some + [random.pick(entries)]
            for host in hosts {
                for port in [80, 443, 8_080]
                where NoProxyList(some.joined(separator: ",")).contains(host: host, port: port) {
                    #expect(
                        NoProxyList(more.joined(separator: " ,")).contains(host: host, port: port),
                        "\(more) \(host):\(port)")
                }
            }
        }
    }

    // MARK: Methods, codings and bodies

    /// RFC 9110, section 9.2: safe methods are idempotent, and methods are case-sensitive.
    @Test(
        "methods are safe or idempotent by their name",
        arguments: [
            ("GET", true, true), ("HEAD", true, true), ("OPTIONS", true, true), ("TRACE", true, true),
            ("PUT", false, true),
            ("DELETE", false, true), ("POST", false, false), ("PATCH", false, false), ("CONNECT", false, false),
            ("get", false, false), ("", false, false), ("QUERY", false, false),
        ])
    func methods(method: String, isSafe: Bool, isIdempotent: Bool) {
        #expect(MethodSemantics.isSafe(method) == isSafe && MethodSemantics.isIdempotent(method) == isIdempotent)
    }

    @Test(
        "content codings have names in any case (RFC 9110, section 8.4.1)",
        arguments: [
            ("gzip", .gzip), ("GZip", .gzip), ("x-gzip", .gzip), ("X-GZIP", .gzip), ("deflate", .deflate), ("br", .br),
            ("identity", nil), ("", nil), ("gzip ", nil), ("compress", nil), ("zstd", nil), ("x-br", nil),
        ] as [(String, ContentCoding?)])
    func codings(name: String, coding: ContentCoding?) {
        #expect(ContentCoding(name: name) == coding)
    }

    @Test("statuses that redirect without a choice (RFC 9110, section 15.4)")
    func redirects() {
        let redirects = (100...599).filter { ResponseMessage(status: $0).isRedirect }
        #expect(redirects == [301, 302, 303, 307, 308])
    }

    @Test("a cut body is described by length and content, and distinguishes bodies of one length")
    func cuts() {
        var random = SplitMix(seed: 3)
        var seen: [BodyCut: [UInt8]] = [:]
        for _ in 0..<2_000 {
            let body = (0..<random.number(below: 4)).map { _ in UInt8.random(in: 0...3, using: &random) }
            let cut = BodyCut(of: body)
            #expect(cut.length == body.count && cut.hash.utf8.count == 16)
            #expect(seen[cut, default: body] == body)
            seen[cut] = body
        }
        #expect(seen.count > 60)
        #expect(BodyCut(of: []) != .unrecorded)
    }
}
