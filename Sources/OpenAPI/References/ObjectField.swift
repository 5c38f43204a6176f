internal import JSONDocument
internal import Primitives

/// The type of a field.
enum FieldShape: Sendable, Hashable {
    case object(ObjectKind)
    case list(ObjectKind)
    case map(ObjectKind)
    case text
    case texts
    case flag
    case any
}

/// A field of an object: its name and its type.
struct ObjectField: Sendable {
    let name: String
    let shape: FieldShape
    let since: OpenAPIVersion

    init(_ name: String, _ shape: FieldShape, since: OpenAPIVersion = .v30) {
        self.name = name
        self.shape = shape
        self.since = since
    }
}

extension ObjectKind {
    /// The fixed fields, in the order of the specification (OpenAPI 3.0.4, 3.1.1 and 3.2.0, "Fixed Fields").
    func fields(in version: OpenAPIVersion) -> [ObjectField] {
        Self.tables[version]?[self] ?? []
    }

    /// The field with this name.
    func field(_ name: String, in version: OpenAPIVersion) -> ObjectField? {
        fields(in: version).first { $0.name.isSame(as: name) }
    }

    /// The fields by name.
    func fieldTable(in version: OpenAPIVersion) -> JSONNameTable<ObjectField> {
        switch version {
        case .v30: Self.namesOf30[self] ?? Self.noNames
        case .v31: Self.namesOf31[self] ?? Self.noNames
        case .v32: Self.namesOf32[self] ?? Self.noNames
        }
    }

    private static let namesOf30 = names(in: .v30)
    private static let namesOf31 = names(in: .v31)
    private static let namesOf32 = names(in: .v32)
    private static let noNames = JSONNameTable<ObjectField>([])

    private static func names(in version: OpenAPIVersion) -> [ObjectKind: JSONNameTable<ObjectField>] {
        (tables[version] ?? [:]).mapValues { fields in JSONNameTable(fields.map { ($0.name, $0) }) }
    }

    private static let tables: [OpenAPIVersion: [ObjectKind: [ObjectField]]] = Dictionary(
        uniqueKeysWithValues: OpenAPIVersion.allCases.map { version in
            let tables = allCases.map { kind in (kind, kind.allFields.filter { $0.since <= version }) }
            return (version, Dictionary(uniqueKeysWithValues: tables))
        }
    )

    private var allFields: [ObjectField] {
        switch self {
        case .document: Self.documentFields
        case .info:
            Self.texts("title", "description", "termsOfService", "version") + [
                ObjectField("contact", .object(.contact)),
                ObjectField("license", .object(.license)),
                ObjectField("summary", .text, since: .v31),
            ]
        case .contact: Self.texts("name", "url", "email")
        case .license: Self.texts("name", "url") + [ObjectField("identifier", .text, since: .v31)]
        case .server:
            Self.texts("url", "description") + [
                ObjectField("variables", .map(.serverVariable)),
                ObjectField("name", .text, since: .v32),
            ]
        case .serverVariable:
            [ObjectField("enum", .texts), ObjectField("default", .text), ObjectField("description", .text)]
        case .pathItem: Self.pathItemFields
        case .operation: Self.operationFields
        case .parameter: Self.texts("name", "in") + Self.parameterFields
        case .header: Self.parameterFields
        case .requestBody:
            [
                ObjectField("description", .text),
                ObjectField("content", .map(.mediaType)),
                ObjectField("required", .flag),
            ]
        case .mediaType: Self.mediaTypeFields
        case .encoding: Self.encodingFields
        case .response:
            [
                ObjectField("description", .text),
                ObjectField("headers", .map(.header)),
                ObjectField("content", .map(.mediaType)),
                ObjectField("links", .map(.link)),
                ObjectField("summary", .text, since: .v32),
            ]
        case .example:
            Self.texts("summary", "description", "externalValue") + [
                ObjectField("value", .any),
                ObjectField("dataValue", .any, since: .v32),
                ObjectField("serializedValue", .text, since: .v32),
            ]
        case .link:
            Self.texts("operationRef", "operationId", "description") + [
                ObjectField("parameters", .any),
                ObjectField("requestBody", .any),
                ObjectField("server", .object(.server)),
            ]
        case .components: Self.componentFields
        case .securityScheme:
            Self.texts("type", "description", "name", "in", "scheme", "bearerFormat", "openIdConnectUrl") + [
                ObjectField("flows", .any),
                ObjectField("oauth2MetadataUrl", .text, since: .v32),
                ObjectField("deprecated", .flag, since: .v32),
            ]
        case .tag:
            Self.texts("name", "description") + [
                ObjectField("externalDocs", .object(.externalDocumentation)),
                ObjectField("summary", .text, since: .v32),
                ObjectField("parent", .text, since: .v32),
                ObjectField("kind", .text, since: .v32),
            ]
        case .externalDocumentation: Self.texts("description", "url")
        case .paths, .responses, .callback, .securityRequirement, .schema: []
        }
    }

