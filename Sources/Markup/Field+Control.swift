extension Field {
    var control: HTML {
        switch kind {
        case .lines(let rows): textarea(rows)
        case .choice(let choices): select(choices)
        default: input
        }
    }

    private var input: HTML {
        """
        <input type="\(type)" id="\(id)" name="\(name)" \(attribute: "value", kept)\
        \(attribute: "autocomplete", autocomplete)\(attribute: "required", if: required)\
        \(attribute: "aria-invalid", "true", if: error != nil)\(attribute: "aria-describedby", describedBy)>
        """
    }

    private func textarea(_ rows: Int) -> HTML {
        """
        <textarea id="\(id)" name="\(name)" rows="\(rows)" \
        \(attribute: "autocomplete", autocomplete)\(attribute: "required", if: required)\
        \(attribute: "aria-invalid", "true", if: error != nil)\(attribute: "aria-describedby", describedBy)>\
        \(value)</textarea>
        """
    }

    private func select(_ choices: [Choice]) -> HTML {
        """
        <select id="\(id)" name="\(name)" \
        \(attribute: "autocomplete", autocomplete)\(attribute: "required", if: required)\
        \(attribute: "aria-invalid", "true", if: error != nil)\(attribute: "aria-describedby", describedBy)>\
        \(choices.map(choice))</select>
        """
    }

    private func choice(_ choice: Choice) -> HTML {
        """
        <option value="\(choice.value)" \(attribute: "selected", if: choice.value == value)>\(choice.label)</option>
        """
    }

    /// A password is never sent back to the page, and a file cannot be.
    private var kept: String? {
        switch kind {
        case .password, .file: nil
        default: value
        }
    }

    private var type: String {
        switch kind {
        case .email: "email"
        case .password: "password"
        case .search: "search"
        case .telephone: "tel"
        case .web: "url"
        case .number: "number"
        case .date: "date"
        case .time: "time"
        case .moment: "datetime-local"
        case .color: "color"
        case .file: "file"
        default: "text"
        }
    }
}
