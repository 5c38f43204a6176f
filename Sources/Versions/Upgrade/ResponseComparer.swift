import JSONDocument

/// Compares two responses to the same step, place by place.
struct ResponseComparer {
    /// The maximum number of differences for one pair of responses.
    private static let maximumDifferences = 1_000
    /// The maximum depth of values that are compared member by member.
    private static let maximumDepth = 64
    /// Framing and the time of sending always differ between two responses (RFC 9110, section 6.6.1).
    private static let transportHeaders: Set<String> = [
        "date", "content-length", "transfer-encoding", "connection", "keep-alive", "content-type",
    ]

    /// Places whose values differ between two runs of one version.
    var volatile = VolatilePlaces()
    /// Whether values are compared, or only their presence and types.
    var comparesValues = true

    private var found: [ResponseDifference] = []
    /// Places already reported; the elements of an array share a place.
    private var seen: Set<ResponseDifference.Place> = []

    init(volatile: VolatilePlaces = VolatilePlaces(), comparesValues: Bool = true) {
        self.volatile = volatile
        self.comparesValues = comparesValues
    }

    /// The differences, the status first. Responses with different statuses are not compared further.
    mutating func differences(_ before: ObservedResponse, _ after: ObservedResponse) -> [ResponseDifference] {
        found = []
        seen = []
        guard before.status == after.status else {
            return [
                ResponseDifference(.status, .valueChanged, from: String(before.status), to: String(after.status))
            ]
        }
        if before.mediaType != after.mediaType {
            add(.mediaType, before.mediaType, after.mediaType)
        }
        compareHeaders(before.headers, after.headers)
        switch (before.body, after.body) {
        case (.json(let old), .json(let new)): compare(old, new, .root, depth: 0)
        case (.none, .none): break
        case (.other(let old), .other(let new)):
            if old != new { value(.body(.root), old, new) }
        case (.none, let body): add(.body(.root), nil, Self.kind(of: body))
        case (let body, .none): add(.body(.root), Self.kind(of: body), nil)
        default:
            add(.body(.root), Self.kind(of: before.body), Self.kind(of: after.body), .typeChanged)
        }
        return found
    }

    private mutating func compareHeaders(_ before: [String: String], _ after: [String: String]) {
        for name in Set(before.keys).union(after.keys).subtracting(Self.transportHeaders).sorted() {
            switch (before[name], after[name]) {
            case (let old?, let new?):
                // A cookie is a credential and differs in every response.
                if old != new, name != "set-cookie" { value(.header(name), old, new) }
            case (let old, let new):
                let isCookie = name == "set-cookie"
                add(
                    .header(name), isCookie ? old.map { _ in "a cookie" } : old,
                    isCookie ? new.map { _ in "a cookie" } : new)
            }
        }
    }

    private mutating func compare(_ old: JSONValue, _ new: JSONValue, _ pointer: JSONPointer, depth: Int) {
        guard found.count < Self.maximumDifferences else { return }
        switch (old, new) {
        case (.object(let before), .object(let after)) where depth < Self.maximumDepth:
            for (name, value) in before.members {
                let place = pointer.appending(name)
                if let other = after[name] {
                    compare(value, other, place, depth: depth + 1)
                } else {
                    add(.body(place), Self.short(value), nil)
                }
            }
            for (name, value) in after.members where before[name] == nil {
                add(.body(pointer.appending(name)), nil, Self.short(value))
            }
        case (.array(let before), .array(let after)) where depth < Self.maximumDepth:
            if before.count != after.count { value(.count(pointer), String(before.count), String(after.count)) }
            for (one, other) in zip(before, after) { compare(one, other, pointer.appending("*"), depth: depth + 1) }
        default:
            if old.kind != new.kind {
                add(.body(pointer), old.kind.name, new.kind.name, .typeChanged)
            } else if old != new {
                value(.body(pointer), Self.short(old), Self.short(new))
            }
        }
    }

    private mutating func add(
        _ place: ResponseDifference.Place, _ from: String?, _ to: String?, _ kind: ResponseDifference.Kind? = nil
    ) {
        guard !volatile.unstable.contains(place), seen.insert(place).inserted else { return }
        let kind = kind ?? (from == nil ? .appeared : to == nil ? .disappeared : .valueChanged)
        found.append(ResponseDifference(place, kind, from: from, to: to))
    }

    private mutating func value(_ place: ResponseDifference.Place, _ from: String, _ to: String) {
        guard comparesValues, !volatile.values.contains(place), !volatile.unstable.contains(place) else { return }
        add(place, from, to, .valueChanged)
    }

    private static func kind(of body: ObservedResponse.Body) -> String? {
        switch body {
        case .none: nil
        case .json(let value): value.kind.name
        case .other: "text"
        }
    }

    /// The value as JSON, cut to fit a line of a report.
    private static func short(_ value: JSONValue) -> String {
        let text = value.text
        return text.unicodeScalars.count <= 60 ? text : String(text.unicodeScalars.prefix(59)) + "…"
    }
}

/// Places of responses that differ between two runs of the same version.
public struct VolatilePlaces: Sendable, Hashable {
    /// Places whose values differ each time, such as times and identifiers. Their presence and type are still compared.
    public var values: Set<ResponseDifference.Place> = []
    /// Places that are sometimes absent or have another type. They are not compared.
    public var unstable: Set<ResponseDifference.Place> = []

    /// Creates an empty set.
    public init() {}

    /// Adds the differences between two responses to the same step under the same version.
    mutating func learn(_ one: ObservedResponse, _ other: ObservedResponse) {
        var comparer = ResponseComparer()
        for difference in comparer.differences(one, other) {
            if difference.kind == .valueChanged {
                values.insert(difference.place)
            } else {
                unstable.insert(difference.place)
            }
        }
    }
}
