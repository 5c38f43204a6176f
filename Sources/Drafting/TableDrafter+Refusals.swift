import Generation
import JSONDocument
import JSONSchema
import OpenAPI

/// Calls that are rejected: invalid requests, unknown ids, absent credentials.
extension TableDrafter {
    /// Requests that violate the contract, as far as the schemas restrict them; `nil` if there are none.
    mutating func refused(_ operation: Operation) -> DraftScenario? {
        guard let form = forms[operation.key] else { return nil }
        let breaks = parameterBreaks(form) + bodyBreaks(form)
        guard !breaks.isEmpty else { return nil }
        guard let expect = operation.refusal(["400", "422"]) else {
            leaveOut(
                operation, "requests that violate the contract",
                "the document declares no response 400, 422, 4XX or default")
            return nil
        }
        var steps: [String: String] = [:]
        var used = UsedNames()
        var rows: [DraftRow] = []
        let creators = collections.links(of: operation).map(\.provider)
        // The mock does not have resources that no row can create.
        let live = creators.contains { needsOther.contains($0.key) } ? ["live"] : []
        for creator in creators where steps[creator.key] == nil {
            let thing =
                creator.path.split(separator: "/").last { !$0.utf8.contains(UInt8(ascii: "{")) }
                .map(String.init) ?? ""
            let step = used.unique(Names.step("create-\(Names.singular(Names.slug(thing)))"))
            var row = row(creator, step, ids: ids(of: creator, from: steps))
            row.opts = ["setup"] + live
            row.note = ""
            steps[creator.key] = step
            rows.append(row)
        }
        var defaults = row(operation, "*", ids: ids(of: operation, from: steps))
        (defaults.expect, defaults.opts, defaults.note) = (expect, ["invalid"] + live, "")
        rows.append(defaults)
        for broken in breaks.prefix(Self.mostRefusals) {
            var row = DraftRow(step: used.unique(Names.step(broken.step)), operation: operation.name)
            (row.set, row.note) = (broken.items, broken.note)
            if broken.isInPath, expect != "4xx", operation.documents("404") { row.expect = "\(expect)|404" }
            rows.append(row)
        }
        if breaks.count > Self.mostRefusals {
            leaveOut(
                operation, "\(breaks.count - Self.mostRefusals) more requests that violate the contract",
                "\(Self.mostRefusals) rows are enough to show how one operation rejects requests")
        }
        let name = names.unique("\(Names.slug(operation.name))-refused")
        return DraftScenario(name: name, tags: ["negative"], rows: rows)
    }

    private func parameterBreaks(_ form: OperationForm) -> [RequestBreak] {
        form.parameters.flatMap { parameter -> [RequestBreak] in
            let path = form.path(parameter)
            let slug = Names.slug(parameter.name)
            var found: [RequestBreak] = []
            if parameter.isRequired, parameter.place != .path {
                found.append(RequestBreak(step: "no-\(slug)", items: ["!\(path)"], note: "`\(path)` is required"))
            }
            guard let view = parameter.valueSchema?.view, !view.allows(.object), !view.allows(.array) else {
                return found
            }
            for broken in ValueBreaks(view: view, schemas: contract.schemas, isText: true).all {
                if parameter.place == .path, case .string(let text) = broken.value, text.isEmpty { continue }
                guard let item = ItemWriter.item(path, broken.value, for: view) else { continue }
                found.append(
                    RequestBreak(
                        step: "\(slug)-\(broken.name)", items: [item], note: "`\(path)` \(broken.note)",
                        isInPath: parameter.place == .path))
            }
            return found
        }
    }

    private mutating func bodyBreaks(_ form: OperationForm) -> [RequestBreak] {
        guard let body = form.body else { return [] }
        let breaks = BodyBreaks(form.operation, contract.schemas, body)
        if !breaks.tooLong.isEmpty {
            leaveOut(
                form.operation, "strings that are too long in \(breaks.tooLong.joined(separator: ", "))",
                "write cells of \(ValueBreaks.longestText) characters or more yourself")
        }
        return breaks.found
    }

    /// Calls with unknown ids.
    mutating func unknown(_ operations: [Operation], _ group: String) -> DraftScenario? {
        var rows: [DraftRow] = []
        var used = UsedNames()
        for operation in operations {
            guard let form = forms[operation.key], let last = form.pathNames.last else { continue }
            guard operation.documents("404") else {
                leaveOut(operation, "an unknown id", "the document declares no response 404")
                continue
            }
            var ids: [String: String] = [:]
            let links = collections.links(of: operation)
            // The mock stores the resources that operations create; other resources exist with any id.
            let isKept =
                links.contains(where: \.isCreation) && collections.unlinked(of: operation).isEmpty
                && links.dropFirst().allSatisfy(\.unlinked.isEmpty)
            for parameter in form.parameters where parameter.place == .path {
                let isLinked = links.contains { parameter.isNamed($0.parameter) }
                guard isLinked || parameter.isNamed(last) else { continue }
                ids[parameter.name] = unknownValue(parameter, of: operation)
            }
            guard ids[last] != nil else {
                leaveOut(operation, "an unknown id", "no such value of `\(last)` was found")
                continue
            }
            var row = row(operation, used.unique(Names.step(operation.name)), ids: ids)
            row.expect = "404"
            row.note = ""
            if !isKept { row.opts = ["live"] }
            rows.append(row)
        }
        guard !rows.isEmpty else { return nil }
        return DraftScenario(name: names.unique("\(Names.slug(group))-unknown"), tags: ["negative"], rows: rows)
    }

    private func unknownValue(_ parameter: Parameter, of operation: Operation) -> String? {
        let schema = parameter.valueSchema
        let short = FreshText.unknown(schema?.view) { value in schema.map { values.accepts(value, by: $0) } ?? true }
        if let short { return short }
        // A generated id is unknown as well, unless only few ids are allowed.
        guard let view = schema?.view, view.enumeration.isEmpty, view.allows(.string),
            let made = values.varied.value(for: view, at: "unknown \(operation.key) \(parameter.name)"),
            case .string(let text) = made, text.utf8.count >= 6,
            let item = ItemWriter.item("", made, for: view)
        else { return nil }
        return String(item.dropFirst())
    }

    /// Whether a request without credentials violates a requirement; a certificate belongs to the connection.
    private func isWithheld(_ requirement: SecurityRequirement) -> Bool {
        requirement.schemes.contains { name in contract.securityScheme(name).map { $0.kind != .mutualTLS } ?? false }
    }

    /// Calls without credentials, for operations that need some.
    mutating func credentials(_ operations: [Operation], _ group: String) -> DraftScenario? {
        var rows: [DraftRow] = []
        var used = UsedNames()
        for operation in operations {
            guard !operation.security.isEmpty, operation.security.allSatisfy({ isWithheld($0) }) else { continue }
            guard let expect = operation.refusal(["401", "403"]) else {
                leaveOut(
                    operation, "a request without credentials",
                    "the document declares no response 401, 403, 4XX or default")
                continue
            }
            var row = row(operation, used.unique(Names.step(operation.name)), isRefused: true)
            (row.auth, row.expect, row.note) = ("none", expect, "")
            rows.append(row)
        }
        guard !rows.isEmpty else { return nil }
        return DraftScenario(name: names.unique("\(Names.slug(group))-credentials"), tags: ["security"], rows: rows)
    }
}
