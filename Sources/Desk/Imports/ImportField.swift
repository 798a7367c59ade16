/// What a column may hold.
public enum ImportField: String, Sendable, Codable, CaseIterable {
    /// The id by which the file names a customer.
    case customer
    case name, email, phone, organisation, kind
    case at, amount, currency, cost, quantity, product, channel
    case words, rating, consent, friend
    case score, event, visits, attribute
    case terms, tenure, ended, reason
    /// The row's own id in the system it comes from.
    case id

    /// The fields of a kind, in the order they are asked for.
    public static func fields(of kind: ImportKind) -> [ImportField] {
        switch kind {
        case .customers: [.customer, .name, .email, .phone, .organisation, .kind]
        case .purchases:
            [.customer, .at, .amount, .currency, .quantity, .product, .channel, .cost, .id, .name, .email]
        case .uses: [.customer, .at, .product, .quantity, .channel, .id, .name, .email]
        case .advocacy: [.customer, .kind, .at, .words, .rating, .consent, .friend, .id, .name, .email]
        case .answers: [.customer, .score, .at, .words, .event, .visits, .attribute, .id, .name, .email]
        case .contracts:
            [
                .customer, .terms, .at, .tenure, .amount, .currency, .product, .ended, .reason, .attribute,
                .id,
                .name, .email,
            ]
        }
    }

    public static func required(of kind: ImportKind) -> [ImportField] {
        switch kind {
        case .customers: [.customer]
        case .purchases: [.customer, .at, .amount]
        case .uses: [.customer, .at]
        case .advocacy: [.customer, .kind, .at]
        case .answers: [.score]
        case .contracts: [.customer, .amount]
        }
    }

    /// A field by its name or another word for it, as the command line takes it.
    init?(word: String) {
        switch word.lowercased() {
        case "date", "day", "when", "start": self = .at
        case "outside_id", "outside-id", "external_id": self = .id
        case "organization", "company": self = .organisation
        case "person": self = .customer
        case "price": self = .amount
        case "end", "churn": self = .ended
        case "after", "after_event", "after-event": self = .event
        case let word: self.init(rawValue: word)
        }
    }
}
