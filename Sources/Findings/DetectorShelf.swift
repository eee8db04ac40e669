package import AidRecords

/// Detectors that stand beside one another, each id once.
package struct DetectorShelf: Sendable {
    /// In the order of their ids: letters, then number.
    package private(set) var detectors: [Detector] = []
    /// What is wrong with files that could not be read.
    package private(set) var failures: [DeclarationError] = []

    package init() {}

    /// Adds a file; one that cannot be read, or whose id is taken, is told in `failures`.
    package mutating func add(file: String, bytes: [UInt8], _ catalogue: KindCatalogue) {
        do {
            let detector = try Detector(file: file, bytes: bytes, catalogue: catalogue)
            if let other = self[detector.id] {
                throw detector.fail(
                    line: nil, "the id \(detector.id) is taken by \(other.file) already")
            }
            detectors.append(detector)
            detectors.sort { DetectorShelf.isBefore($0.id, $1.id) }
        } catch let error as DeclarationError {
            failures.append(error)
        } catch {
            failures.append(DeclarationError(file: file, line: nil, reason: "\(error)"))
        }
    }

    /// Tells of a file that could not be read at all.
    package mutating func fail(file: String, _ reason: String) {
        failures.append(DeclarationError(file: file, line: nil, reason: reason))
    }

    /// What is wrong with the file that is called by this id.
    package func failure(of id: String) -> DeclarationError? {
        failures.first { $0.file == "\(id).sql" || $0.file.hasSuffix("/\(id).sql") }
    }

    package subscript(id: String) -> Detector? { detectors.first { $0.id == id } }

    /// C2 before C10.
    package static func isBefore(_ first: String, _ second: String) -> Bool {
        let (one, other) = (parts(first), parts(second))
        return (one.letters, one.number, first) < (other.letters, other.number, second)
    }

    private static func parts(_ id: String) -> (letters: Substring, number: Int) {
        let letters = id.prefix { !("0"..."9").contains($0) }
        return (letters, Int(id.dropFirst(letters.count)) ?? 0)
    }
}
