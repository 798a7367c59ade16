public import HTTPTypes
public import Markup

/// Why a form is not believed to be ours.
public enum FormRefusal: Refusal, Equatable {
    /// Another site sent it.
    case foreign
    /// Its token is missing, or belongs to a sign-in that has ended.
    case stale

    public var status: HTTPResponse.Status { .forbidden }

    public var phrase: Phrase {
        switch self {
        case .foreign: Phrase("web.form.foreign")
        case .stale: Phrase("web.form.stale")
        }
    }
}
