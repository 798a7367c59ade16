import Kernel
import Storage

/// What a filter may ask of a customer.
public enum CustomerField: String, Sendable, CaseIterable {
    case name, kind, level
    case firstDay = "first_day"
    case lastDay = "last_day"
    case silent, occasions, value, email, phone, tag
    case owner = "owner_id"
    case language, zone
    case company = "company_id"
    case `internal`
    case created = "created_at"
    case channel, product, list, alive, overdue, expected, answer, score
    case segment = "segment_id"

    /// What custom fields' names begin with.
    static let customPrefix = "cf_"

    /// Those that are read from the latest complete run of the figures.
    static let computed: Set<String> = [
        value.rawValue, alive.rawValue, overdue.rawValue, expected.rawValue, list.rawValue,
    ]

    fileprivate func field(_ currency: Currency) -> FilterField {
        let money = FilterField.Kind.number(decimals: currency.exponent)
        return switch self {
        case .name: FilterField(rawValue, .text(prefix: true))
        case .kind: FilterField(rawValue, .choice(["person", "organisation"]))
        case .level: FilterField(rawValue, .choice(Level.allCases.map(\.rawValue)))
        case .firstDay, .lastDay: FilterField(rawValue, .day, mayBeNull: true)
        case .silent: FilterField(rawValue, .number(decimals: 0), mayBeNull: true)
        case .occasions: FilterField(rawValue, .number(decimals: 0))
        case .value, .expected: FilterField(rawValue, money, mayBeNull: true)
        case .email, .phone: FilterField(rawValue, .text(prefix: true), mayBeNull: true)
        case .tag: FilterField(rawValue, .text(prefix: false), mayBeNull: true)
        case .owner: FilterField(rawValue, .reference(me: true), mayBeNull: true)
        case .language, .zone: FilterField(rawValue, .text(prefix: false), mayBeNull: true)
        case .company: FilterField(rawValue, .reference(me: false), mayBeNull: true)
        case .internal: FilterField(rawValue, .truth)
        case .created: FilterField(rawValue, .day)
        case .channel, .product: FilterField(rawValue, .text(prefix: false))
        case .list:
            FilterField(rawValue, .choice(CustomerList.allCases.map(\.rawValue)), mayBeNull: true)
        case .alive: FilterField(rawValue, .number(decimals: 6), mayBeNull: true)
        case .overdue: FilterField(rawValue, .number(decimals: 1), mayBeNull: true)
        case .answer:
            FilterField(rawValue, .choice(["promoter", "passive", "detractor"]), mayBeNull: true)
        case .score: FilterField(rawValue, .number(decimals: 0), mayBeNull: true)
        case .segment: FilterField(rawValue, .reference(me: false))
        }
    }
}

/// A field of the organisation's own, as the table `field` has it.
struct OwnField: Sendable {
    let id: Int64
    let name: String
    let label: String
    let kind: String
    let isRetired: Bool

    fileprivate var field: FilterField {
        let kind: FilterField.Kind =
            switch kind {
            case "number": .number(decimals: 3)
            case "date": .day
            case "tick": .truth
            default: .text(prefix: false)
            }
        return FilterField(
            CustomerField.customPrefix + name, kind, mayBeNull: true, number: id, label: label)
    }

    static func all(in connection: any Connection) throws -> [OwnField] {
        try connection.all("SELECT id, name, label, kind, retired_at FROM field ORDER BY place, id LIMIT 500")
        {
            OwnField(
                id: try $0.int64(0), name: try $0.text(1), label: try $0.text(2), kind: try $0.text(3),
                isRetired: !$0.isNull(4))
        }
    }
}

extension FilterFields {
    /// The fields of customers, those of the organisation's own included. Money is in its main currency.
    static func customers(_ currency: Currency, custom: [OwnField] = []) -> FilterFields {
        FilterFields(
            CustomerField.allCases.map { $0.field(currency) } + custom.map(\.field),
            aliases: [
                "since": CustomerField.firstDay.rawValue, "owner": CustomerField.owner.rawValue,
                "agent_id": CustomerField.owner.rawValue, "time_zone": CustomerField.zone.rawValue,
                "mobile": CustomerField.phone.rawValue,
            ])
    }

    static func customers(_ organisation: Organisation, in connection: any Connection) throws -> FilterFields
    {
        .customers(organisation.currency, custom: try OwnField.all(in: connection))
    }
}

/// What a filter of customers is read against: the same moment for all of them.
struct CustomerFilterContext: Sendable {
    /// The window of the current levels; its last day is today for everything that counts days.
    let window: ClosedRange<LocalDate>
    let zone: Zone
    /// The latest complete run of the figures, in the currency of today; nil where there is none.
    let run: (id: Int64, day: LocalDate)?
    /// Whom `me` means; nil where nobody asks.
    let me: Int64?

    static func read(
        _ organisation: Organisation, at now: Instant, me: Int64?, in connection: any Connection
    ) throws -> CustomerFilterContext {
        let window = try LevelStore.currentWindow(
            organisation, today: organisation.zone.day(of: now), in: connection)
        let latest = try FigureStore.latest(in: connection)
        let run = latest.flatMap { run in
            run.report.currency == organisation.currency.code
                ? (id: run.id, day: run.report.day) : nil
        }
        return CustomerFilterContext(window: window, zone: organisation.zone, run: run, me: me)
    }
}

extension FilterCondition {
    /// The key under which texts of this field are kept and compared, byte by byte.
    func key(_ text: String) -> String {
        switch CustomerField(rawValue: field.name) {
        case .email: Address.key(.email, text)
        case .phone: Address.key(.phone, text)
        case .language, .zone, .channel, .product: text.trimmed
        default: text.searchKey
        }
    }
}
