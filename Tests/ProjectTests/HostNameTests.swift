import Project
import Testing

@Suite("Host names")
struct HostNameTests {
    @Test(
        "all spellings of a host are the same host",
        arguments: [
            "https://api.example.com", "https://API.Example.COM./v1", "http://api.example.com:8443",
            "https://user:pass@api.example.com/", "//api.example.com", "https://%61pi.example.com",
            "HTTPS://api.example.com..:443?x#y",
        ])
    func names(url: String) {
        #expect(HostName(ofURL: url)?.text == "api.example.com")
    }

    @Test(
        "all spellings of an address are the same address",
        arguments: [
            "http://203.0.113.5", "http://0xCB007105", "http://3405803781:80", "http://0313.0.0161.5",
            "http://203.0.28933", "http://[::ffff:203.0.113.5]", "http://203.0.113.5.",
        ])
    func addresses(url: String) {
        #expect(HostName(ofURL: url)?.text == "203.0.113.5")
        #expect(HostName(ofURL: url)?.isAddress == true)
    }

    @Test("an IPv6 address has one spelling")
    func sixth() {
        #expect(HostName(ofURL: "http://[2001:DB8:0:0::1]:80/x")?.text == "2001:db8::1")
    }

    @Test(
        "this machine and private networks are local",
        arguments: [
            ("http://localhost:80", true), ("http://127.1", true), ("http://[::1]", true), ("http://10.0.0.1", true),
            ("http://172.16.0.1", true), ("http://172.32.0.1", false), ("http://192.168.1.1", true),
            ("http://203.0.113.5", false), ("http://localhost.example", false), ("http://[2001:db8::1]", false),
        ])
    func local(url: String, isLocal: Bool) {
        #expect(HostName(ofURL: url)?.isLocal == isLocal)
    }

    @Test("a text without a host is rejected", arguments: ["", "/v1", "v1", "https://", "https:///v1"])
    func none(url: String) {
        #expect(HostName(ofURL: url) == nil)
    }

    @Test("a numeric address does not require a resolver")
    func resolved() {
        #expect(HostName("127.0.0.1")?.addresses().map(\.text) == ["127.0.0.1"])
        #expect(HostName("nothing.invalid")?.addresses() == [])
    }
}
