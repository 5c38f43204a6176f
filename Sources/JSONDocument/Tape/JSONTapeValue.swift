extension JSONTape {
    private struct Frame {
        var end: Int
        var isObject: Bool
        /// The name of the member whose value comes next.
        var name = ""
        var elements: [JSONValue] = []
        var members: [(name: String, value: JSONValue)] = []

        init(end: Int, isObject: Bool, count: Int) {
            self.end = end
            self.isObject = isObject
            if isObject { members.reserveCapacity(count) } else { elements.reserveCapacity(count) }
        }

        mutating func append(_ value: JSONValue) {
            if isObject { members.append((name, value)) } else { elements.append(value) }
        }

        func finished(isUnique: Bool) -> JSONValue {
            if !isObject { return .array(elements) }
            return .object(isUnique ? JSONObject(unique: members) : JSONObject(members.map { ($0.name, $0.value) }))
        }
    }

    /// Returns a detached copy of a value, built without recursion.
    func value(at root: Int) -> JSONValue {
        var frames: [Frame] = []
        var index = root
        while true {
            var done: JSONValue
            switch kind(at: index) {
            case .null: done = .null
            case .boolean: done = .boolean(boolean(at: index))
            case .number: done = .number(number(at: index))
            case .string: done = .string(string(at: index))
            case .array, .object:
                let count = childCount(at: index)
                var frame = Frame(end: end(of: index), isObject: kind(at: index) == .object, count: count)
                guard count > 0 else {
                    done = frame.finished(isUnique: true)
                    break
                }
                index = firstChild(of: index)
                if frame.isObject { frame.name = nextName(&index) }
                frames.append(frame)
                continue
            }
            index = end(of: index)
            while let last = frames.indices.last {
                frames[last].append(done)
                if index < frames[last].end {
                    if frames[last].isObject { frames[last].name = nextName(&index) }
                    break
                }
                done = frames[last].finished(isUnique: !hasRepeatedNames)
                frames.removeLast()
            }
            if frames.isEmpty { return done }
        }
    }

    private func nextName(_ index: inout Int) -> String {
        defer { index += 1 }
        return string(at: index)
    }
}
