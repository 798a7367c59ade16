import Foundation
import Methods
import Testing

/// References made with mpmath 1.4.1 `hyperu` at 40 digits, on the exact values of the arguments.
@Suite struct `Integrating Tricomi's function` {
    struct Case: Sendable, CustomTestStringConvertible {
        let a, b, z, logarithm: Double
        var testDescription: String { "\(a), \(b), \(z)" }

        init(_ a: Double, _ b: Double, _ z: Double, _ logarithm: Double) {
            (self.a, self.b, self.z, self.logarithm) = (a, b, z, logarithm)
        }
    }

    static let cases: [Case] = [
        Case(0.05, 0.05, 1e-06, 0.03096775900695667),
        Case(0.05, 0.05, 0.002, 0.03018275702670147),
        Case(0.05, 0.05, 0.2386, 0.0037257948063613997),
        Case(0.05, 0.05, 2, -0.05262395578975961),
        Case(0.05, 0.05, 10, -0.11969849537798012),
        Case(0.05, 0.05, 300, -0.28535522480628667),
        Case(0.4081095, 0.4081095, 1e-06, 0.410534155030439),
        Case(0.4081095, 0.4081095, 0.002, 0.3841582005827147),
        Case(0.4081095, 0.4081095, 0.2386, 0.06945156784533038),
        Case(0.4081095, 0.4081095, 2, -0.4239131332026908),
        Case(0.4081095, 0.4081095, 10, -0.9764894788315488),
        Case(0.4081095, 0.4081095, 300, -2.329122761905341),
        Case(0.606, 0.606, 1e-06, 0.8072945380803779),
        Case(0.606, 0.606, 0.002, 0.7118065971318206),
        Case(0.606, 0.606, 0.2386, 0.13390790994295507),
        Case(0.606, 0.606, 2, -0.6251007993126115),
        Case(0.606, 0.606, 10, -1.4495747526619989),
        Case(0.606, 0.606, 300, -3.4585034800408048),
        Case(1, 1, 1e-06, 2.5831148332419547),
        Case(1, 1, 0.002, 1.7317761579088853),
        Case(1, 1, 0.2386, 0.31633920068646193),
        Case(1, 1, 2, -1.0179674386282178),
        Case(1, 1, 10, -2.3907243719374085),
        Case(1, 1, 300, -5.707099299662509),
        Case(1.5, 1.5, 1e-06, 7.599130434811202),
        Case(1.5, 1.5, 0.002, 3.722035639203752),
        Case(1.5, 1.5, 0.2386, 0.6369714128618122),
        Case(1.5, 1.5, 2, -1.5032714004324688),
        Case(1.5, 1.5, 10, -3.5836814266836345),
        Case(1.5, 1.5, 300, -8.560644859974765),
        Case(7, 7, 1e-06, 81.10130367855761),
        Case(7, 7, 0.002, 35.495489241230516),
        Case(7, 7, 0.2386, 6.759916346821629),
        Case(7, 7, 2, -6.2707900649594945),
        Case(7, 7, 10, -16.62582561317525),
        Case(7, 7, 300, -39.94946878988524),
        Case(60, 60, 1e-06, 811.0375854587451),
        Case(60, 60, 0.002, 362.58430588086037),
        Case(60, 60, 0.2386, 80.4633968856699),
        Case(60, 60, 2, -45.00710320070233),
        Case(60, 60, 10, -140.0887467770729),
        Case(60, 60, 300, -342.40880909752514),
        Case(1, 0.75, 0.0001, 1.255706535862885),
        Case(1, 0.75, 0.12, 0.35982981037596434),
        Case(1, 0.75, 5, -1.8065005759491775),
        Case(1, 0.75, 400, -5.994576948808457),
        Case(1, 0, 0.0001, -0.0008637817590941494),
        Case(1, 0, 0.12, -0.25429290935349314),
        Case(1, 0, 5, -1.9112924848162234),
        Case(1, 0, 400, -5.996439773428367),
        Case(1, -11.3, 0.0001, -2.5096081118891336),
        Case(1, -11.3, 0.12, -2.520152068652521),
        Case(1, -11.3, 5, -2.8676486028292074),
        Case(1, -11.3, 400, -6.024096219532139),
        Case(1, -799, 0.0001, -6.684611852824365),
        Case(1, -799, 0.12, -6.684761904097289),
        Case(1, -799, 5, -6.690850002617482),
        Case(1, -799, 400, -7.090354652012698),
        Case(0.01, 0.5, 1e-09, 0.019390019269902452),
        Case(0.01, 0.9, 3, -0.011303716845162057),
        Case(5.5, 300.25, 12, 669.1755394996236),
        Case(1500.5, 0.3, 7, -9675.873077224613),
        Case(3, -1500, 2, -21.947655382314977),
        Case(0.3, 2.7, 1_000_000_000, -6.216979750663923),
        Case(2000, 1990, 0.4, 1738.9231890191586),
        Case(0.7, 1, 0.01, 1.288316603328197),
    ]

    @Test(arguments: cases) func `matches forty-digit references`(_ one: Case) throws {
        let logarithm = try logTricomi(one.a, one.b, at: one.z)

        #expect(abs(logarithm - one.logarithm) < 2e-13 * max(1, abs(one.logarithm)))
        guard abs(one.logarithm) < 690 else { return }
        let value = try tricomi(one.a, one.b, at: one.z)
        #expect(abs(value / exp(one.logarithm) - 1) < 4e-13 * max(1, abs(one.logarithm)))
    }

    /// From the reference file bgnbd_cdnow.json, there made with mpmath.
    @Test(arguments: [
        (0.4081095, 0.2386, 1.071920144545329), (0.606, 0.05, 1.5601098301881318),
        (1.5, 2.0, 0.22240140472136502), (0.606, 10.0, 0.23467005969668442),
    ])
    func `matches the reference file`(_ s: Double, _ z: Double, _ value: Double) throws {
        #expect(abs(try tricomi(s, s, at: z) / value - 1) < 1e-12)
    }

    @Test func `agrees with elementary functions`() throws {
        for (a, z) in [(0.3, 1e-3), (1, 2.5), (7.5, 30), (400, 0.9)] {
            // U(a, a + 1, z) = z^−a.
            #expect(abs(try logTricomi(a, a + 1, at: z) + a * log(z)) < 1e-12 * max(1, abs(a * log(z))))
        }
    }

    @Test func `names the input that is out of range`() {
        let causes: [(String, Double, Double, Double)] = [
            ("a", 0, 1, 1), ("a", .nan, 1, 1), ("b", 1, .infinity, 1), ("z", 1, 1, 0), ("z", 1, 1, .nan),
            ("value", 2000, 1, 1e9),
        ]
        for (input, a, b, z) in causes {
            let error = #expect(throws: OutOfRange.self) { try tricomi(a, b, at: z) }
            #expect(error?.input == input)
        }
    }
}
