import Diagnostics
import Project
import Scenarios
import Testing

@Suite struct PromiseReaderTests {
    @Test("promises are read with their names, and with defaults")
    func reading() throws {
        let read = try project(
            """
            strict-tags: [careful]
            targets:
              shop: {base-url: 'https://shop.example/v1', strict: true}
            promises:
              idempotency:
                header: key
                replayed: again
                conflict: [409, 422]
                per: any
              rate-limit: {limit: l, remaining: r, retry: w, window: 30s}
              echo:
                x-id: x-id
                x-version: {header: version, on: 2xx}
              resources:
                parcel:
                  id: parcel_id
                  create: sendParcel
                  fetch: [fetchParcel, trackParcel]
                  final: {state: [gone]}
                  carried: true
                  except: [weight]
            """)
        let promises = read.judging.promises
        #expect(
            promises.idempotency
                == IdempotencyPromise(
                    header: "key", methods: ["POST", "PATCH"], replayed: .init(header: "again"), conflicts: [409, 422],
                    isPerOperation: false))
        #expect(promises.rateLimit == RateLimitPromise(limit: "l", remaining: "r", retry: "w", window: .seconds(30)))
        #expect(
            promises.echoes == [
                EchoPromise(request: "x-id", response: "x-id"),
                EchoPromise(request: "x-version", response: "version", isOfSuccess: true),
            ])
        #expect(promises.resources.first?.fetch == ["fetchParcel", "trackParcel"])
        #expect(promises.resources.first?.final == [.init(member: "state", values: ["gone"])])
        #expect(read.judging.strictTags == ["careful"])
        #expect(read.target("shop")?.isStrict == true)
    }

    @Test("mistakes are reported by key")
    func mistakes() throws {
        let told = problems(
            """
            promises:
              idempotency: {conflict: many, per: sometimes}
              resources: {parcel: {fetch: x}}
              limits: 1
            """)
        let rules = told.map { $0.split(separator: " ")[1].dropLast() }.sorted()
        #expect(
            rules == [
                "configuration.missing-key", "configuration.missing-key", "configuration.unknown-choice",
                "configuration.unknown-key", "configuration.wrong-status",
            ])
    }
}
