/// Something on the shelf: price and cost in hundredths.
struct SampleProduct: Sendable, Equatable {
    let name: String
    let price: Int
    let cost: Int
}

/// What the company sells, by occasion.
enum SampleProducts {
    static let cups = list(
        """
        Espresso|240|55
        Flat white|390|105
        Filter of the day|320|70
        Cappuccino|370|98
        Cold brew|420|88
        Oat latte|430|128
        Cardamom bun|350|120
        Almond croissant|380|145
        """)

    static let beans = list(
        """
        Harbour Blend 250 g|890|385
        Harbour Blend 500 g|1650|760
        Lighthouse Espresso 250 g|920|410
        Lighthouse Espresso 1 kg|3190|1580
        Ethiopia Guji 250 g|1290|640
        Kenya Nyeri 250 g|1390|720
        Colombia Huila 250 g|1150|560
        Guatemala Antigua 500 g|2190|1090
        Decaf Sugar Cane 250 g|1090|530
        Winter Tide 250 g|1190|560
        """)

    static let gear = list(
        """
        Dripper, ceramic|2450|1180
        Paper filters, 100|690|230
        Hand grinder|8900|5350
        French press, 0.8 l|3490|1720
        Gooseneck kettle|7900|4880
        Travel cup|1990|820
        Tasting evening|3900|1450
        """)

    static let subscriptions = list(
        """
        Subscription 250 g|1190|490
        Subscription 500 g|2090|930
        Subscription Discovery|1590|760
        """)

    static let wholesale = list(
        """
        House Espresso 1 kg|2450|1420
        House Filter 1 kg|2290|1330
        Decaf 1 kg|2690|1610
        Office box|5900|3480
        Oat drink, 12 l|2640|1890
        """)

    static let services = list("Machine service|14900|8200")

    /// What the campaign sold: under cost, to be recovered by the second purchase that mostly never came.
    static let welcome = SampleProduct(name: "Welcome box", price: 990, cost: 1240)

    private static func list(_ text: String) -> [SampleProduct] {
        text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "|")
            guard parts.count == 3, let price = Int(parts[1]), let cost = Int(parts[2]) else { return nil }
            return SampleProduct(name: String(parts[0]), price: price, cost: cost)
        }
    }
}
