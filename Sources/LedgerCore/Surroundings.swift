package import AidRecords
internal import Foundation
internal import Glibc

/// What a program takes from outside: the time and chance. Tests and the demo put in their own.
package struct Surroundings: Sendable {
    package let now: @Sendable () -> Moment
    /// So many random bytes, fit for keys.
    package let randomBytes: @Sendable (_ count: Int) -> [UInt8]

    package init(
        now: @escaping @Sendable () -> Moment,
        randomBytes: @escaping @Sendable (_ count: Int) -> [UInt8]
    ) {
        self.now = now
        self.randomBytes = randomBytes
    }

    /// The clock and the random numbers of the system.
    package static let system = Surroundings(
        now: { Moment(unixSeconds: Int64(Date().timeIntervalSince1970.rounded(.down))) },
        randomBytes: { count in
            [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
                if let start = bytes.baseAddress { arc4random_buf(start, count) }
                filled = count
            }
        })

    package var today: CivilDate { now().dayInChina }
}
