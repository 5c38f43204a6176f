extension Bytes {
    /// Whether all parts between separators, including empty ones, satisfy a condition. Allocates no list.
    @inline(__always)
    func allParts(separatedBy separator: UInt8, _ satisfies: (Bytes) -> Bool) -> Bool {
        var start = startIndex
        var index = startIndex
        while index < endIndex {
            if self[index] == separator {
                guard satisfies(self[start..<index]) else { return false }
                start = index + 1
            }
            index += 1
        }
        return satisfies(self[start..<endIndex])
    }
}