    private static func texts(_ names: String...) -> [ObjectField] {
        names.map { ObjectField($0, .text) }
    }

    private static let documentFields = [
        ObjectField("openapi", .text),
        ObjectField("$self", .text, since: .v32),
        ObjectField("info", .object(.info)),
        ObjectField("jsonSchemaDialect", .text, since: .v31),
        ObjectField("servers", .list(.server)),
        ObjectField("paths", .object(.paths)),
        ObjectField("webhooks", .map(.pathItem), since: .v31),
        ObjectField("components", .object(.components)),
        ObjectField("security", .list(.securityRequirement)),
        ObjectField("tags", .list(.tag)),
        ObjectField("externalDocs", .object(.externalDocumentation)),
    ]

    private static let pathItemFields =
        texts("$ref", "summary", "description")
        + ["get", "put", "post", "delete", "options", "head", "patch", "trace"].map {
            ObjectField($0, .object(.operation))
        }
        + [
            ObjectField("query", .object(.operation), since: .v32),
            ObjectField("additionalOperations", .map(.operation), since: .v32),
            ObjectField("servers", .list(.server)),
            ObjectField("parameters", .list(.parameter)),
        ]

    private static let operationFields = [
        ObjectField("tags", .texts),
        ObjectField("summary", .text),
        ObjectField("description", .text),
        ObjectField("externalDocs", .object(.externalDocumentation)),
        ObjectField("operationId", .text),
        ObjectField("parameters", .list(.parameter)),
        ObjectField("requestBody", .object(.requestBody)),
        ObjectField("responses", .object(.responses)),
        ObjectField("callbacks", .map(.callback)),
        ObjectField("deprecated", .flag),
        ObjectField("security", .list(.securityRequirement)),
        ObjectField("servers", .list(.server)),
    ]

    /// The fields common to parameters and headers.
    private static let parameterFields = [
        ObjectField("description", .text),
        ObjectField("required", .flag),
        ObjectField("deprecated", .flag),
        ObjectField("allowEmptyValue", .flag),
        ObjectField("style", .text),
        ObjectField("explode", .flag),
        ObjectField("allowReserved", .flag),
        ObjectField("schema", .object(.schema)),
        ObjectField("content", .map(.mediaType)),
        ObjectField("example", .any),
        ObjectField("examples", .map(.example)),
    ]

    private static let mediaTypeFields = [
        ObjectField("schema", .object(.schema)),
        ObjectField("itemSchema", .object(.schema), since: .v32),
        ObjectField("example", .any),
        ObjectField("examples", .map(.example)),
        ObjectField("encoding", .map(.encoding)),
        ObjectField("prefixEncoding", .list(.encoding), since: .v32),
        ObjectField("itemEncoding", .object(.encoding), since: .v32),
    ]

    private static let encodingFields = [
        ObjectField("contentType", .text),
        ObjectField("headers", .map(.header)),
        ObjectField("style", .text),
        ObjectField("explode", .flag),
        ObjectField("allowReserved", .flag),
        ObjectField("encoding", .map(.encoding), since: .v32),
        ObjectField("prefixEncoding", .list(.encoding), since: .v32),
        ObjectField("itemEncoding", .object(.encoding), since: .v32),
    ]

    private static let componentFields = [
        ObjectField("schemas", .map(.schema)),
        ObjectField("responses", .map(.response)),
        ObjectField("parameters", .map(.parameter)),
        ObjectField("examples", .map(.example)),
        ObjectField("requestBodies", .map(.requestBody)),
        ObjectField("headers", .map(.header)),
        ObjectField("securitySchemes", .map(.securityScheme)),
        ObjectField("links", .map(.link)),
        ObjectField("callbacks", .map(.callback)),
        ObjectField("pathItems", .map(.pathItem), since: .v31),
        ObjectField("mediaTypes", .map(.mediaType), since: .v32),
    ]
}
