package import SystemPackage

/// Reading and writing of whole contents. swift-system repeats every call that a signal interrupts.
extension FileDescriptor {
    /// The size of the pieces that are read.
    private static let pieceLength = 1 << 16

    /// Opens a file that other programs started from here do not inherit.
    ///
    /// - Parameter permissions: The permissions of a file that is created.
    /// - Throws: The reason if the file cannot be opened.
    package static func opened(
        _ path: String, _ mode: AccessMode, options: OpenOptions = [], permissions: FilePermissions = .ownerReadWrite
    ) throws(Errno) -> FileDescriptor {
        do {
            return try open(path, mode, options: options.union(.closeOnExec), permissions: permissions)
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    /// Reads to the end, in pieces of at most 64 KiB.
    ///
    /// - Parameter take: Receives each piece; reading ends when it returns false.
    /// - Returns: The reason if the file cannot be read; `nil` at the end of the file, or when `take` returned false.
    /// - Throws: What `take` throws.
    package func readPieces<Failure: Error>(
        _ take: (ArraySlice<UInt8>) throws(Failure) -> Bool
    ) throws(Failure) -> Errno? {
        var piece = [UInt8](repeating: 0, count: Self.pieceLength)
        while true {
            switch read(into: &piece) {
            case .failure(let reason): return reason
            case .success(0): return nil
            case .success(let count):
                guard try take(piece[..<count]) else { return nil }
            }
        }
    }

    /// The bytes up to the end of the file.
    ///
    /// - Parameters:
    ///   - limit: The largest number of bytes that is returned.
    ///   - expected: The number of bytes that the file should have, so that the memory is allocated once.
    /// - Returns: The bytes; `nil` if the file has more than `limit` bytes.
    /// - Throws: The reason if the file cannot be read.
    package func bytes(limit: Int, expected: Int = 0) throws(Errno) -> [UInt8]? {
        var failure: Errno?
        // One byte more than expected shows the end of the file without another piece.
        let capacity = min(expected, limit) + 1
        var bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
            while filled < buffer.count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                switch read(into: rest) {
                case .failure(let reason):
                    failure = reason
                    return
                case .success(0): return
                case .success(let count): filled += count
                }
            }
        }
        if let failure { throw failure }
        guard bytes.count == capacity else { return bytes }
        guard bytes.count <= limit else { return nil }
        let reason = readPieces { piece in
            bytes.append(contentsOf: piece)
            return bytes.count <= limit
        }
        if let reason { throw reason }
        return bytes.count <= limit ? bytes : nil
    }

    /// The size of a file and its last byte; the next read begins at the start, the next write of an appended file at its
    /// end.
    ///
    /// - Returns: The size in bytes; the byte is `nil` for an empty file.
    /// - Throws: The reason if the file cannot be read at any place, like a pipe.
    package func end() throws(Errno) -> (size: Int, lastByte: UInt8?) {
        do {
            let size = Int(try seek(offset: 0, from: .end))
            var byte: [UInt8] = [0]
            if size > 0 {
                _ = try seek(offset: -1, from: .end)
                _ = try read(into: &byte).get()
            }
            _ = try seek(offset: 0, from: .start)
            return (size, size > 0 ? byte[0] : nil)
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    /// The bytes of the file at `path`.
    ///
    /// - Returns: The bytes; `nil` if the file has more than `limit` bytes.
    /// - Throws: The reason if the file cannot be read.
    package static func bytes(
        of path: String, options: OpenOptions = [], limit: Int
    ) throws(Errno) -> [UInt8]? {
        let file = try opened(path, .readOnly, options: options)
        defer { try? file.close() }
        return try file.bytes(limit: limit)
    }

    /// Writes `bytes` completely, or as far as possible.
    ///
    /// - Returns: The number of bytes that were written, and the reason if not all of them were.
    package func writeAll(_ bytes: [UInt8]) -> (written: Int, failure: Errno?) {
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                do {
                    let count = try write(UnsafeRawBufferPointer(rebasing: buffer[written...]))
                    guard count > 0 else { return (written, .ioError) }
                    written += count
                } catch {
                    return (written, error as? Errno ?? .ioError)
                }
            }
            return (written, nil)
        }
    }

    private func read(into piece: inout [UInt8]) -> Result<Int, Errno> {
        piece.withUnsafeMutableBytes { read(into: $0) }
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer) -> Result<Int, Errno> {
        do { return .success(try read(into: buffer, retryOnInterrupt: true)) } catch {
            return .failure(error as? Errno ?? .ioError)
        }
    }
}
