import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI

/// Compares request bodies, responses, headers, media types and links.
extension ContractComparer {
    func compareBody(of old: WrittenOperation, _ new: WrittenOperation, _ scope: Scope) {
        let ours = old.node["requestBody"]?.followed
        let theirs = new.node["requestBody"]?.followed
        switch (ours, theirs) {
        case (nil, nil): return
        case (nil, let body?):
            let word = body.flag("required") == true ? "required" : "optional"
            // For the client, a request from the API is one more media type to receive.
            let id = scope.isOutgoing ? "response.media-type.added" : "request.body.\(word)-added"
            add(
                id, scope, .requestBody(mediaType: nil), to: word, old.node.location, body.location,
                "the \(word) request body was added")
        case (let body?, nil):
            let word = body.flag("required") == true ? "required" : "optional"
            let id = scope.isOutgoing ? "response.media-type.removed" : "request.body.\(word)-removed"
            add(
                id, scope, .requestBody(mediaType: nil), from: word, body.location, new.node.location,
                "the \(word) request body was removed")
        case (let ours?, let theirs?):
            let (was, isNow) = (ours.flag("required") ?? false, theirs.flag("required") ?? false)
            if was != isNow {
                let word = isNow ? "required" : "optional"
                add(
                    "\(scope.request.rawValue).body.became-\(word)", scope, .requestBody(mediaType: nil),
                    from: was ? "required" : "optional", to: word, (ours["required"] ?? ours).location,
                    (theirs["required"] ?? theirs).location, "the request body became \(word)")
            }
            compareContent(ours, theirs, scope.request, scope) { .requestBody(mediaType: $0) }
        }
    }

    // MARK: Media types

    private typealias Media = (key: String, range: MediaTypeName?, value: WrittenNode)

    private func media(_ holder: WrittenNode) -> [Media] {
        (holder["content"]?.followed)?.members.compactMap { member in
            let range = MediaTypeName(member.name)
            return (range.map(Self.key) ?? member.name.lowercased(), range, member.value.followed ?? member.value)
        } ?? []
    }

    private func compareContent(
        _ old: WrittenNode, _ new: WrittenNode, _ direction: ChangeRule.Direction, _ scope: Scope,
        _ place: (String?) -> Change.Place
    ) {
        let ours = media(old)
        let theirs = media(new)
        let what = place(nil).noun
        for after in theirs {
            if let before = ours.first(where: { $0.key == after.key }) ?? ours.first(where: { covers($0, after) }) {
                compareMedia(before.value, after.value, direction, scope, place(after.key))
                continue
            }
            add(
                "\(direction.rawValue).media-type.added", scope, place(after.key), to: after.key, old.location,
                after.value.location, "the media type \(after.key) was added to the \(what)")
        }
        for before in ours where !theirs.contains(where: { $0.key == before.key }) {
            if let after = theirs.first(where: { covers($0, before) }) {
                compareMedia(before.value, after.value, direction, scope, place(before.key))
                continue
            }
            add(
                "\(direction.rawValue).media-type.removed", scope, place(before.key), from: before.key,
                before.value.location, new.location, "the media type \(before.key) was removed from the \(what)")
        }
    }

    /// The name of a media type without `charset=utf-8`, which is the default of the formats in use.
    private static func key(_ name: MediaTypeName) -> String {
        guard let charset = name.parameter("charset"), charset.lowercased() == "utf-8", name.parameters.count == 1
        else {
            return name.description
        }
        return "\(name.type)/\(name.subtype)"
    }

    /// Whether a range such as `text/*`, or a name without parameters, includes the other media type.
    private func covers(_ range: Media, _ other: Media) -> Bool {
        guard let name = range.range, let inner = other.range, range.key != other.key else { return false }
        return name.matches(inner)
    }

    private func compareMedia(
        _ old: WrittenNode, _ new: WrittenNode, _ direction: ChangeRule.Direction, _ scope: Scope,
        _ place: Change.Place
    ) {
        if sameness.isSame(old.node, new.node) { return }
        for (keyword, rule) in [("schema", "schema"), ("itemSchema", "item-schema")] {
            let ours = old[keyword].flatMap(\.schema)
            let theirs = new[keyword].flatMap(\.schema)
            let edits = edits(ours, theirs, direction)
            switch (ours, theirs) {
            case (nil, let view?) where !edits.isEmpty:
                add(
                    "\(direction.rawValue).media-type.\(rule)-added", scope, place, to: view.node.spelling,
                    old.location, view.location, "the \(place.noun) now has a schema")
            case (let view?, nil) where !edits.isEmpty:
                add(
                    "\(direction.rawValue).media-type.\(rule)-removed", scope, place, from: view.node.spelling,
                    view.location, new.location, "the \(place.noun) no longer has a schema")
            default:
                add(
                    keyword == "schema" ? edits : edits.map { $0.inside("*") }, direction, area: "body", scope, place,
                    name: "the \(place.noun)")
            }
            reportUnread(old[keyword], ours == nil, new[keyword], theirs == nil, scope, place)
        }
        compareEncodings(old["encoding"], new["encoding"], direction, scope, place)
        compareExtensions(old, new, scope, place)
    }

