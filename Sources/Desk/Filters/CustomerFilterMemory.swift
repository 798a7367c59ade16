import Kernel

/// A filter of customers over one customer's facts. Says the same as the SQL, condition by condition.
struct CustomerFilterMemory {
    let context: CustomerFilterContext

    func holds(_ tree: FilterTree, for facts: CustomerFacts) -> Bool {
        switch tree {
        case .condition(let condition): one(condition, facts)
        case .all(let parts): parts.allSatisfy { holds($0, for: facts) }
        case .any(let parts): parts.contains { holds($0, for: facts) }
        case .not(let part): !holds(part, for: facts)
        }
    }

    private func one(_ condition: FilterCondition, _ facts: CustomerFacts) -> Bool {
        switch CustomerField(rawValue: condition.field.name) {
        case .name: text(facts.nameKey, condition)
        case .kind: condition.value == .choice(facts.kind.rawValue)
        case .level: condition.value == .choice(facts.standing.level(in: context.window).rawValue)
        case .firstDay: day(facts.standing.firstDay, condition)
        case .lastDay: day(facts.standing.lastDay, condition)
        case .silent:
            number(
                facts.standing.lastDay.map {
                    Int64(context.window.upperBound.daysSinceEpoch - $0.daysSinceEpoch)
                }, condition)
        case .occasions: number(Int64(facts.standing.occasions), condition)
        case .value: number(facts.figures?.worth, condition)
        case .expected: number(facts.figures?.expectedWorth, condition)
        case .alive: number(facts.figures?.aliveMillionths, condition)
        case .overdue: number(overdue(facts.figures), condition)
        case .email: texts(facts.emails, condition)
        case .phone: texts(facts.phones, condition)
        case .tag: texts(facts.tags, condition)
        case .owner: owner(facts.owner, condition)
        case .language: texts(facts.language.isEmpty ? [] : [facts.language], condition)
        case .zone: texts(facts.zone.isEmpty ? [] : [facts.zone], condition)
        case .company: member(facts.companies, condition)
        case .internal: condition.value == .truth(facts.isInternal)
        case .created: day(context.zone.day(of: facts.createdAt), condition)
        case .channel: texts(facts.channels, condition)
        case .product: texts(facts.products, condition)
        case .list: lists(facts.lists, condition)
        case .answer: answer(facts.answer?.part, condition)
        case .score: number(facts.answer?.score, condition)
        case .segment: member(facts.segments, condition)
        case nil: custom(facts, condition)
        }
    }

    private func overdue(_ figures: CustomerFacts.Figures?) -> Int64? {
        guard let figures, let gap = figures.gapTenths, let run = context.run else { return nil }
        return Int64(run.day.daysSinceEpoch - figures.lastDay.daysSinceEpoch) * 10 - gap
    }

    private func day(_ known: LocalDate?, _ condition: FilterCondition) -> Bool {
        guard let known else { return condition.value == .null }
        guard case .day(let asked) = condition.value else { return false }
        return condition.comparison.holds(known, asked)
    }

    private func number(_ known: Int64?, _ condition: FilterCondition) -> Bool {
        guard let known else { return condition.value == .null }
        guard case .number(let asked) = condition.value else { return false }
        return condition.comparison.holds(known, asked)
    }

    private func texts(_ known: [String], _ condition: FilterCondition) -> Bool {
        if condition.value == .null { return known.isEmpty }
        return known.contains { text($0, condition) }
    }

    /// Byte by byte, as the engines compare: Swift would hold two spellings of one letter for the same.
    private func text(_ known: String, _ condition: FilterCondition) -> Bool {
        switch condition.value {
        case .text(let asked): return known.utf8.elementsEqual(condition.key(asked).utf8)
        case .prefix(let asked):
            let key = condition.key(asked)
            return !known.utf8.lexicographicallyPrecedes(key.utf8)
                && known.utf8.lexicographicallyPrecedes(CustomerFinding.end(key).utf8)
        default: return false
        }
    }

    private func owner(_ known: Int64?, _ condition: FilterCondition) -> Bool {
        switch condition.value {
        case .null: known == nil
        case .reference(let id): known == id
        case .me: known != nil && known == context.me
        default: false
        }
    }

    private func member(_ known: Set<Int64>, _ condition: FilterCondition) -> Bool {
        switch condition.value {
        case .null: known.isEmpty
        case .reference(let id): known.contains(id)
        default: false
        }
    }

    private func lists(_ known: Set<String>, _ condition: FilterCondition) -> Bool {
        switch condition.value {
        case .null: known.isEmpty
        case .choice(let list): known.contains(list)
        default: false
        }
    }

    private func answer(_ part: Int?, _ condition: FilterCondition) -> Bool {
        switch condition.value {
        case .null: part == nil
        case .choice(let word): part != nil && part == Answer.Part(word: word + "s")?.rawValue
        default: false
        }
    }

    private func custom(_ facts: CustomerFacts, _ condition: FilterCondition) -> Bool {
        guard let known = facts.custom[condition.field.number ?? 0] else { return condition.value == .null }
        switch condition.value {
        case .null: return false
        case .number: return known.number != nil && number(known.number, condition)
        case .day(let asked):
            return known.number.map { condition.comparison.holds($0, Int64(asked.daysSinceEpoch)) } ?? false
        case .truth(let truth): return known.number == (truth ? 1 : 0)
        default: return text(known.words, condition)
        }
    }
}
