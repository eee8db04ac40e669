import Foundation

/// What numpy and scipy say of the numbers in `data/`; see `data/make.py`.
struct Expected: Decodable {
    struct Benford: Decodable {
        let counts: [Int]
        let meanAbsoluteDeviation, meanAbsoluteDeviationByChance: Double
        let chiSquare, probability: Double
        let z: [Double]
        let noticeable: [Int]
    }

    struct Tails: Decodable {
        let chiSquare: [[Double]]
        let noticeableAmongAll: Double
    }

    let benford: Benford
    let tails: Tails

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("data")

    static func read() throws -> Expected {
        let data = try Data(contentsOf: folder.appendingPathComponent("expected.json"))
        return try JSONDecoder().decode(Expected.self, from: data)
    }

    /// The numbers of a file of one column, without its head.
    static func numbers(_ name: String) throws -> [Int64] {
        let path = folder.appendingPathComponent(name)
        return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").dropFirst()
            .compactMap { Int64($0) }
    }
}

/// Whether two numbers agree but for a share of the second.
func agree(_ one: Double, _ other: Double, within share: Double = 1e-9) -> Bool {
    abs(one - other) <= share * abs(other)
}