    /// A schema whose reference cannot be resolved cannot be compared, and must not be treated as absent.
    func reportUnread(
        _ old: WrittenNode?, _ lacksOld: Bool, _ new: WrittenNode?, _ lacksNew: Bool, _ scope: Scope,
        _ place: Change.Place
    ) {
        guard old != nil && lacksOld || new != nil && lacksNew else { return }
        add(
            "comparison.undecided", scope, place, old?.location, new?.location,
            "the schema of the \(place.noun) could not be read")
    }

    private func compareEncodings(
        _ old: WrittenNode?, _ new: WrittenNode?, _ direction: ChangeRule.Direction, _ scope: Scope,
        _ place: Change.Place
    ) {
        let ours = old?.followed?.members ?? []
        let theirs = new?.followed?.members ?? []
        var names = ours.map(\.name)
        names += theirs.map(\.name).filter { !names.contains($0) }
        for name in names {
            let before = ours.first { $0.name == name }?.value
            let after = theirs.first { $0.name == name }?.value
            for keyword in ["contentType", "style", "explode", "allowReserved"] {
                let (one, other) = (before?[keyword], after?[keyword])
                guard one?.node.spelling != other?.node.spelling else { continue }
                add(
                    "\(direction.rawValue).media-type.encoding-changed", scope, place, from: one?.node.spelling,
                    to: other?.node.spelling, (one ?? before ?? old)?.location, (other ?? after ?? new)?.location,
                    "`\(keyword)` of the form field '\(name)' changed")
            }
        }
    }

    // MARK: Responses

    func compareResponses(of old: WrittenOperation, _ new: WrittenOperation, _ scope: Scope) {
        let ours = responses(of: old)
        let theirs = responses(of: new)
        for (key, response) in theirs {
            if let before = ours.first(where: { $0.key == key })?.value ?? covering(key, ours) {
                compare(before, response, key, scope)
            } else {
                add(
                    Self.statusRule(key, "added", scope), scope, .response(status: key, mediaType: nil), to: key,
                    (old.node["responses"] ?? old.node).location, response.location,
                    "the response \(key) was added")
            }
        }
        for (key, response) in ours where !theirs.contains(where: { $0.key == key }) {
            if let after = covering(key, theirs) {
                compare(response, after, key, scope)
            } else {
                add(
                    Self.statusRule(key, "removed", scope), scope, .response(status: key, mediaType: nil), from: key,
                    response.location, (new.node["responses"] ?? new.node).location,
                    "the response \(key) was removed")
            }
        }
    }

    private static func statusRule(_ key: String, _ action: String, _ scope: Scope) -> String {
        if scope.isOutgoing { return "request.status.\(action)" }
        return "response.status.\(key.utf8.first == UInt8(ascii: "2") ? "success" : "other")-\(action)"
    }

    private func responses(of operation: WrittenOperation) -> [(key: String, value: WrittenNode)] {
        (operation.node["responses"]?.followed)?.members.compactMap { member in
            guard !member.name.hasPrefix("x-"), let value = member.value.followed else { return nil }
            return (member.name == "default" ? member.name : member.name.uppercased(), value)
        } ?? []
    }

    /// The response that covers a status without its own response: its range, otherwise `default`.
    private func covering(_ key: String, _ responses: [(key: String, value: WrittenNode)]) -> WrittenNode? {
        guard key != "default" else { return nil }
        let range = "\(key.prefix(1))XX"
        return (responses.first { $0.key == range } ?? responses.first { $0.key == "default" })?.value
    }

    private func compare(_ old: WrittenNode, _ new: WrittenNode, _ status: String, _ scope: Scope) {
        if sameness.isSame(old.node, new.node) { return }
        compareContent(old, new, scope.response, scope) { .response(status: status, mediaType: $0) }
        compareHeaders(old, new, status, scope)
        compareLinks(old, new, status, scope)
        compareExtensions(old, new, scope, .response(status: status, mediaType: nil))
    }

    private func headers(_ response: WrittenNode) -> [(key: String, name: String, value: WrittenNode)] {
        (response["headers"]?.followed)?.members.compactMap { member in
            guard let value = member.value.followed, member.name.lowercased() != "content-type" else { return nil }
            return (member.name.lowercased(), member.name, value)
        } ?? []
    }

