package import TransparencyLog

extension Findings {
    /// Looks for the newest head that enough witnesses have cosigned; that there is none is a
    /// problem.
    /// - Parameter notes: checkpoints that hold, whoever has cosigned them.
    package func report(_ policy: WitnessPolicy, on notes: [SignedNote]) {
        var reason: PolicyVerificationError?
        var newest: VerifiedCheckpoint?
        for note in notes {
            do throws(PolicyVerificationError) {
                let checkpoint = try policy.open(note)
                if checkpoint.size > newest?.size ?? .zero { newest = checkpoint }
            } catch {
                reason = error
            }
        }
        guard let newest else {
            let why = reason.map { "\($0)" } ?? "there is none"
            return note(.checkpoints, "no checkpoint meets the policy: \(why)")
        }
        update {
            $0.quorum = .init(
                size: newest.size.value,
                cosigners: newest.cosignatures.map(\.key.name.text).sorted())
        }
    }
}
