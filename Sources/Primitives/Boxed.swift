/// A large value behind one reference: a copy costs one reference count, whatever the value contains.
///
/// The box never changes. An assignment, also to a part of the value, makes a new one, so this suits values that are
/// copied often and changed seldom.
@propertyWrapper
@frozen public struct Boxed<Value: Sendable>: Sendable {
    // Inlinable, so that reading one part of the value copies only that part.
    @usableFromInline final class Box: Sendable {
        @usableFromInline let value: Value

        @inlinable init(_ value: Value) {
            self.value = value
        }
    }

    @usableFromInline var box: Box

    /// Boxes a value.
    @inlinable public init(wrappedValue: Value) {
        box = Box(wrappedValue)
    }

    /// The identity of the box, for as long as it exists: copies of one value have the same.
    public var identity: ObjectIdentifier { ObjectIdentifier(box) }

    /// The value.
    public var wrappedValue: Value {
        @inlinable get { box.value }
        @inlinable set { box = Box(newValue) }
    }
}
