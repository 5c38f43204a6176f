internal import Exchanges
internal import JSONDocument
internal import JSONSchema
internal import OpenAPI
internal import Primitives

/// The parts of a request while it is being built.
struct RequestDraft {
    let set: SetValues
    /// Whether the row violates the contract on purpose.
    let isInvalid: Bool
    /// Headers of every request, unless the row or the credentials set them.
    private let common: [HeaderField]
    /// The parameters with a value, in the order of the contract.
    private(set) var parameters: [(parameter: Parameter, value: JSONValue)] = []
    /// Encoded texts of path expressions, in the order of the template once it is filled.
    private(set) var pathValues: [(name: String, text: String)] = []
    /// Encoded pieces of the query, each without `&`.
    private(set) var query: [String] = []
    private var pathTexts: [(name: String, text: String)] = []
    private var negotiated: [HeaderField] = []
    private var fields: [HeaderField] = []
    private var cookies: [String] = []

    init(set: SetValues, isInvalid: Bool, common: [HeaderField]) {
        self.set = set
        self.isInvalid = isInvalid
        self.common = common
    }

    /// Adds every parameter that is set, or that is required and has a default.
    mutating func addParameters(of operation: Operation, credentials: Credentials) throws(ValueFailure) {
        for parameter in operation.parameters where !parameter.isIgnored {
            let kind: ParameterPlace = parameter.place == .querystring ? .query : parameter.place
            let value: JSONValue
            switch set.setting(kind, parameter.name) {
            case .leftOut: continue
            case .value(let chosen): value = chosen
            case nil:
                guard parameter.isRequired, !credentials.supply(parameter),
                    !common.contains(where: { parameter.place == .header && $0.isNamed(parameter.name) })
                else { continue }
                guard let standard = parameter.valueSchema?.view?.defaultValue else {
                    throw .invalid(
                        "the required \(parameter.place.rawValue) parameter '\(parameter.name)' has no value: "
                            + "set \(kind.rawValue).\(parameter.name)"
                    )
                }
                value = standard.value
            }
            let text = try text(of: value, as: parameter)
            parameters.append((parameter, value))
            add(text, for: parameter)
        }
    }

    /// The text of a value in the parameter's style; a row with `invalid` sends text unchanged if the style cannot
    /// represent it.
    private func text(of value: JSONValue, as parameter: Parameter) throws(ValueFailure) -> String {
        if parameter.place == .path, case .string(let text) = value, text.isEmpty { return "" }
        do {
            return try ParameterCodec.serialise(value, as: parameter)
        } catch {
            let name = parameter.name
            guard isInvalid, case .string(let text) = value else {
                throw .invalid("\(parameter.place.rawValue).\(name) cannot be written: \(error.message)")
            }
            switch parameter.place {
            case .path: return AddressText.component(text)
            case .query: return "\(AddressText.component(name))=\(AddressText.component(text))"
            case .querystring: return AddressText.query(text)
            case .header: return text
            case .cookie: return "\(name)=\(AddressText.component(text))"
            }
        }
    }

    private mutating func add(_ text: String, for parameter: Parameter) {
        switch parameter.place {
        case .path: pathTexts.append((parameter.name, text))
        case .query, .querystring: if !text.isEmpty { query.append(text) }
        case .header: fields.append(HeaderField(name: parameter.name, value: text))
        case .cookie: if !text.isEmpty { cookies.append(text) }
        }
    }

    /// The path with its expressions filled in. No segment becomes empty.
    mutating func filledPath(_ operation: Operation) throws(ValueFailure) -> String {
        var result = ""
        var rest = operation.path[...]
        while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
            let close = rest[open...].utf8.firstIndex(of: UInt8(ascii: "}"))
        {
            let name = String(rest[rest.utf8.index(after: open)..<close])
            result += AddressText.path(String(rest[..<open]))
            let text = try pathText(name)
            pathValues.append((name, text))
            result += text
            rest = rest[rest.utf8.index(after: close)...]
        }
        result += AddressText.path(String(rest))
        return result.utf8.first == UInt8(ascii: "/") ? result : "/" + result
    }

    private func pathText(_ name: String) throws(ValueFailure) -> String {
        var text = pathTexts.first { $0.name.isSame(as: name) }?.text
        if text == nil, case .value(let value)? = set.setting(.path, name) {
            text = AddressText.component(value.string ?? value.text)
        }
        guard let text else {
            throw .invalid("the path parameter '\(name)' has no value: set path.\(name)")
        }
        guard !text.isEmpty else { throw .invalid("the path parameter '\(name)' is empty") }
        // A segment of only dots would be removed as a dot segment (RFC 3986, section 5.2.4).
        return text == "." || text == ".." ? text.replacing(".", with: "%2E") : text
    }

