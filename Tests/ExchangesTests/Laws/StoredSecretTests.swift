import Exchanges
import Foundation
import JSONDocument
import TestKit
import Testing

/// Journals of random exchanges with secrets: nothing of them is stored, and the journal can be read.
@Suite("Secrets and journals")
struct StoredSecretTests {
    private static let secrets = [
        (name: "KEY", value: "hush-Hush/42+"), (name: "END", value: #"ends with \"#),
        (name: "PERCENT", value: "100%-sure%"),
        (name: "QUOTE", value: #"a"quote'<&>"#), (name: "WIDE", value: "größe-😀-12"),
    ]

    /// A random exchange with a secret somewhere in each part.
    private static func exchange(_ number: Int, _ random: inout SplitMix) -> Exchange {
        var exchange = Samples.exchange(number, &random)
        func secret() -> String { random.pick(secrets).value }
        exchange.request.headers.append(HeaderField(name: "x-a", value: "a \(secret()) b"))
        exchange.request.body = JSONValue.object(["a": .string(secret()), "b": [.string("x" + secret())]]).utf8
        exchange.outcome =
            random.once(in: 3)
            ? .failure(TransportFailure(.other, "the message '\(secret())' was refused"))
            : .response(
                ResponseMessage(
                    status: 200, headers: [HeaderField(name: "x-echo", value: secret())],
                    body: JSONValue.array([.string(secret()), 1]).utf8))
        return exchange
    }

    @Test("no line of a journal contains a secret, and every body that was JSON still is", arguments: 1...6)
    func stored(seed: Int) throws {
        var random = SplitMix(seed: seed)
        let redactor = Redactor(secrets: Self.secrets)
        let folder = try TemporaryFolder()
        let path = folder.file("j")
        let writer = try JournalWriter(path: path, header: Samples.header(&random), redactor: redactor)
        var sent: [Exchange] = []
        for number in 1...8 {
            let exchange = Self.exchange(number, &random)
            try writer.sent(Samples.pending(exchange))
            try writer.finished(exchange)
            sent.append(exchange)
        }
        writer.close()
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for secret in Self.secrets {
            let json = String(JSONValue.string(secret.value).text.dropFirst().dropLast())
            let twice = String(JSONValue.string(json).text.dropFirst().dropLast())
            for form in [secret.value, json, twice, Data(secret.value.utf8).base64EncodedString()] {
                #expect(!text.contains(form), "\(secret.name)")
            }
        }
        let journal = try JournalReader.read(path: path)
        #expect(journal.exchanges == sent.map { redactor.redact($0) })
        for exchange in journal.exchanges {
            let body = try JSONDocument(parsing: exchange.request.body ?? [])
            #expect(
                body.root["a"]?.string?.hasPrefix("‹secret ") == true && body.root["a"]?.string?.hasSuffix("›") == true)
            #expect(body.root["b"]?[0]?.string?.hasPrefix("x‹secret ") == true)
            if let response = exchange.response {
                #expect(try JSONDocument(parsing: response.body).root[1]?.number?.int == 1)
            }
        }
    }
}
