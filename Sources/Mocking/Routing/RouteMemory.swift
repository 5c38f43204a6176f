import Exchanges
import JSONDocument
import Primitives

/// The routes of the latest requests.
///
/// A client that polls, or that reads a resource again, sends the same bytes again. The route of a request depends on
/// nothing else, so it is parsed and checked against the contract once: `assay-bench table`.
final class RouteMemory: Sendable {
    /// The most requests that are remembered.
    private static let limit = 256
    /// The most bytes of a URL and of a body. Longer requests are rare, and would keep too much memory.
    private static let longest = 4_096

    private let known = Memo<Key, RoutedRequest>(limit: limit)

    /// The route of a request, computed by `route` if no equal request is remembered.
    func value(_ request: RequestMessage, _ route: () -> RoutedRequest) -> RoutedRequest {
        guard request.url.utf8.count + (request.body?.count ?? 0) <= Self.longest else { return route() }
        return known.value(Key(request: request), route)
    }

    /// A request, compared byte by byte: two spellings that only look alike have two routes.
    private struct Key: Hashable {
        let request: RequestMessage

        /// Requests with the same URL and body usually have the same header lines, so these are not hashed.
        func hash(into hasher: inout Hasher) {
            var url = request.url
            url.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
            request.body?.withUnsafeBytes { hasher.combine(bytes: $0) }
        }

        static func == (left: Key, right: Key) -> Bool {
            let (one, other) = (left.request, right.request)
            return one.url.isSame(as: other.url) && one.method.isSame(as: other.method)
                && one.body == other.body && one.headers.count == other.headers.count
                && zip(one.headers, other.headers).allSatisfy {
                    $0.name.isSame(as: $1.name) && $0.value.isSame(as: $1.value)
                }
        }
    }
}
