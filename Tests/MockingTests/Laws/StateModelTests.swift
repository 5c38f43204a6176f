import Exchanges
import JSONDocument
import Primitives
import TestKit
import Testing

@testable import Mocking

/// The mock against a model of a few lines: parcels by id, and responses by key. Requests are random.
@Suite("The mock against a model")
struct StateModelTests {
    /// What the behaviour file of the parcels declares.
    private struct Model {
        struct Use: Equatable {
            var target: String
            var body: JSONValue?
        }

        var states: [String: String] = [:]
        /// The ids in the order of their creation.
        var order: [String] = []
        var keys: [String: (use: Use, status: Int, body: [UInt8])] = [:]

        mutating func create(_ id: String) -> Int {
            guard states[id] == nil else { return 409 }
            states[id] = "WAITING"
            order.append(id)
            return 200
        }

        mutating func send(_ id: String) -> Int {
            guard let state = states[id] else { return 404 }
            guard state == "WAITING" else { return 409 }
            states[id] = "SENT"
            return 200
        }

        mutating func delete(_ id: String) -> Int {
            guard states.removeValue(forKey: id) != nil else { return 404 }
            order.removeAll { $0 == id }
            return 204
        }

        mutating func lose(_ id: String) -> Int {
            guard let state = states[id] else { return 404 }
            guard state != "LOST" else { return 409 }
            states[id] = "LOST"
            return 200
        }
    }

    /// A POST with or without a key, checked against the model.
    private static func post(
        _ path: String, _ body: String?, key: String?, _ operation: String, _ mock: inout TestMock,
        _ model: inout Model,
        _ act: (inout Model) -> Int
    ) throws {
        let use = Model.Use(target: path, body: try body.map { try JSONDocument(parsing: $0).root.value })
        let response = mock.send("POST", path, body, adding: key.map { [("x-once", $0)] } ?? [])
        let name = key.map { "\(operation) \($0)" }
        if let name, let known = model.keys[name] {
            guard known.use == use else {
                #expect(response.status == 422 && response.line("x-again") == "no")
                return
            }
            #expect(response.status == known.status && response.body == known.body)
            #expect(response.line("x-again") == "yes")
            return
        }
        let status = act(&model)
        #expect(response.status == status, "\(path) \(body ?? "")")
        #expect(response.line("x-again") == (key == nil ? nil : "no"))
        if let name { model.keys[name] = (use, status, response.body) }
    }

    @Test("states, keys and lists after random requests", arguments: 1...4)
    func requests(seed: Int) throws {
        var random = SplitMix(seed: seed)
        var mock = try TestMock()
        var model = Model()
        for _ in 0..<150 {
            let id = "p\(random.number(below: 4))"
            let key = random.once(in: 2) ? "k\(random.number(below: 6))" : nil
            switch random.number(below: 7) {
            case 0, 1:
                // Two spellings of one body, and another body.
                let body = random.pick([
                    #"{"id":"\#(id)","to":{"city":"Here"},"weight":1}"#,
                    #"{"weight":1.0,"to":{"city":"Here"},"id":"\#(id)"}"#,
                    #"{"id":"\#(id)","to":{"city":"There"}}"#,
                ])
                try Self.post("/api/v1/parcels", body, key: key, "create", &mock, &model) { $0.create(id) }
            case 2, 3: try Self.post("/api/v1/parcels/\(id)/send", nil, key: key, "send", &mock, &model) { $0.send(id) }
            case 4:
                let status = model.delete(id)
                #expect(mock.send("DELETE", "/api/v1/parcels/\(id)").status == status)
            case 5:
                let status = model.lose(id)
                #expect(mock.send("POST", "/_mock/events/lose", #"{"id":"\#(id)"}"#).status == status)
            default:
                let response = mock.send("GET", "/api/v1/parcels/\(id)")
                #expect(response.status == (model.states[id] == nil ? 404 : 200))
                #expect(response.json?["status"]?.string == model.states[id])
            }
        }
        let list = try #require(mock.send("GET", "/api/v1/parcels").json?.elements)
        #expect(list.compactMap { $0["id"]?.string } == model.order)
        #expect(list.compactMap { $0["status"]?.string } == model.order.map { model.states[$0] })
    }

    @Test("equal requests in equal order have equal responses, whatever happens in another mock")
    func stable() throws {
        var random = SplitMix(seed: 9)
        let requests: [(String, String, String?)] = (0..<60).map { _ in
            let id = "p\(random.number(below: 3))"
            return random.pick([
                ("POST", "/api/v1/parcels", #"{"id":"\#(id)","to":{"city":"Here"}}"#),
                ("GET", "/api/v1/parcels/\(id)", nil),
                ("POST", "/api/v1/parcels/\(id)/send", nil), ("DELETE", "/api/v1/parcels/\(id)", nil),
                ("GET", "/api/v1/parcels", nil),
            ])
        }
        var one = try TestMock()
        var other = try TestMock()
        let first = requests.map { one.send($0.0, $0.1, $0.2) }
        for request in requests.reversed() { _ = other.send(request.0, request.1, request.2) }
        #expect(other.send("POST", "/_mock/reset").status == 204)
        #expect(requests.map { other.send($0.0, $0.1, $0.2) } == first)
    }

    @Test("a request that is rejected changes nothing")
    func rejections() throws {
        var mock = try TestMock()
        _ = mock.send("POST", "/api/v1/parcels", Parcels.parcel)
        let before = mock.send("GET", "/_mock/state").body
        let rejected: [(String, String, String?, [(String, String)]?)] = [
            ("POST", "/api/v1/parcels", Parcels.parcel, nil), ("POST", "/api/v1/parcels", "{}", nil),
            ("POST", "/api/v1/parcels", "{", nil),
            ("POST", "/api/v1/parcels", #"{"id":"","to":{"city":"Here"}}"#, nil),
            ("POST", "/api/v1/parcels", #"{"id":"p2","to":{"city":"Elsewhere"}}"#, nil),
            ("POST", "/api/v1/parcels", #"{"id":"p2","to":{"city":"Here"},"weight":0}"#, nil),
            ("POST", "/api/v1/parcels", #"{"id":"p2","to":{"city":"Here"}}"#, []),
            ("POST", "/api/v1/parcels/p9/send", nil, nil),
            ("DELETE", "/api/v1/parcels/p9", nil, nil), ("DELETE", "/api/v1/parcels/p1", nil, []),
            ("PUT", "/api/v1/parcels/p1", "{}", nil),
            ("POST", "/_mock/events/stop", #"{"id":"p1"}"#, nil),
            ("POST", "/_mock/events/pay", #"{"id":"p1","amount":99}"#, nil),
        ]
        for (method, path, body, headers) in rejected {
            let response = mock.send(method, path, body, headers: headers)
            #expect((400..<500).contains(response.status), "\(method) \(path) \(response.status)")
            #expect(mock.send("GET", "/_mock/state").body == before, "\(method) \(path)")
        }
        // Nor do counters: the next parcel has the next number.
        #expect(mock.send("POST", "/api/v1/parcels", #"{"id":"p2","to":{"city":"Here"}}"#).json?["number"] == 42)
    }
}
