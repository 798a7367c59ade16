/// A form that posts to us, with the reader's form token inside.
public struct Form: Sendable {
    /// The name the form token is sent back under.
    public static let tokenName = "form_token"

    let action: String
    let content: HTML
    let name: String?, isUpload: Bool

    /// `Form("/tickets", content: """…""").html`
    public init(_ action: String, name: String? = nil, isUpload: Bool = false, content: HTML) {
        self.action = action
        self.content = content
        self.name = name
        self.isUpload = isUpload
    }

    public var html: HTML {
        """
        <form method="post" action="\(action)"\
        \(attribute: "class", name)\(attribute: "enctype", "multipart/form-data", if: isUpload)>\
        \(Form.token)\(content)</form>
        """
    }

    /// The hidden field that shows the form came from a page of ours; nothing where the reader has no token.
    public static var token: HTML {
        guard let token = Reader.current.formToken else { return .empty }
        return #"<input type="hidden" name="\#(tokenName)" value="\#(token)">"#
    }
}

extension HTML.StringInterpolation {
    /// One button that posts: `\(form: "/tickets/7/resolution", unless: ticket.isResolved, button: "Resolve")`.
    public mutating func appendInterpolation(
        form action: String, unless hidden: Bool = false, button: String
    ) {
        let form = Form(action, content: "<button>\(button)</button>").html
        appendInterpolation(form, if: !hidden)
    }

    /// The same with a phrase on the button: `button: Phrase("ticket.resolve")`.
    public mutating func appendInterpolation(
        form action: String, unless hidden: Bool = false, button: Phrase
    ) {
        appendInterpolation(form: action, unless: hidden, button: button.text)
    }
}
