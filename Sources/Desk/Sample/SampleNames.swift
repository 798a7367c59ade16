import Kernel

/// Names of people from many places, and of the cafés and offices they work in. All of them invented.
struct SampleNames {
    private struct Culture {
        let given: [String], family: [String]
    }

    private var emails: [String: Int] = [:]
    private var phones = 0
    private var organisations: Set<String> = []

    /// "Amira Haddad", and how often each culture comes through the door.
    func person(_ random: inout SampleRandom) -> String {
        let culture = SampleNames.cultures[random.place(in: SampleNames.weights)]
        return "\(random.pick(culture.given)) \(random.pick(culture.family))"
    }

    /// Never the same twice; at a domain that no mail can leave for.
    mutating func email(for name: String, _ random: inout SampleRandom) -> String {
        let words = name.searchKey.replacing("ı", with: "i").split(separator: " ").map { word in
            String(word.filter { $0.isASCII && $0.isLetter })
        }
        let stem = words.filter { !$0.isEmpty }.joined(separator: ".")
        let base = stem.isEmpty ? "customer" : stem
        emails[base, default: 0] += 1
        let number = emails[base] ?? 1
        let domain = random.pick(["example.com", "example.org", "example.net"])
        return "\(base)\(number > 1 ? String(number) : "")@\(domain)"
    }

    /// Numbers that regulators keep for stories: Bundesnetzagentur, Ofcom and Arcep reserve these ranges.
    mutating func phone() -> String {
        defer { phones += 1 }
        let number = phones / SampleNames.ranges.count
        let range = SampleNames.ranges[phones % SampleNames.ranges.count]
        let digits = String(1000 + number % 1000).dropFirst()
        return "\(range)\(digits)"
    }

    private static let ranges = [
        "+49 40 66969 ", "+49 30 23125 ", "+49 69 90009 ", "+49 221 4710 ", "+49 89 99998 ", "+44 7700 900",
        "+44 20 7946 0", "+33 6 39 98 1",
    ]

    /// "Café Möwe", "Studio Kranich & Partner".
    mutating func organisation(_ random: inout SampleRandom) -> String {
        while true {
            let kind = random.pick(SampleNames.kinds)
            let name = random.pick(SampleNames.marks)
            let full = kind.replacing("*", with: name)
            if organisations.insert(full).inserted { return full }
        }
    }

    private static let kinds = lines(
        """
        Café *
        * Coffee Bar
        Studio *
        * & Partners
        Bakery *
        * Architects
        Hotel *
        Kanzlei *
        * Software
        Kita *
        Bookshop *
        * Logistics
        Physio *
        * Film
        Brasserie *
        """)

    private static let marks = lines(
        """
        Möwe, Kranich, Anker, Nordlicht, Seestern, Elbkai, Leuchtfeuer, Kompass, Brise, Atlas, Saffron, Juniper, Olive,
        Marigold, Tamarind, Sparrow, Heron, Kestrel, Copper, Granite, Lantern, Meridian, Harbourside, Driftwood,
        Quayside, Tidewater, Windrose, Pier Nine, Blue Door, Third Street, Linden, Amber, Sable, Cedar, Ostrich, Pilot,
        Gale, Salt, Rowan, Fjord
        """)

    private static let weights: [Double] = [14, 16, 7, 6, 6, 6, 4, 4, 4, 4, 5, 4, 4, 3, 3, 3, 3, 2]

