import LedgerCore
import Testing

@Suite struct RecordDifferenceTests {
    private func members(_ here: String, _ there: String) -> [RecordDifference.Member]? {
        RecordDifference.members(Array(here.utf8), Array(there.utf8))
    }

    private func told(_ here: String, _ there: String) -> [String]? {
        members(here, there)?.map { "\($0.path) \($0.here ?? "-") \($0.there ?? "-")" }
    }

    @Test func valuesThatDifferAreNamedNearTheTopFirst() {
        #expect(
            told(
                #"{"body":{"list":[1,{"x":"a"}],"amountFen":5},"operator":"u1"}"#,
                #"{"body":{"list":[1,{"x":"b"}],"amountFen":6},"operator":"u2"}"#)
                == ["/operator u1 u2", "/body/amountFen 5 6", "/body/list/1/x a b"])
    }

    @Test func placeIsNoDifferenceAndTimeIs() {
        #expect(
            told(#"{"at":"a","prev":"b","seq":1}"#, #"{"at":"z","prev":"c","seq":2}"#)
                == ["/at a z"])
    }

    @Test func memberThatOneHasIsNamed() {
        #expect(told(#"{"a":1,"b":[]}"#, #"{"a":1,"c":{}}"#) == ["/b [] -", "/c - {}"])
    }

    @Test func otherFormIsNoDifference() {
        #expect(told(#"{"a":1,"b":"x"}"#, #"{ "b":"\u0078", "a":1 }"#) == [])
    }

    @Test(arguments: ["", "[", "\u{0}", #""text""#])
    func whatIsNoJSONObjectIsNotCompared(text: String) {
        #expect(members(text, "{}") == nil)
        #expect(members("{}", text) == nil)
    }
}
