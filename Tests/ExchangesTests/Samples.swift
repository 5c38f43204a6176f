import Exchanges
import Foundation
import Primitives
import TestKit

/// Journals of every shape, with texts that are hard to write.
enum Samples {
    static let texts = [
        "", "a", "\"quoted\" \\ line\nnext\r\t", "é", "e\u{301}", "😀", "\u{0}\u{1F}\u{7F}", "\u{2028}\u{FEFF}",
        "{\"a\": 1}",
        "‹secret KEY›", String(repeating: "x", count: 3_000),
    ]

    static func header(_ random: inout SplitMix) -> JournalHeader {
        var header = JournalHeader(
            seed: text(&random),
            startedAt: instant(&random),
            target: text(&random),
            baseURL: "http://127.0.0.1:1/" + text(&random),
            contracts: list(&random) { .init(name: text(&$0), fingerprint: text(&$0)) },
            plan: text(&random),
            command: list(&random, text)
        )
        header.shard = JournalShard(index: 1, count: 2, sessions: ["sign-in"])
        return header
    }

    static func exchange(_ sequence: Int, _ random: inout SplitMix) -> Exchange {
        Exchange(
            sequence: sequence,
            scenario: text(&random),
            step: text(&random),
            attempt: .random(in: 1...9, using: &random),
            hop: sequence % 3,
            operation: Bool.random(using: &random) ? text(&random) : nil,
            contract: text(&random),
            request: RequestMessage(
                method: "POST",
                url: text(&random),
                headers: headers(&random),
                body: Bool.random(using: &random) ? bytes(&random) : nil
            ),
            outcome: Bool.random(using: &random)
                ? .failure(
                    TransportFailure(
                        TransportFailure.Class.allCases.randomElement(using: &random) ?? .other, text(&random)))
                : .response(
                    ResponseMessage(
                        status: .random(in: 100...999, using: &random),
                        version: "HTTP/1.1",
                        headers: headers(&random),
                        body: bytes(&random),
                        defects: list(&random) {
                            TransportDefect(
                                TransportDefect.Kind.allCases.randomElement(using: &$0) ?? .surplus, text(&$0))
                        }
                    )
                ),
            startedAt: instant(&random),
            duration: .nanoseconds(Int64.random(in: 0...100_000_000_000, using: &random))
        )
    }

    static func notRun(_ random: inout SplitMix) -> NotRun {
        let reasons: [NotRun.Reason] = [
            .missingValue(step: text(&random), path: text(&random)), .setupFailed(step: text(&random)), .stopped,
            .sessionFailed(scenario: text(&random)),
            .skipped(text(&random)), .unbuildable(text(&random)),
        ]
        return NotRun(
            scenario: text(&random),
            step: text(&random),
            reason: reasons.randomElement(using: &random) ?? .stopped
        )
    }

    static func text(_ random: inout SplitMix) -> String {
        texts.randomElement(using: &random) ?? ""
    }

    static func bytes(_ random: inout SplitMix) -> [UInt8] {
        if Bool.random(using: &random) { return Array(text(&random).utf8) }
        return list(&random) { .random(in: .min ... .max, using: &$0) }
    }

    static func pending(_ exchange: Exchange) -> PendingExchange {
        PendingExchange(
            sequence: exchange.sequence,
            scenario: exchange.scenario,
            step: exchange.step,
            attempt: exchange.attempt,
            hop: exchange.hop,
            operation: exchange.operation,
            contract: exchange.contract,
            request: exchange.request,
            startedAt: exchange.startedAt
        )
    }

    private static func headers(_ random: inout SplitMix) -> [HeaderField] {
        list(&random) { HeaderField(name: text(&$0), value: text(&$0)) }
    }

    private static func instant(_ random: inout SplitMix) -> Instant {
        Instant(microsecondsSinceEpoch: .random(in: -62_167_219_200_000_000...253_402_300_799_999_999, using: &random))
    }

    private static func list<Element>(_ random: inout SplitMix, _ make: (inout SplitMix) -> Element) -> [Element] {
        (0..<Int.random(in: 0...4, using: &random)).map { _ in make(&random) }
    }
}