    private static func lines(_ text: String) -> [String] {
        text.split { $0 == "\n" || $0 == "," }.map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    private static let cultures: [Culture] = lists.split(separator: "\n").map { line in
        let halves = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
        return Culture(given: halves[0], family: halves[1].map { $0.replacing("_", with: " ") })
    }

    /// A culture a line: given names, then family names.
    private static let lists =
        """
        Oliver Grace Harriet Rowan Imogen Callum Niamh Declan Freya Alistair Bronwyn Tobias Maeve Rhys|Whitfield Ashdown Carrick Fenwick Lockhart Penrose Thackeray Winslow Hargreave Kinsella O'Rourke Pemberton Redfern Swale
        Lena Jonas Frieda Matthis Greta Henning Wiebke Karsten Svenja Thore Anneke Lutz Merle Bjarne|Petersen Brandt Claussen Hinrichs Lührs Reimann Sörensen Tietjen Voigt Wendland Harms Köster Böttcher Jessen
        Elif Mehmet Defne Kerem Zeynep Emre Aylin Burak Selin Ozan|Yıldız Aksoy Demirtaş Kılıç Özdemir Şahin Korkmaz Tunç Ersoy Polat
        Amira Yusuf Leila Karim Nour Samir Rania Tariq Dalia Omar|Haddad Mansour Khalil El-Sayed Nasser Rahman Darwish Saleh Fakhoury Azzam
        Agnieszka Tomasz Zofia Marek Kasia Paweł Iwona Bartosz Magda Jakub|Nowicki Zielińska Wójcik Lewandowska Kamińska Sikora Dąbrowski Wróbel Mazurek Pawlak
        Priya Arjun Ananya Rohan Meera Vikram Kavya Sanjay Divya Nikhil|Raghavan Deshpande Iyer Banerjee Kulkarni Menon Chaudhary Bhatt Nair Sethi
        Li Wei Mei Jun Xiu Hao Yan Feng Lan Tao|Zhang Chen Huang Zhao Liang Sun Guo Tang Xu Deng
        Haruka Kenji Aiko Ren Yuki Sora Naomi Takumi Emi Daichi|Takahashi Mori Fujita Nakamura Ishikawa Kondo Sakamoto Ueda Hayashi Matsuda
        Linh Minh Thu Quang Trang Duc Huong Tuan Mai Khoa|Nguyen Tran Pham Hoang Vu Dang Bui Do Ngo Duong
        Chidi Ngozi Adaeze Emeka Folake Tunde Amara Kwame Abena Kofi|Okafor Adeyemi Eze Balogun Nwosu Mensah Owusu Boateng Abiola Okonkwo
        Lucía Mateo Camila Joaquín Valentina Andrés Paloma Diego Ximena Rafael|Herrera Castaño Ibáñez Quiroga Salcedo Villalobos Peralta Orozco Montoya Rivas
        João Beatriz Tiago Inês Rui Catarina Duarte Marta Nuno Sofia|Figueiredo Carvalho Teixeira Moura Azevedo Pinheiro Barros Coelho Vaz Serrano
        Camille Étienne Manon Lucien Odile Baptiste Solène Rémi Clémence Théo|Lefèvre Marchand Delacroix Fournier Garnier Perrault Rousselet Vasseur Blanchard Carpentier
        Giulia Matteo Chiara Lorenzo Alessia Davide Elena Pietro Serena Nicolò|Ferrante Bellini Conti Moretti Galli Ricci Santoro Vitale Marchetti Lombardi
        Eleni Nikos Katerina Yannis Despina Stavros Ioanna Petros Thalia Kostas|Papadakis Vlachos Andreou Karras Makris Samaras Theodorou Zervas Galanis Kontos
        Ingrid Lars Solveig Erik Astrid Magnus Linnea Anders Sigrid Nils|Lindqvist Halvorsen Bergström Dahl Ekman Nygaard Sjöberg Thorsen Vestergaard Åkerman
        Oksana Dmytro Iryna Taras Olena Bohdan Kateryna Ostap Solomiya Maksym|Kovalenko Shevchuk Bondarenko Tkachenko Melnyk Savchuk Hrytsenko Lysenko Marchenko Petrenko
        Shirin Darius Parisa Kaveh Noa Eitan Yael Jiwoo Minseo Hyun|Tehrani Kazemi Farahani Levi Ben-Ami Shapira Park Choi Kang Moradi
        """
}