    /// Adds the values of `set` for parameters that the operation does not declare.
    mutating func addUndeclared(besides operation: Operation?) throws(ValueFailure) {
        for entry in set.places {
            guard case .value(let value) = entry.setting else { continue }
            if let operation, operation.declares(entry.place) { continue }
            let text = value.string ?? value.text
            switch entry.place.kind {
            case .header:
                if entry.place.name == "cookie" {
                    cookies.append(text)
                } else {
                    fields.append(HeaderField(name: entry.name, value: text))
                }
            case .query, .querystring:
                let values = value.elements ?? [value]
                for value in values {
                    let text = value.string ?? value.text
                    query.append("\(AddressText.component(entry.name))=\(AddressText.component(text))")
                }
            case .cookie:
                guard FieldRules.problem(name: entry.name) == nil else {
                    throw .invalid("'\(FieldRules.visible(entry.name))' is not a valid cookie name")
                }
                cookies.append("\(entry.name)=\(AddressText.component(text))")
            case .path:
                guard let operation, operation.path.utf8.contains(UInt8(ascii: "{")),
                    pathValues.contains(where: { $0.name.isSame(as: entry.name) })
                else { throw .invalid("the path has no parameter '\(FieldRules.visible(entry.name))'") }
            }
        }
    }

    /// Adds the credentials where their schemes require, unless `set` contains that place.
    mutating func addCredentials(_ credentials: Credentials) throws(ValueFailure) {
        for member in credentials.members {
            switch member.scheme.kind {
            case .apiKey(let name, .header):
                addCredential(name, member.value)
            case .apiKey(let name, .query), .apiKey(let name, .querystring):
                guard set.setting(.query, name) == nil else { continue }
                query.append("\(AddressText.component(name))=\(AddressText.component(member.value))")
            case .apiKey(let name, .cookie):
                guard set.setting(.cookie, name) == nil else { continue }
                cookies.append("\(name)=\(member.value)")
            case .apiKey(let name, .path):
                throw .invalid("the security scheme '\(member.scheme.name)' puts its key '\(name)' into the path")
            case .http(let scheme):
                addCredential("Authorization", RequestDraft.authorization(scheme, member.value))
            case .oauth2, .openIdConnect:
                addCredential("Authorization", "Bearer \(member.value)")
            case .mutualTLS:
                continue
            }
        }
    }

    private mutating func addCredential(_ name: String, _ value: String) {
        guard !set.mentionsHeader(name) else { return }
        fields.append(HeaderField(name: name, value: value))
    }

    /// RFC 7617 for basic, RFC 6750 for bearer; other schemes use the value unchanged.
    private static func authorization(_ scheme: String, _ value: String) -> String {
        switch scheme {
        // A colon cannot occur in base64: with one, the value is still `name:password`.
        case "basic": "Basic " + (value.utf8.contains(UInt8(ascii: ":")) ? Base64.text(Array(value.utf8)) : value)
        case "bearer": "Bearer \(value)"
        default: "\(scheme) \(value)"
        }
    }

    /// Adds the common headers, `accept`, `content-type` and `user-agent`, unless `set` contains them.
    mutating func addNegotiation(operation: Operation?, body: RequestBodyBuilder.Body, userAgent: String?) {
        let own = fields
        negotiated = common.filter { header in
            !set.mentionsHeader(header.name) && !own.contains { $0.isNamed(header.name) }
        }
        func isOpen(_ name: String) -> Bool {
            !set.mentionsHeader(name) && !common.contains { $0.isNamed(name) }
        }
        if let ranges = operation?.acceptedRanges, isOpen("accept") {
            negotiated.append(HeaderField(name: "accept", value: ranges))
        }
        if body.bytes != nil, let type = body.contentType {
            if !set.mentionsHeader("content-type") {
                negotiated.append(HeaderField(name: "content-type", value: type))
            } else if let index = fields.firstIndex(where: { $0.isNamed("content-type") }),
                MediaTypeName(fields[index].value)?.type == "multipart"
            {
                // The boundary is known only after the body has been built.
                fields[index].value = type
            }
        }
        if let userAgent, isOpen("user-agent") {
            negotiated.append(HeaderField(name: "user-agent", value: userAgent))
        }
    }

    /// All header lines, each valid for sending.
    func headers() throws(ValueFailure) -> [HeaderField] {
        var result = negotiated + fields
        if !cookies.isEmpty { result.append(HeaderField(name: "cookie", value: cookies.joined(separator: "; "))) }
        for field in result {
            if let problem = FieldRules.problem(name: field.name) { throw .invalid(problem) }
            if let problem = FieldRules.problem(value: field.value) {
                // The value may be a secret and is not shown.
                throw .invalid("the value of the header '\(field.name)' \(problem)")
            }
        }
        return result
    }
}

extension Operation {
    /// Whether a place in `set` is a parameter of this operation that is sent as one.
    func declares(_ place: SetValues.Place) -> Bool {
        if let parameter = parameter(place.name, in: place.kind) { return !parameter.isIgnored }
        return place.kind == .query && parameter(place.name, in: .querystring) != nil
    }
}

extension Credentials {
    /// Whether credentials provide the value of `parameter`.
    func supply(_ parameter: Parameter) -> Bool {
        members.contains { member in
            switch member.scheme.kind {
            case .apiKey(let name, let place): place == parameter.place && parameter.isNamed(name)
            default: false
            }
        }
    }
}
