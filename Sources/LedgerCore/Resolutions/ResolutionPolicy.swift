internal import AidRecords
package import TransparencyLog

/// Who has to sign a resolution, in the form of C2SP tlog-policy: `ledger/FORMAT.md`, Resolutions.
package struct ResolutionPolicy: Sendable {
    /// More departments have to sign than can.
    package struct Unreachable: Error, Hashable, Sendable, CustomStringConvertible {
        let quorum: Int64
        let able: [String]
        let heldOn: String

        package var description: String {
            "\(quorum) departments have to sign, and of those in the record only \(able.count) "
                + "\(able.count == 1 ? "has" : "have") a key that was valid on \(heldOn)"
                + (able.isEmpty ? "" : " (\(able.joined(separator: ", ")))")
                + ": `aidledger keys register` puts keys on the ledger"
        }
    }

    /// The policy's file.
    package let text: String

    /// - Parameters:
    ///   - keys: those that are on the ledger.
    ///   - quorum: how many departments have to sign; nil where nothing is laid down.
    package init(
        _ resolution: Resolution, keys: [RegisteredKey], quorum: Int64?
    ) throws(Unreachable) {
        let departments = resolution.departmentsAble(keys)
        var lines = [
            "# \(printable(resolution.number)), \(resolution.heldOn): "
                + (quorum.map { "\($0) of the departments have to sign" }
                    ?? "no number of signatures is laid down")
        ]
        for (department, own) in departments {
            let names =
                own.count == 1 ? [department] : own.indices.map { "\(department)/\($0 + 1)" }
            lines += zip(names, own).map { "witness \($0) \($1.formatted)" }
            if names.count > 1 {
                lines.append("group \(department) any \(names.joined(separator: " "))")
            }
        }
        let able = departments.map(\.department)
        if let quorum, quorum > 0 {
            guard quorum <= able.count else {
                throw Unreachable(
                    quorum: quorum, able: able, heldOn: resolution.heldOn.description)
            }
            lines.append("group departments \(quorum) \(able.joined(separator: " "))")
            lines.append("quorum departments")
        } else {
            lines.append("quorum none")
        }
        text = lines.map { $0 + "\n" }.joined()
    }
}

extension Resolution {
    /// The departments that took part and have keys with which they can sign, each with its keys.
    package func departmentsAble(
        _ keys: [RegisteredKey]
    ) -> [(department: String, keys: [VerifierKey])] {
        participants.compactMap { department in
            let own = keys.filter {
                $0.holder == department && $0.key.type == .ed25519 && $0.validFrom <= heldOn
            }
            return own.isEmpty ? nil : (department, own.map(\.key))
        }
    }
}

extension WitnessPolicy.Quorum {
    /// How far it is met, in words.
    package func progress(of signers: Set<VerifierKey>) -> String {
        switch self {
        case .none: "no signature is demanded"
        case .witness(let key):
            signers.contains(key) ? "\(key.name) has signed" : "\(key.name) has not signed"
        case .atLeast(let threshold, let members):
            "\(members.count { $0.isMet(by: signers) }) of \(threshold) that are demanded"
        }
    }
}
