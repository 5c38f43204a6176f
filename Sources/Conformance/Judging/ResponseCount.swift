import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// The places of the response bodies of one contract, by schema: responses with the same schema share them.
final class BodyPlaces {
    let schemas = DeclaredSchemas()
    private var places: [Int32: DeclaredPlaces] = [:]
    private var sizes: [Int32: Size] = [:]

    /// How many members and enumeration values a schema declares.
    struct Size {
        var properties: Int
        var values: Int
    }

    /// The numbers of the different schemas of a response's JSON bodies.
    func roots(of response: Response) -> [Int32] {
        var roots: [Int32] = []
        for media in response.content where media.range.isJSON {
            guard let view = media.schema?.view else { continue }
            let number = schemas.number(of: view)
            if number != DeclaredSchemas.nothing, !roots.contains(number) { roots.append(number) }
        }
        return roots
    }

    /// No body of a response with these schemas was counted yet.
    func count(_ root: Int32) -> PlaceCount {
        let known = places[root] ?? DeclaredPlaces(root, schemas.all)
        places[root] = known
        return PlaceCount(known)
    }

    /// The size of a schema. Its places are not stored, because most schemas of a large document are never received.
    func size(of root: Int32) -> Size {
        if let known = sizes[root] { return known }
        let declared = places[root] ?? DeclaredPlaces(root, schemas.all)
        let size = Size(properties: declared.properties, values: declared.values)
        sizes[root] = size
        return size
    }
}

/// The parts of one documented response that received responses exercise.
final class ResponseCount {
    private let response: Response
    private let headers: [Header]
    private let bodies: BodyPlaces
    private var count = 0
    private var mediaTypes: [Int]
    private var headerLines: [Int]
    /// The schemas of JSON bodies; read for the first body.
    private lazy var roots = bodies.roots(of: response)
    /// The members and values of each of `roots`; empty until the first body.
    private var places: [PlaceCount] = []

    init(_ response: Response, _ bodies: BodyPlaces) {
        self.response = response
        self.bodies = bodies
        headers = response.headers.filter { !$0.isIgnored }
        mediaTypes = Array(repeating: 0, count: response.content.count)
        headerLines = Array(repeating: 0, count: headers.count)
    }

    /// Whether the declared response is this one.
    func isOf(_ declared: Response) -> Bool {
        response === declared || response.statusKey.isSame(as: declared.statusKey)
    }

    /// Counts a received response.
    func add(_ subject: ResponseSubject) {
        count += 1
        if subject.mediaTypeName != nil, let met = subject.mediaType {
            for (index, media) in response.content.enumerated() where met === media || met.location == media.location {
                mediaTypes[index] += 1
            }
        }
        for (index, header) in headers.enumerated()
        where subject.message.headers.contains(where: { $0.isNamed(header.name) }) {
            headerLines[index] += 1
        }
        guard case .json(let document) = subject.body else { return }
        if places.isEmpty { places = roots.map(bodies.count) }
        for index in places.indices { places[index].count(document, bodies.schemas.all) }
    }

    /// Reads the schemas of the bodies, for ``coverage``.
    func readSchemas() { _ = roots }

    /// The coverage after the responses so far. The schemas of all responses must have been read: each of them shares
    /// the list of schemas, and reading more afterwards would copy it.
    var coverage: ResponseCoverage {
        var coverage = ResponseCoverage(status: response.statusKey, count: count)
        coverage.mediaTypes = CoveredPoints(
            zip(response.content, mediaTypes).map { CoveragePoint(name: $0.range.description, count: $1) })
        coverage.headers = CoveredPoints(
            zip(headers, headerLines).map { CoveragePoint(name: $0.name, count: $1) })
        coverage.properties = points(.properties, places.map(\.properties), \.properties)
        coverage.values = points(.values, places.map(\.values), \.values)
        return coverage
    }

    /// The coverage of places whose names are made when a report lists them.
    private func points(
        _ kind: PlaceNames.Kind, _ counts: [[Int32]], _ size: KeyPath<BodyPlaces.Size, Int>
    ) -> CoveredPoints {
        let names = PlaceNames(
            kind: kind,
            schemas: roots.indices.map { .init(root: roots[$0], counts: counts.isEmpty ? [] : counts[$0]) },
            declared: bodies.schemas.all)
        guard roots.count <= 1 else { return CoveredPoints(names.points(isUnexercised: false, limit: .max)) }
        return CoveredPoints(
            documented: roots.first.map { bodies.size(of: $0)[keyPath: size] } ?? 0,
            exercised: counts.first?.count { $0 > 0 } ?? 0,
            list: { names.points(isUnexercised: $0, limit: $1) })
    }
}
