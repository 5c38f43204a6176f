import Diagnostics
import Generation
import JSONDocument
import JSONSchema
package import OpenAPI

/// Lists every way in which a mock can break a contract.
package enum FaultCatalogue {
    /// The number of values per schema that are tried, so that the alternatives of a choice occur.
    private static let samples = 6

    /// The faults of every operation, in the order of the document.
    ///
    /// The body of a response can break every keyword of its schema, at every place, and so can headers. Each response
    /// can also have another status, another media type or damaged bytes. Each operation can accept invalid requests
    /// and reject valid ones.
    ///
    /// - Parameter amounts: The members that are amounts, each as the names that lead to it; successful responses can
    ///   contain them rounded.
    package static func faults(of contract: Contract, amounts: [[String]] = []) -> [ContractFault] {
        var known: [SchemaPlace: [ValueBreaker.Break]] = [:]
        return contract.operations.flatMap { operation in
            operation.responses.flatMap { answers($0, operation, contract, &known) }
                + operation.responses.compactMap { rounding($0, operation, contract, amounts) }
                + requests(operation, contract)
        }
    }

    /// The faults of the contract of a mock, and those of the behaviour that its file declares.
    ///
    /// Operations with idempotency keys can check the keys with a gap.
    package static func faults(of version: MockVersion, amounts: [[String]] = []) -> [ContractFault] {
        let contract = version.contract
        guard let rule = version.behaviour?.checks.idempotency else {
            return faults(of: contract, amounts: amounts)
        }
        let gaps = contract.operations.filter { rule.methods.contains($0.method) }.map { operation in
            ContractFault(
                rule: "idempotency.race", contract: contract.name, operation: operation.name, answer: nil, place: "",
                location: operation.location, way: .keyGap)
        }
        return faults(of: contract, amounts: amounts) + gaps
    }

    /// The fault that rounds the amounts of a successful response; `nil` if the response declares none.
    private static func rounding(
        _ response: Response, _ operation: OpenAPI.Operation, _ contract: Contract, _ amounts: [[String]]
    ) -> ContractFault? {
        guard !amounts.isEmpty, response.statusKey.utf8.first == UInt8(ascii: "2"),
            let media = response.content.first(where: { $0.range.isJSON }), let view = media.schema?.view
        else { return nil }
        let names = view.memberNames
        let members = amounts.filter { path in path.allSatisfy { names.contains($0) } }
        guard !members.isEmpty else { return nil }
        return ContractFault(
            rule: "money.rounded", contract: contract.name, operation: operation.name, answer: response.statusKey,
            place: "", location: media.location, way: .rounds(amounts: members))
    }

    // MARK: Responses

    private static func answers(
        _ response: Response, _ operation: OpenAPI.Operation, _ contract: Contract,
        _ known: inout [SchemaPlace: [ValueBreaker.Break]]
    ) -> [ContractFault] {
        func fault(
            _ rule: String, _ place: String = "", _ location: SourceLocation?, _ way: ContractFault.Way
        ) -> ContractFault {
            ContractFault(
                rule: rule, contract: contract.name, operation: operation.name, answer: response.statusKey,
                place: place, location: location ?? response.location, way: way)
        }
        var found: [ContractFault] = []
        if let status = undocumented(near: response.statusKey, operation) {
            found.append(fault("status.undocumented", "", operation.location, .status(status)))
        }
        found += headers(response).map { fault($0.rule, $0.header.name, $0.header.location, .header(text: $0.text)) }
        guard let media = response.content.first else { return found }
        found.append(fault("media-type.missing", "", media.location, .contentType([])))
        found.append(fault("media-type.syntax", "", media.location, .contentType(["no media type"])))
        if response.mediaType(for: "application/x-undocumented") == nil {
            let other = ["application/x-undocumented"]
            found.append(fault("media-type.undocumented", "", media.location, .contentType(other)))
        }
        guard let media = response.content.first(where: { $0.range.isJSON }) else { return found }
        found.append(fault("body.missing", "", media.location, .bodyText(.missing)))
        found.append(fault("body.json", "", media.location, .bodyText(.notJSON)))
        found.append(fault("body.encoding", "", media.location, .bodyText(.notUTF8)))
        if media.schema?.view?.allows(.object) ?? true {
            found.append(fault("body.duplicate-name", "", media.location, .bodyText(.duplicateName)))
        }
        guard let place = media.schema?.place else { return found }
        let breaks = known[place] ?? breaks(at: place, contract.schemas)
        known[place] = breaks
        return found
            + breaks.map {
                fault("body.\($0.keyword)", JSONPointer($0.place).description, $0.location, .body($0))
            }
    }

    /// The ways to break values of a schema.
    static func breaks(
        at place: SchemaPlace, _ schemas: SchemaStore, direction: ValidationOptions.Direction = .response
    ) -> [ValueBreaker.Break] {
        guard let breaker = ValueBreaker(place: place, schemas: schemas, direction: direction) else { return [] }
        var found: [ValueBreaker.Break] = []
        var seen: Set<ValueBreaker.Break> = []
        for sample in 0..<samples {
            let generator = ValueGenerator(
                schemas: schemas, seed: "sample \(sample)", direction: direction,
                style: sample == 0 ? .plain : .varied)
            guard let value = generator.value(for: place) else { continue }
            for made in breaker.breaks(of: value) where seen.insert(made).inserted { found.append(made) }
        }
        return found
    }

    /// A status of the same class that the operation does not document.
    private static func undocumented(near key: String, _ operation: OpenAPI.Operation) -> Int? {
        guard let first = key.utf8.first, (0x31...0x35).contains(first) else { return nil }
        let start = Int(first - 0x30) * 100
        return (start + 30..<start + 50).first { operation.response(status: $0) == nil }
    }

    private static func headers(_ response: Response) -> [(rule: String, header: Header, text: String?)] {
        response.headers.filter { !$0.isIgnored && !$0.isNamed("content-type") }.flatMap { header in
            var found: [(rule: String, header: Header, text: String?)] = []
            if header.isRequired { found.append(("header.required", header, nil)) }
            for text in HeaderBreaker.texts(for: header) {
                guard let rule = HeaderBreaker.rule(brokenBy: text, header),
                    !found.contains(where: { $0.rule == rule })
                else { continue }
                found.append((rule, header, text))
            }
            return found
        }
    }

    // MARK: Requests

    private static func requests(_ operation: OpenAPI.Operation, _ contract: Contract) -> [ContractFault] {
        func fault(
            _ rule: String, _ place: String, _ location: SourceLocation, _ way: ContractFault.Way
        ) -> ContractFault {
            ContractFault(
                rule: rule, contract: contract.name, operation: operation.name, answer: nil, place: place,
                location: location, way: way)
        }
        var found: [ContractFault] = []
        for parameter in operation.parameters where canBeWrong(parameter) {
            let place = "\(parameter.place.rawValue).\(parameter.name)"
            found.append(fault("negative.accepted", place, parameter.location, .accepts(parameter: place)))
        }
        if let body = operation.requestBody {
            found.append(fault("negative.accepted", "body", body.location, .accepts(parameter: "body")))
        }
        var schemes: [String] = []
        for requirement in operation.security where !requirement.schemes.isEmpty {
            let name = requirement.schemes.joined(separator: "+")
            found.append(
                fault("security.refused", name, requirement.location, .refuses(schemes: requirement.schemes)))
            for scheme in requirement.schemes where !schemes.contains(scheme) {
                schemes.append(scheme)
                // Nothing has to be sent where anonymous requests are allowed.
                guard !operation.security.contains(where: \.schemes.isEmpty) else { continue }
                found.append(
                    fault("security.not-enforced", scheme, requirement.location, .ignores(scheme: scheme)))
            }
        }
        return found
    }

    /// Whether a value of a parameter, or its absence, can break the contract.
    static func canBeWrong(_ parameter: Parameter) -> Bool {
        guard !parameter.isIgnored else { return false }
        if parameter.isRequired, parameter.place != .path { return true }
        guard let view = parameter.valueSchema?.view else { return false }
        if !view.allows(.string) { return true }
        return ["enum", "const", "pattern", "format", "minLength", "maxLength"].contains { keyword in
            guard let node = view.keyword(keyword) else { return false }
            // A path parameter is never empty.
            return !(parameter.place == .path && keyword == "minLength" && node.number == 1)
        }
    }
}
