/// A file that proves something of a log, told by its first bytes.
package enum ProofFile: Hashable, Sendable {
    /// An entry's place in a tree (C2SP tlog-proof).
    case inclusion(TLogProof)
    /// That a tree begins with an older one: the body of an add-checkpoint request (C2SP
    /// tlog-witness).
    case consistency(AddCheckpointRequest)
    /// A tree's head alone (C2SP tlog-checkpoint).
    case checkpoint(SignedNote)

    /// A checkpoint that was sent, with the proof that it goes on from an older one, if there is
    /// one; nil of a proof of one entry.
    package var head: (note: SignedNote, proof: AddCheckpointRequest?)? {
        switch self {
        case .inclusion: nil
        case .consistency(let request): (request.note, request)
        case .checkpoint(let note): (note, nil)
        }
    }

    /// - Throws: ``ProofTextError`` for what is none of these.
    package init(parsing bytes: [UInt8]) throws(ProofTextError) {
        if bytes.starts(with: "\(TLogProof.firstLine)\n".utf8) {
            self = .inclusion(try TLogProof(parsing: bytes))
        } else if bytes.starts(with: "old ".utf8) {
            self = .consistency(try AddCheckpointRequest(parsing: bytes))
        } else {
            do { self = .checkpoint(try SignedNote(parsing: bytes)) } catch { throw .note(error) }
        }
    }

    /// The note with the head that the file speaks of.
    package var note: SignedNote {
        switch self {
        case .inclusion(let proof): proof.note
        case .consistency(let request): request.note
        case .checkpoint(let note): note
        }
    }
}
