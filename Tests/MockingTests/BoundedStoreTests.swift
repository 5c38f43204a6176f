import Exchanges
import OpenAPI
import Testing

@testable import Mocking

/// The store that removes its oldest values.
struct BoundedStoreTests {
    @Test("the oldest values are removed when there are too many")
    func count() {
        var store = BoundedStore<Int>(maximumCount: 2, maximumCost: 1_000)
        for index in 1...4 { store.insert(index, for: "k\(index)", cost: 1) }
        #expect(store.entries.map(\.value) == [3, 4])
        #expect(store["k2"] == nil)
    }

    @Test("the oldest values are removed when the total cost is too high; a single value stays")
    func cost() {
        var store = BoundedStore<Int>(maximumCount: 10, maximumCost: 10)
        store.insert(1, for: "a", cost: 6)
        store.insert(2, for: "b", cost: 5)
        #expect(store.entries.map(\.value) == [2])
        store.insert(3, for: "c", cost: 99)
        #expect(store.entries.map(\.value) == [3])
    }

    @Test("a value that is added again becomes the youngest; one that is replaced keeps its age")
    func age() {
        var store = BoundedStore<Int>(maximumCount: 2, maximumCost: 100)
        store.insert(1, for: "a", cost: 1)
        store.insert(2, for: "b", cost: 1)
        store.replace(20, for: "b")
        store.insert(10, for: "a", cost: 1)
        #expect(store.entries.map(\.value) == [20, 10])
        store.insert(3, for: "c", cost: 1)
        #expect(store.entries.map(\.value) == [10, 3])
    }

    @Test("a replaced or removed value no longer counts towards the cost")
    func freed() {
        var store = BoundedStore<Int>(maximumCount: 10, maximumCost: 10)
        for index in 1...3 { store.insert(index, for: "a", cost: 6) }
        store.insert(4, for: "c", cost: 4)
        #expect(store.entries.map(\.value) == [3, 4])
        store.remove("a")
        store.insert(5, for: "d", cost: 6)
        #expect(store.entries.map(\.value) == [4, 5])
    }

    @Test("a store stays small while values are added and removed again and again")
    func churn() {
        var store = BoundedStore<Int>(maximumCount: 100, maximumCost: 100_000)
        for index in 0..<10_000 {
            store.insert(index, for: "k\(index % 7)", cost: 1)
            if index.isMultiple(of: 3) { store.remove("k\(index % 7)") }
        }
        #expect(store.count <= 7)
        #expect(store.entries.count == store.count)
    }

    @Test("keys that only look alike are two keys")
    func scalars() {
        var store = BoundedStore<Int>(maximumCount: 10, maximumCost: 100)
        store.insert(1, for: "\u{E9}", cost: 1)
        store.insert(2, for: "e\u{301}", cost: 1)
        #expect(store["\u{E9}"] == 1)
        #expect(store["e\u{301}"] == 2)
    }
}
