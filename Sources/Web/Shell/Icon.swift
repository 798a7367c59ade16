public import Markup

/// The small pictures beside words in the rail and on buttons. Drawn with the text's colour; never alone.
public enum Icon: String, Sendable, Hashable, CaseIterable {
    case queue, people, organisations, advocates, clock, profile, feedback, imports, settings, menu, search,
        plus, jobs, economics, findings, forecast, steps, segments, phone, offers, looked, contracts, holds

    public var html: HTML {
        """
        <svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" \
        stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">\
        <path d="\(path)"/></svg>
        """
    }

    private var path: String {
        switch self {
        case .queue: "M3 5h14M3 10h14M3 15h9"
        case .people:
            "M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 16.5c.4-3 2.6-4.5 5.5-4.5s5.1 1.5 5.5 4.5"
                + "M13 4a3 3 0 0 1 0 5.5M15 12.3c1.7.6 2.7 2 3 4.2"
        case .organisations:
            "M3 17V4.5L10 3v14M10 7l7 1.5V17M2 17h16M6 7.5h1M6 11h1M13.5 11.5h1"
        case .advocates: "M10 3l2.1 4.4 4.9.6-3.6 3.3.9 4.8L10 13.8l-4.3 2.3.9-4.8L3 8l4.9-.6L10 3Z"
        case .clock: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 6v4.5l3 1.8"
        case .profile: "M4 17h12l-3.7-7L16 3H4l3.7 7L4 17Z"
        case .feedback: "M3 4h14v9.5H9L5.5 16.5v-3H3V4Z"
        case .imports: "M10 13V4M6.5 7.5 10 4l3.5 3.5M3.5 13v3.5h13V13"
        case .settings:
            "M4 6h7M15 6h1M4 14h1M9 14h7M13 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM7 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z"
        case .menu: "M3 5.5h14M3 10h14M3 14.5h14"
        case .search: "M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12ZM13.5 13.5 17 17"
        case .plus: "M10 4v12M4 10h12"
        case .economics: "M3 3v14h14M6.5 13.5V10M10 13.5V6.5M13.5 13.5V8.5"
        case .findings: "M7.5 14.5h5M8.5 17h3M7.5 14.5c0-2-2-2.8-2-5.7a4.5 4.5 0 0 1 9 0c0 2.9-2 3.7-2 5.7"
        case .forecast: "M3 15l4.5-5 3.5 3 6-7M13 6h4v4"
        case .steps: "M3 17h4v-4h4V9h4V5h2"
        case .segments: "M10 2.5v7.5h7.5A7.5 7.5 0 1 1 10 2.5ZM13 2.9A7.5 7.5 0 0 1 17.1 7H13V2.9Z"
        case .phone:
            "M4 3.5h3l1.5 4-2 1.3a9.5 9.5 0 0 0 4.7 4.7l1.3-2 4 1.5v3a1.5 1.5 0 0 1-1.6 1.5A12.5 12.5 0 0 1 2.5 5.1 1.5 1.5 0 0 1 4 3.5Z"
        case .offers: "M10.5 3H17v6.5l-7.5 7.5L3 10.5 10.5 3ZM13.5 6.5h.01"
        case .looked:
            "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5ZM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z"
        case .contracts: "M5 2.5h7l3.5 3.5v11.5H5v-15ZM8 9h5M8 12h5M8 15h3"
        case .holds: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM8 7.5v5M12 7.5v5"
        case .jobs: "M4 10a6 6 0 0 1 10.5-4L16 7.5M16 4v3.5h-3.5M16 10a6 6 0 0 1-10.5 4L4 12.5M4 16v-3.5h3.5"
        }
    }
}
