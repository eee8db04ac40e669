/// A tree head under the log's name: the text that the log signs. C2SP tlog-checkpoint.
///
/// Three lines, and no extension lines: origin, size in decimal, root hash in base64.
package struct Checkpoint: Hashable, Sendable {
    /// The log's name, which is also the name of the key that signs for it.
    package let origin: KeyName
    package let head: TreeHead

    package init(origin: KeyName, head: TreeHead) {
        self.origin = origin
        self.head = head
    }

    package var size: TreeSize { head.size }
    package var rootHash: RootHash { head.rootHash }

    /// Reads a note's text. Accepts exactly what ``text`` emits.
    package init(parsing text: NoteText) throws(CheckpointError) {
        let lines = text.bytes.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count == 4 else { throw .wrongLineCount(lines.count - 1) }
        do {
            origin = try KeyName(bytes: lines[0])
        } catch {
            throw .badOrigin
        }
        guard let size = Decimal.decode(lines[1]) else { throw .badSize }
        guard let root = Base64.decode(lines[2]), root.count == Digest32.byteCount else {
            throw .badRootHash
        }
        head = TreeHead(
            size: TreeSize(size), rootHash: RootHash(root.withUnsafeBytes { Digest32($0) }))
    }

    /// The three lines, each with its newline.
    package var text: NoteText {
        NoteText(trusted: "\(origin)\n\(head.size)\n\(head.rootHash.base64)\n")
    }

    /// Signs the checkpoint with the log's own key.
    package func signed(by key: SigningKey) throws(CheckpointError) -> SignedNote {
        guard key.name == origin else { throw .keyNameIsNotOrigin(key.name, origin: origin) }
        do {
            return try SignedNote(text: text, signatures: [key.sign(text)])
        } catch let error as KeyError {
            throw .key(error)
        } catch let error as NoteFormatError {
            throw .note(error)
        } catch {
            preconditionFailure("no other error is thrown here: \(error)")
        }
    }
}
