import ChatApi
import TestSupport
import Testing

@testable import ChatSession

@Suite("Prices")
struct PricesTests {
    private func load(_ text: String) throws -> Prices {
        let directory = try TemporaryDirectory()
        return try ConfigurationFile.load(directory.write(text, to: "config.json"), isRequired: true).prices
    }

    private func usage(_ json: String) throws -> CompletionUsage {
        try CompletionUsage(fields: #require(JSONValue(parsing: Array(json.utf8)).objectValue))
    }

    private func record(model: String? = "m", _ json: String) throws -> TurnRecord {
        var record = TurnRecord(message: 1)
        (record.model, record.usage) = (model, try usage(json))
        return record
    }

    private func cost(_ prices: String, _ usage: String) throws -> String? {
        let prices = try load(#"{"prices":{"m":\#(prices)}}"#)
        return try prices.cost(of: record(usage), in: Session()).map { prices.text(of: $0) }
    }

    @Test(
        "are reckoned exactly, to a hundredth of a cent",
        arguments: [
            (
                #"{"input":0.25,"output":2.0,"cachedInput":0.025}"#,
                #"{"prompt_tokens":1000,"completion_tokens":1000}"#, "$0.0023"
            ),
            (
                #"{"input":0.25,"output":2.0,"cachedInput":0.025}"#,
                #"{"prompt_tokens":10000,"completion_tokens":0,"prompt_tokens_details":{"cached_tokens":8000}}"#,
                "$0.0007"
            ),
            (#"{"input":10,"output":0}"#, #"{"prompt_tokens":100,"prompt_cache_hit_tokens":99}"#, "$0.0010"),
            (#"{"input":0.1,"output":0.2}"#, #"{"prompt_tokens":1000000,"completion_tokens":1000000}"#, "$0.3000"),
            (#"{"input":1,"output":0}"#, #"{"prompt_tokens":49}"#, "<$0.0001"),
            (#"{"input":1,"output":0}"#, #"{"prompt_tokens":50}"#, "$0.0001"),
            (#"{"input":0,"output":0}"#, #"{"prompt_tokens":50}"#, "$0.0000"),
            (#"{"input":1e6,"output":1E-6}"#, #"{"prompt_tokens":12345678,"completion_tokens":1}"#, "$12345678.0000"),
            // xAI counts reasoning apart.
            (
                #"{"input":0,"output":1000}"#,
                #"{"prompt_tokens":291,"completion_tokens":26,"total_tokens":513,"completion_tokens_details":{"reasoning_tokens":196}}"#,
                "$0.2220"
            ),
            (
                #"{"input":0,"output":1000}"#,
                #"{"prompt_tokens":9,"completion_tokens":26,"total_tokens":35,"completion_tokens_details":{"reasoning_tokens":16}}"#,
                "$0.0260"
            ),
            // No server has such counts.
            (#"{"input":1000000,"output":1000000}"#, #"{"prompt_tokens":9223372036854775807}"#, "$1000000000000.0000"),
            (#"{"input":1,"output":1}"#, #"{"prompt_tokens":-5,"completion_tokens":"x"}"#, "$0.0000"),
        ])
    func exact(prices: String, usage: String, text: String) throws { #expect(try cost(prices, usage) == text) }

    @Test("are found by the server's name for the model, without its date, or by the one that is asked")
    func names() throws {
        let prices = try load(
            #"{"prices":{"gpt-5":{"input":1,"output":1},"gpt-5-mini":{"input":2,"output":1},"here/gpt-5":{"input":3,"output":1}}}"#
        )
        func price(_ answered: String?, asked: String? = nil, provider: String = "openai") throws -> String? {
            var session = Session(provider: provider, model: asked)
            let record = try record(model: answered, #"{"prompt_tokens":1000000}"#)
            session.turns = [record]
            return prices.cost(of: record, in: session).map { prices.text(of: $0) }
        }
        #expect(try price("gpt-5") == "$1.0000" && price("gpt-5-mini") == "$2.0000")
        for date in ["2025-08-07", "20250807", "0613"] { #expect(try price("gpt-5-mini-\(date)") == "$2.0000") }
        #expect(try price("gpt-5", provider: "here") == "$3.0000")
        #expect(try price("gpt-5-nano") == nil && price(nil) == nil && price("gpt-5-") == nil && price("-0613") == nil)
        #expect(
            try price("/models/x.gguf", asked: "gpt-5-mini") == "$2.0000" && price(nil, asked: "gpt-5") == "$1.0000")
    }

    @Test("need counted tokens, and the model of an earlier answer isn't taken for the one that is asked now")
    func unknown() throws {
        let prices = try load(#"{"prices":{"m":{"input":1,"output":1}},"currency":"EUR "}"#)
        var session = Session(model: "m")
        let earlier = try record(model: "old", #"{"prompt_tokens":1000000}"#)
        session.turns = [earlier, try record(model: "new", #"{"prompt_tokens":1000000}"#)]
        #expect(prices.cost(of: earlier, in: session) == nil)
        #expect(prices.cost(of: session.turns[1], in: session).map { prices.text(of: $0) } == "EUR 1.0000")
        #expect(prices.cost(of: TurnRecord(message: 0), in: session) == nil)
    }

    @Test(
        "that are wrong are named with their place",
        arguments: [
            (#"{"prices":[]}"#, "prices", "object"), (#"{"prices":{"m":5}}"#, "prices.m", "object"),
            (#"{"prices":{"m":{"input":1}}}"#, "prices.m", "it needs"),
            (#"{"prices":{"m":{"input":1,"output":1,"cachedinput":1}}}"#, "prices.m.cachedinput", "cachedInput"),
            (#"{"prices":{"m":{"input":"1","output":1}}}"#, "prices.m.input", "number"),
            (#"{"prices":{"m":{"input":-1,"output":1}}}"#, "prices.m.input", "from 0 to 1000000"),
            (#"{"prices":{"m":{"input":1,"output":1e7}}}"#, "prices.m.output", "from 0 to 1000000"),
            (#"{"prices":{"m":{"input":1,"output":1e999}}}"#, "prices.m.output", "from 0 to 1000000"),
            (#"{"prices":{"m":{"input":0.0000001,"output":1}}}"#, "prices.m.input", "six digits"),
            (#"{"prices":{"m":{"input":1,"output":1,"cachedInput":null}}}"#, "prices.m.cachedInput", "number"),
            (#"{"currency":"$1"}"#, "currency", "a sign"), (#"{"currency":""}"#, "currency", "a sign"),
            ("{\"currency\":\"\\u001b[31m\"}", "currency", "a sign"), (#"{"currency":7}"#, "currency", "string"),
            (#"{"price":{}}"#, "price", "prices"),
        ])
    func mistakes(text: String, key: String, reason: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try load(text) }
        #expect(error?.key == key && error?.line == 1)
        let problem = String(describing: error?.problem)
        #expect(problem.contains(reason), "\(problem)")
    }

    @Test("no more digits than there are make no difference")
    func digits() throws {
        #expect(
            try cost(#"{"input":0000.5,"output":1}"#.replacing("0000", with: "0"), #"{"prompt_tokens":1000000}"#)
                == "$0.5000")
        #expect(try cost(#"{"input":2.500000000000,"output":1}"#, #"{"prompt_tokens":1000000}"#) == "$2.5000")
        #expect(try cost(#"{"input":25e-1,"output":1}"#, #"{"prompt_tokens":1000000}"#) == "$2.5000")
    }
}
