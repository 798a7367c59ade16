/// What a person sent with a form: its fields, in order, without the form's own token.
public struct PostedForm: NamedValues, Sendable, Hashable {
    public let pairs: [NamedValue]

    public init(_ pairs: [NamedValue] = []) { self.pairs = pairs }
}
