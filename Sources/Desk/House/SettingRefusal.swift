public import HTTPTypes
public import Markup
public import Web

/// A value that may not stand, and the field it stands in.
struct SettingRefusal: Refusal, Equatable {
    let field: String?
    let key: String

    init(field: String, key: String) {
        self.field = field
        self.key = key
    }

    var phrase: Phrase { Phrase(key) }
}

extension HouseRefusal: Refusal {
    public var status: HTTPResponse.Status {
        switch self {
        case .notSetUp: .serviceUnavailable
        case .alreadySetUp: .conflict
        case .settingRefused: .unprocessableContent
        }
    }

    public var phrase: Phrase {
        switch self {
        case .notSetUp: Phrase("setup.refusal.notYet")
        case .alreadySetUp: Phrase("setup.refusal.already")
        case .settingRefused(_, let key): Phrase(key)
        }
    }

    public var field: String? {
        if case .settingRefused(let name, _) = self { name } else { nil }
    }
}