    private func compareHeaders(_ old: WrittenNode, _ new: WrittenNode, _ status: String, _ scope: Scope) {
        let ours = headers(old)
        let theirs = headers(new)
        let area = scope.isOutgoing ? "request.parameter" : "response.header"
        for header in theirs {
            let place = Change.Place.header(status: status, name: header.name)
            guard let before = ours.first(where: { $0.key == header.key })?.value else {
                let word = header.value.flag("required") == true ? "required" : "optional"
                add(
                    "\(area).\(word)-added", scope, place, to: word, old.location, header.value.location,
                    "the \(word) header '\(header.name)' of the response \(status) was added")
                continue
            }
            compareHeader(before, header.value, area, place, scope)
        }
        for header in ours where !theirs.contains(where: { $0.key == header.key }) {
            let word = header.value.flag("required") == true ? "required" : "optional"
            add(
                "\(area).\(word)-removed", scope, .header(status: status, name: header.name), from: word,
                header.value.location, new.location,
                "the \(word) header '\(header.name)' of the response \(status) was removed")
        }
    }

    private func compareHeader(
        _ old: WrittenNode, _ new: WrittenNode, _ area: String, _ place: Change.Place, _ scope: Scope
    ) {
        if sameness.isSame(old.node, new.node) { return }
        let (was, isNow) = (old.flag("required") ?? false, new.flag("required") ?? false)
        let name = place.noun
        if was != isNow {
            let word = isNow ? "required" : "optional"
            add(
                "\(area).became-\(word)", scope, place, from: was ? "required" : "optional", to: word,
                (old["required"] ?? old).location, (new["required"] ?? new).location, "the \(name) became \(word)")
        }
        let (ours, theirs) = (old["content"]?.members.first, new["content"]?.members.first)
        let before = (old["schema"] ?? ours?.value["schema"])?.schema
        let after = (new["schema"] ?? theirs?.value["schema"])?.schema
        let isPlain = Self.isScalar(before) && Self.isScalar(after)
        if ours?.name.lowercased() != theirs?.name.lowercased() {
            add(
                "\(area).content-changed", scope, place, from: ours?.name ?? "schema", to: theirs?.name ?? "schema",
                (old["content"] ?? old).location, (new["content"] ?? new).location,
                "the \(name) is written in another media type")
        } else if ours == nil, !isPlain, (old.flag("explode") ?? false) != (new.flag("explode") ?? false) {
            add(
                "\(area).explode-changed", scope, place, from: String(old.flag("explode") ?? false),
                to: String(new.flag("explode") ?? false), (old["explode"] ?? old).location,
                (new["explode"] ?? new).location, "`explode` of the \(name) changed")
        }
        addLifecycle(old, new, prefix: area, scope, place, name: "the \(name)")
        var edits = edits(before, after, scope.response)
        if ours == nil, theirs == nil { edits = Self.asText(edits, before, after) }
        add(
            edits, scope.response, area: scope.isOutgoing ? "parameter" : "header", scope, place, name: "the \(name)")
    }

    private func compareLinks(_ old: WrittenNode, _ new: WrittenNode, _ status: String, _ scope: Scope) {
        let ours = old["links"]?.followed?.members ?? []
        let theirs = new["links"]?.followed?.members ?? []
        let place = Change.Place.response(status: status, mediaType: nil)
        for (name, value) in theirs {
            let after = value.followed ?? value
            guard let before = ours.first(where: { $0.name == name })?.value.followed else {
                add(
                    "response.link.added", scope, place, to: name, old.location, after.location,
                    "the link '\(name)' of the response \(status) was added")
                continue
            }
            let facets = ["operationId", "operationRef", "parameters", "requestBody", "server"]
            guard facets.contains(where: { before[$0]?.node.value != after[$0]?.node.value }) else { continue }
            add(
                "response.link.changed", scope, place, from: before.node.spelling, to: after.node.spelling,
                before.location, after.location, "the link '\(name)' of the response \(status) changed")
        }
        for (name, value) in ours where !theirs.contains(where: { $0.name == name }) {
            add(
                "response.link.removed", scope, place, from: name, value.location, new.location,
                "the link '\(name)' of the response \(status) was removed")
        }
    }
}

extension Change.Place {
    /// The name of the place in messages.
    var noun: String {
        switch self {
        case .operation: "operation"
        case .parameter(let place, let name): "\(place) parameter '\(name)'"
        case .requestBody: "request body"
        case .response(let status, _): "body of the response \(status)"
        case .header(let status, let name): "header '\(name)' of the response \(status)"
        case .contract(let name): name
        }
    }
}
