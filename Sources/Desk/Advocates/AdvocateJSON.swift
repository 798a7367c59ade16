import Kernel
import Markup

extension Ask {
    var json: JSON {
        .object([
            ("id", .int(id)), ("person_id", .int(person.value)), ("name", .text(name)),
            ("wish", .text(wish.rawValue)), ("asked_by", .int(askedBy)),
            ("asked_on", .text(askedDay.description)),
            ("state", .text(state.rawValue)), ("later", .text(laterDay?.description)),
            ("answered_at", .text(answeredAt?.iso)), ("note", .text(note)),
        ])
    }
}

extension AskItem {
    func json(_ today: LocalDate) -> JSON {
        .object([
            ("person_id", .int(party.id.value)), ("name", .text(party.name)), ("wish", .text(wish.rawValue)),
            ("occasions", .int(occasions)), ("last_on", .text(lastDay.description)),
            ("alive", alive.map { .real($0) } ?? .null), ("answer", .text(part?.word)),
            ("answered_on", .text(answeredDay?.description)), ("asked_on", .text(lastAsked?.description)),
            ("why", .text(AskReasons(item: self, today: today).phrases.map(\.text).joined(separator: " "))),
        ])
    }
}

extension Referral {
    var json: JSON {
        .object([
            ("id", .int(id)), ("act_id", .int(act)), ("person_id", .int(person.value)), ("name", .text(name)),
            ("day", .text(day.description)), ("friend", .text(friend)), ("state", .text(state.rawValue)),
            ("customer_id", .int(friendParty?.id.value)),
            ("linked_by", .text(linkedHow.isEmpty ? nil : linkedHow)),
            ("suggested_id", .int(suggested?.id)), ("first_purchase_on", .text(firstDay?.description)),
            ("was_customer", .bool(wasCustomer)), ("worth", .list(worth.map { JSON.money($0) })),
        ])
    }
}

extension Testimonial {
    var json: JSON {
        .object([
            ("id", .int(id)), ("act_id", .int(act)), ("person_id", .int(person.value)),
            ("day", .text(day.description)),
            ("state", .text(state.rawValue)), ("words", .text(words)),
            ("short", .text(short.isEmpty ? nil : short)),
            ("website", .bool(website)), ("print", .bool(print)), ("sales", .bool(sales)),
            ("name_form", .text(nameForm.rawValue)),
            ("shown_name", .text(shownName.isEmpty ? nil : shownName)),
            ("chosen", .bool(isPinned)),
        ])
    }
}

extension Thank {
    var json: JSON {
        let money = cost.flatMap { minor in
            Currency(currency).map { JSON.money(Money(minor: minor, currency: $0)) }
        }
        return .object([
            ("id", .int(id)), ("act_id", .int(act)), ("person_id", .int(person.value)), ("name", .text(name)),
            ("kind", .text(kind.rawValue)), ("day", .text(actDay.description)),
            ("due", .text(due.description)),
            ("owner_id", .int(owner)), ("state", .text(state.rawValue)), ("how", .text(way?.rawValue)),
            ("cost", money ?? .null), ("note", .text(note)), ("done_at", .text(doneAt?.iso)),
        ])
    }
}

extension TalkStore.Kept {
    func json(_ quotes: [TalkSource: TalkQuote]) -> JSON {
        .object([
            ("computed_at", .text(computedAt.iso)), ("texts", .int(report.texts)),
            ("languages", .list(report.languages.map { $0.json(quotes) })),
        ])
    }
}

extension TalkLanguage {
    fileprivate func json(_ quotes: [TalkSource: TalkQuote]) -> JSON {
        .object([
            ("language", .text(language.rawValue)), ("advocates", .int(advocates)), ("others", .int(others)),
            ("refused", .text(terms == nil ? "too few texts" : nil)),
            ("terms", .list((terms ?? []).map { $0.json(quotes) })),
            ("quarters", .list(quarters.map { .text("\($0 / 4)-Q\($0 % 4 + 1)") })),
            (
                "fading",
                .list(
                    (fading ?? []).map { term in
                        .object([
                            ("term", .text(TalkPage.words(of: term.term))), ("slope_z", .real(term.slopeZ)),
                            ("shares", .list(term.shares.map { $0.map { .real($0) } ?? .null })),
                        ])
                    })
            ),
        ])
    }
}

extension TalkTerm {
    fileprivate func json(_ quotes: [TalkSource: TalkQuote]) -> JSON {
        .object([
            ("term", .text(TalkPage.words(of: term))), ("z", .real(z)), ("texts_of_advocates", .int(first)),
            ("texts_of_others", .int(second)), ("customers", .int(customers)),
            (
                "quotes",
                .list(
                    self.quotes.compactMap { quotes[$0] }.map { quote in
                        .object([("words", .text(quote.words)), ("customer_id", .int(quote.person))])
                    })
            ),
        ])
    }
}
