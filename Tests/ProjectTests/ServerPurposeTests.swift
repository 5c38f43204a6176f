import OpenAPI
import Project
import TestKit
import Testing

/// Requests that change data are sent to a test environment without a question. So an address is production unless
/// something says otherwise.
@Suite("Test environments and production") struct ServerPurposeTests {
    private static func server(_ description: String) throws -> Server {
        let contract = try Contract.load(
            text: """
                openapi: 3.1.0
                info: {title: S, version: '1'}
                servers: [{url: 'https://api.shop.com', description: "\(description)"}]
                paths: {}
                """)
        return try #require(contract.servers.first)
    }

    @Test(
        "without a word about it, an address is production, wherever a trial word is only a part of a name",
        arguments: [
            "https://api.shop.com", "https://shop.com/v1", "https://contest.shop.com", "https://api.test.com",
            "https://sandbox.com",
            "https://api.sandbox.co.uk", "https://latest.shop.com/v1", "https://shop.com/v1/tests2",
            "https://shop.com/?env=test",
            "https://203.0.113.5", "https://devices.shop.com",
        ])
    func production(url: String) throws {
        #expect(try Self.server("").isProduction(url))
        #expect(try Self.server("").trialWord(url) == nil)
    }

    @Test(
        "a label of the host, a segment of the path or a word of the description marks a test environment",
        arguments: [
            ("https://sandbox.shop.com", "", "sandbox"), ("https://api.STAGING.shop.com", "", "staging"),
            ("https://test.shop.co.uk", "", "test"),
            ("https://shop.com/sandbox/v1", "", "sandbox"), ("https://shop.com/v1/Dev", "", "dev"),
            ("https://api.shop.com", "The sandbox.", "sandbox"),
            ("https://api.shop.com", "UAT (EU)", "uat"), ("https://api.shop.com", "pre-release: beta", "beta"),
        ])
    func trial(url: String, description: String, word: String) throws {
        let server = try Self.server(description)
        #expect(server.trialWord(url) == word)
        #expect(!server.isProduction(url))
    }

    @Test(
        "the description decides if it names production, unless it denies it",
        arguments: [
            ("Production", true), ("The PROD server", true), ("Live API", true), ("Production (not the sandbox)", true),
            ("production-like sandbox", true),
            ("Non-production", false), ("pre-prod", false), ("not live", false), ("no production data", false),
            ("Pre-Production", false),
            ("reproduction", true), ("delivery", true), ("non production; later production", true),
        ])
    func descriptions(description: String, isProduction: Bool) throws {
        #expect(try Self.server(description).isProduction("https://api.shop.com") == isProduction)
    }

    @Test("the word production decides even for an address that looks like a test environment")
    func productionSandbox() throws {
        #expect(try Self.server("Production").isProduction("https://sandbox.shop.com"))
        #expect(try !Self.server("preprod").isProduction("https://sandbox.shop.com"))
    }

    @Test(
        "this machine and private networks are never production, whatever the description says",
        arguments: [
            "http://localhost:8080", "http://127.0.0.1", "http://[::1]:80", "http://10.1.2.3", "http://api.localhost",
            "http+unix://%2Frun%2Fshop.sock",
        ])
    func local(url: String) throws {
        #expect(try !Self.server("Production").isProduction(url))
    }

    @Test(
        "only addresses of private networks are local",
        arguments: [
            ("http://[fe80::1]", true), ("http://[febf::1]", true), ("http://[fec0::1]", false),
            ("http://[fd00::1]", true), ("http://[fc12::1]", true),
            // `fc::` is 00fc::/16, and not fc00::/7.
            ("http://[fc::1]", false), ("http://[fd::1]", false), ("http://[fe8::1]", false), ("http://[::]", true),
            ("http://0.0.0.0", true),
            ("http://169.254.1.1", true), ("http://172.15.0.1", false), ("http://172.31.255.255", true),
            ("http://192.169.0.1", false), ("http://11.0.0.1", false),
            ("http://mylocalhost", false), ("http://localhost.", true), ("http://[::ffff:10.0.0.1]", true),
            ("http://0x7f000001", true),
        ])
    func privateNetworks(url: String, isLocal: Bool) throws {
        let host = try #require(HostName(ofURL: url))
        #expect(host.isLocal == isLocal, "\(host.text)")
    }

    @Test(
        "the owner of a name registers two labels, or three below a country's registry",
        arguments: [
            ("shop.com", 2), ("a.b.shop.com", 2), ("shop.co.uk", 3), ("a.shop.com.au", 3), ("co.uk", 2),
            ("a.shop.de", 2), ("shop.co.com", 2),
        ])
    func registrable(name: String, count: Int) throws {
        #expect(try #require(HostName(name)).registrableLabels == count)
    }
}
