import Testing

@testable import ChatRepl

@Suite("The arguments of commands on code blocks")
struct BlockArgumentsTests {
    @Test(
        "a number, and what follows it",
        arguments: [
            ("", nil, ""), ("2", 2, ""), ("2 raw", 2, "raw"), ("raw", nil, "raw"), ("12  a b", 12, "a b"), ("0", 0, ""),
            ("2a", nil, "2a"), ("-1", nil, "-1"), ("٣ x", nil, "٣ x"), ("9999999999 x", nil, "9999999999 x"),
            ("1\tgrep 'x  y'", 1, "grep 'x  y'"), ("-f 1 x", nil, "-f 1 x"),
        ] as [(String, Int?, String)])
    func arguments(text: String, number: Int?, rest: String) {
        let arguments = BlockArguments(text)
        #expect(arguments.number == number && arguments.rest == rest && !arguments.isForced)
    }

    @Test("-f before them, where it is taken")
    func flag() {
        let forced = BlockArguments("-f  3 -f", takesFlag: true)
        #expect(forced.isForced && forced.number == 3 && forced.rest == "-f")
        #expect(BlockArguments("-f", takesFlag: true).isForced)
        let other = BlockArguments("-fx 3", takesFlag: true)
        #expect(!other.isForced && other.number == nil && other.rest == "-fx 3")
    }
}
