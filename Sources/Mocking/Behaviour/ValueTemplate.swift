import ECMAPattern
import JSONDocument

/// A value of a behaviour file that may depend on the request, the stored entity or the clock.
///
/// A text that is a single reference has the type of the referenced value. A reference without a value is absent: an
/// absent member is left out of its object, and an absent part of a longer text is empty.
indirect enum ValueTemplate: Sendable {
    /// The value as it is written.
    case constant(JSONValue)
    /// A text with references.
    case text([TextPart])
    /// An object whose absent members are left out.
    case object([Member])
    /// An array whose absent elements are left out.
    case array([ValueTemplate])
    /// `$value`, unless it is absent or null or does not match `$matching`; otherwise `$else`.
    case choice(value: ValueTemplate, matching: ECMAPattern?, otherwise: ValueTemplate?)
    /// `$value` while every condition of `$if` is true, otherwise `$else`.
    case conditional([Condition], value: ValueTemplate, otherwise: ValueTemplate?)
    /// `$first`: the first value that is present and not null.
    case first([ValueTemplate])
    /// `$text`: a number or boolean as text.
    case asText(ValueTemplate)
    /// `$add`: the exact sum of numbers.
    case sum([ValueTemplate])
    /// `$subtract`: the first number less all others, exactly.
    case difference([ValueTemplate])

    /// One member of an object.
    struct Member: Sendable {
        /// The member's name.
        let name: String
        /// Its value.
        let value: ValueTemplate
    }

    /// A piece of a text.
    enum TextPart: Sendable {
        /// Text as it is written.
        case literal(String)
        /// The value of a reference, as text.
        case reference(ValueReference)
    }

    /// Whether the mock generates the value, or a part of it that a request does not contain.
    var isGenerated: Bool {
        if case .choice(let first, _, .some(let otherwise)) = self { return first.isGenerated || otherwise.isGenerated }
        guard case .text(let parts) = self else { return false }
        return parts.contains { part in
            switch part {
            case .reference(.counter), .reference(.token), .reference(.digits): true
            default: false
            }
        }
    }

    /// Whether the value is always the same.
    var isConstant: Bool {
        if case .constant = self { true } else { false }
    }
}

/// A reference between `{{` and `}}` in a behaviour file.
enum ValueReference: Sendable, Equatable {
    /// `request.body.a.b`; without names the whole body.
    case body([String])
    /// `request.path.x`, decoded once.
    case pathValue(String)
    /// `request.query.x`, decoded; the first of repeated ones.
    case query(String)
    /// `request.header.x`, in any case.
    case header(String)
    /// `request.method`.
    case method
    /// `entity.a.b`: the stored entity, or the finished part of a new one.
    case entity([String])
    /// `owner.a.b`: the entity that the operation belongs to.
    case owner([String])
    /// `item.a.b`: the finished part of a new element of a sub-collection.
    case item([String])
    /// `input.x` of an event.
    case input([String])
    /// `now`, `now+30d`: seconds from now.
    case now(Int)
    /// `counter:name`: the next number of a counter.
    case counter(String)
    /// `token:12`: letters a–z and digits, derived from the seed.
    case token(Int)
    /// `digits:10`: a number with this many digits, derived like tokens.
    case digits(Int)
    /// `field`: the member or parameter with the error.
    case field
    /// `received`: the value that was received.
    case received
    /// `reason`: the problem with that value.
    case reason
    /// `id`: the id that the request names.
    case id
    /// `state`: the state of the entity.
    case state
    /// `list`: the entities that a listing operation found.
    case list
    /// `version`: the name by which clients choose the contract.
    case version
}
