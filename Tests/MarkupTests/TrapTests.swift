import Markup
import Testing

@Suite struct `A value where it can do harm` {
    @Test func `stops the process in an unquoted attribute`() async {
        await #expect(processExitsWith: .failure) {
            let value = "x"
            print(("<p title=\(value)>" as HTML).text)
        }
    }

    @Test func `stops the process in a script`() async {
        await #expect(processExitsWith: .failure) {
            let value = "x"
            print(("<script>let x = '\(value)'</script>" as HTML).text)
        }
    }

    @Test func `stops the process in an event handler`() async {
        await #expect(processExitsWith: .failure) {
            let value = 7
            print(("<p onclick=\"go(\(value))\"></p>" as HTML).text)
        }
    }

    @Test func `stops the process in a comment, even when there is nothing to splice`() async {
        await #expect(processExitsWith: .failure) {
            let nothing: HTML? = nil
            print(("<!-- \(nothing) -->" as HTML).text)
        }
    }

    @Test func `stops the process when markup is put into an attribute`() async {
        await #expect(processExitsWith: .failure) {
            let bold: HTML = "<b>x</b>"
            print(("<p title=\"\(bold)\"></p>" as HTML).text)
        }
    }

    @Test func `stops the process when a handler is added as an attribute`() async {
        await #expect(processExitsWith: .failure) {
            print(("<p \(attribute: "onclick", "x")></p>" as HTML).text)
        }
    }

    @Test func `stops the process when a literal leaves a tag open`() async {
        await #expect(processExitsWith: .failure) {
            print(("<p title=\"" as HTML).text)
        }
    }

    @Test func `stops the process when a coordinate is no number`() async {
        await #expect(processExitsWith: .failure) {
            print(("<rect x=\"\(Double.nan)\"/>" as HTML).text)
        }
    }

    @Test func `stops the process when a coordinate has no end`() async {
        await #expect(processExitsWith: .failure) {
            print(("<rect x=\"\(-Double.infinity)\"/>" as HTML).text)
        }
    }
}
