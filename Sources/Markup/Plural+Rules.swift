extension PluralFamily {
    func form(_ number: PluralOperands) -> Plural {
        switch self {
        case .none: .other
        case .english: number.i == 1 && number.v == 0 ? .one : .other
        case .danish: number.n == 1 || (number.t != 0 && number.i <= 1) ? .one : .other
        case .oneWhole: number.n == 1 ? .one : .other
        case .spanish: number.n == 1 ? .one : million(number)
        case .italian: number.i == 1 && number.v == 0 ? .one : million(number)
        case .french: number.i <= 1 ? .one : million(number)
        case .zeroOrOne: number.n == 0 || number.n == 1 ? .one : .other
        case .upToTwo: number.i <= 1 ? .one : .other
        case .hindi: number.i == 0 || number.n == 1 ? .one : .other
        case .macedonian, .icelandic: lastDigitOne(number)
        case .hebrew: hebrew(number)
        default: slavicOrOther(number)
        }
    }

    private func slavicOrOther(_ number: PluralOperands) -> Plural {
        switch self {
        case .polish: polish(number)
        case .russian: russian(number)
        case .croatian: croatian(number)
        case .czech: czech(number)
        case .slovenian: slovenian(number)
        case .lithuanian: lithuanian(number)
        case .latvian: latvian(number)
        case .romanian: romanian(number)
        default: manyFormed(number)
        }
    }

    private func manyFormed(_ number: PluralOperands) -> Plural {
        guard number.isWhole else { return .other }
        return switch self {
        case .arabic: arabic(number.i)
        case .irish: irish(number.i)
        case .welsh: welsh(number.i)
        case .maltese: maltese(number.i)
        default: .other
        }
    }

    /// "Un million de …": whole millions take their own form.
    private func million(_ number: PluralOperands) -> Plural {
        number.i != 0 && number.i % 1_000_000 == 0 && number.v == 0 ? .many : .other
    }

    private func lastDigitOne(_ number: PluralOperands) -> Plural {
        if self == .macedonian {
            return number.v == 0 && endsInOne(number.i) || endsInOne(number.f) ? .one : .other
        }
        return number.t == 0 && endsInOne(number.i) || endsInOne(number.t) ? .one : .other
    }

    private func endsInOne(_ number: Int) -> Bool { number % 10 == 1 && number % 100 != 11 }

    private func endsInFew(_ number: Int) -> Bool {
        (2...4).contains(number % 10) && !(12...14).contains(number % 100)
    }

    private func hebrew(_ number: PluralOperands) -> Plural {
        if (number.i == 1 && number.v == 0) || (number.i == 0 && number.v != 0) { return .one }
        return number.i == 2 && number.v == 0 ? .two : .other
    }

    private func polish(_ number: PluralOperands) -> Plural {
        guard number.v == 0 else { return .other }
        if number.i == 1 { return .one }
        return endsInFew(number.i) ? .few : .many
    }

    private func russian(_ number: PluralOperands) -> Plural {
        guard number.v == 0 else { return .other }
        if endsInOne(number.i) { return .one }
        return endsInFew(number.i) ? .few : .many
    }

    private func croatian(_ number: PluralOperands) -> Plural {
        if number.v == 0 { return endsInOne(number.i) ? .one : endsInFew(number.i) ? .few : .other }
        return endsInOne(number.f) ? .one : endsInFew(number.f) ? .few : .other
    }

    private func czech(_ number: PluralOperands) -> Plural {
        guard number.v == 0 else { return .many }
        if number.i == 1 { return .one }
        return (2...4).contains(number.i) ? .few : .other
    }

    private func slovenian(_ number: PluralOperands) -> Plural {
        guard number.v == 0 else { return .few }
        return switch number.i % 100 {
        case 1: .one
        case 2: .two
        case 3, 4: .few
        default: .other
        }
    }

    private func lithuanian(_ number: PluralOperands) -> Plural {
        guard number.isWhole else { return .many }
        if (11...19).contains(number.i % 100) { return .other }
        return switch number.i % 10 {
        case 0: .other
        case 1: .one
        default: .few
        }
    }

    private func latvian(_ number: PluralOperands) -> Plural {
        if number.isWhole {
            if number.i % 10 == 0 || (11...19).contains(number.i % 100) { return .zero }
            return endsInOne(number.i) ? .one : .other
        }
        if number.v == 2, (11...19).contains(number.f % 100) { return .zero }
        return number.v == 2 ? (endsInOne(number.f) ? .one : .other) : (number.f % 10 == 1 ? .one : .other)
    }

    private func romanian(_ number: PluralOperands) -> Plural {
        if number.i == 1, number.v == 0 { return .one }
        let isFew = number.v != 0 || number.i == 0 || (1...19).contains(number.i % 100)
        return isFew ? .few : .other
    }

    private func arabic(_ number: Int) -> Plural {
        switch (number, number % 100) {
        case (0, _): .zero
        case (1, _): .one
        case (2, _): .two
        case (_, 3...10): .few
        case (_, 11...99): .many
        default: .other
        }
    }

    private func irish(_ number: Int) -> Plural {
        switch number {
        case 1: .one
        case 2: .two
        case 3...6: .few
        case 7...10: .many
        default: .other
        }
    }

    private func welsh(_ number: Int) -> Plural {
        switch number {
        case 0: .zero
        case 1: .one
        case 2: .two
        case 3: .few
        case 6: .many
        default: .other
        }
    }

    private func maltese(_ number: Int) -> Plural {
        switch (number, number % 100) {
        case (1, _): .one
        case (2, _): .two
        case (0, _), (_, 3...10): .few
        case (_, 11...19): .many
        default: .other
        }
    }
}
