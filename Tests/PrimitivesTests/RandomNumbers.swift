import Primitives

/// Random choices of tests. The tests of this module cannot use those of TestKit, which depends on other modules.
extension StableRandom {
    /// A number from 0 up to, but not including, `bound`.
    mutating func number(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// One element of a list that is not empty.
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(below: elements.count)] }
}
