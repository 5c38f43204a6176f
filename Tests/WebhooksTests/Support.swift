import Exchanges
import Primitives
import Webhooks

/// The public test vector of Standard Webhooks: the inputs and the signature of its libraries' test suites.
enum StandardVector {
    static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    static let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    static let timestamp = 1_614_265_330
    static let body = #"{"test": 2432232314}"#
    static let signature = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
}

/// The instant of a count of seconds since 1970.
func seconds(_ count: Int) -> Instant { Instant(microsecondsSinceEpoch: Int64(count) * 1_000_000) }

/// Header lines from pairs.
func fields(_ pairs: [(String, String)]) -> [HeaderField] { pairs.map { HeaderField(name: $0, value: $1) } }

extension SignatureScheme {
    /// The key of a secret that is valid for the scheme.
    func key(_ secret: String) -> [UInt8] { secretEncoding.key(secret) ?? [] }

    /// The verdict on a text.
    func verdict(_ headers: [HeaderField], _ body: String, secrets: [String], at time: Instant) -> SignatureVerdict {
        verify(headers, body: Array(body.utf8), url: receiver, keys: secrets.map(key), now: time)
    }
}

/// The URL of the receiver in tests.
let receiver = "https://shop.example/hooks?shop=1"
