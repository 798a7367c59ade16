import Foundation
import Methods
import Testing

/// References made with mpmath 1.4.1 `hyp2f1` at 40 digits, on the exact values of the arguments: the parameter
/// ranges of BG/NBD, Pareto/NBD and BG/BB, whole c − a − b, negative z, and twenty drawn at random.
@Suite struct `Summing the hypergeometric series` {
    struct Case: Sendable, CustomTestStringConvertible {
        let a, b, c, z, logarithm: Double
        var testDescription: String { "\(a), \(b); \(c); \(z)" }

        init(_ a: Double, _ b: Double, _ c: Double, _ z: Double, _ logarithm: Double) {
            (self.a, self.b, self.c, self.z, self.logarithm) = (a, b, c, z, logarithm)
        }
    }

    static let cases: [Case] = [
        Case(0.243, 2.426, 2.219, 0.05, 0.013647183218694382),
        Case(0.243, 2.426, 2.219, 0.93, 0.7821446385800943),
        Case(1.2429999999999999, 3.426, 3.219, 0.05, 0.06791009278169054),
        Case(1.2429999999999999, 3.426, 3.219, 0.93, 3.655515114247421),
        Case(10.243, 12.426, 12.219, 0.05, 0.5343322239455114),
        Case(10.243, 12.426, 12.219, 0.93, 27.754431880696302),
        Case(100.243, 102.426, 102.219, 0.05, 5.1522112103891455),
        Case(100.243, 102.426, 102.219, 0.93, 267.1189017665099),
        Case(1000.243, 1002.426, 1002.219, 0.05, 51.31635596229808),
        Case(1000.243, 1002.426, 1002.219, 0.93, 2660.4563239035674),
        Case(1.159, 1.606, 2.159, 0.2, 0.19064331153756292),
        Case(1.159, 1.606, 2.159, 0.999999, 9.020332283378917),
        Case(4.159, 1.606, 5.159, 0.97, 3.6386462058449585),
        Case(41.159, 1.606, 42.159, 0.2, 0.3489416770008604),
        Case(41.159, 1.606, 42.159, 0.999999, 12.585711742629547),
        Case(1001.159, 1.606, 1002.159, 0.97, 5.582441674438412),
        Case(1, 3.7834, 4.440099999999999, 0.9090909090909091, 1.7853454532094537),
        Case(1, 3.7834, 4.440099999999999, 0.9999900000999989, 5.719271424173743),
        Case(1, 9.7834, 10.4401, 0.9990009990009991, 4.569920732378131),
        Case(1, 63.7834, 64.4401, 0.9090909090909091, 2.311253548322737),
        Case(1, 63.7834, 64.4401, 0.9999900000999989, 7.54126755711442),
        Case(1.976, -0.207, 2.219, 0.9, -0.3695494424291169),
        Case(1.976, -0.207, 2.219, 0.999999999, -0.7674355670830041),
        Case(1.976, -0.207, 28.219, 0.9, -0.013649725441870429),
        Case(1.976, -0.207, 28.219, 0.999999999, -0.015247966878211597),
        Case(-0.9, 0.4, 0.5, 0.9, -1.185251666152936),
        Case(-0.9, 0.4, 0.5, 0.999999999, -1.5607347834577046),
        Case(-1.3, -0.6, 0.8, 0.9, 0.6137294753797009),
        Case(-1.3, -0.6, 0.8, 0.999999999, 0.6610554072240047),
        Case(2.5, 0, 3, 0.9, 0),
        Case(2.5, 0, 3, 0.999999999, 0),
        Case(4.2, 1.7, 0.001, 0.9, 23.001014757438497),
        Case(4.2, 1.7, 0.001, 0.999999999, 131.81708066176085),
        Case(0.01, 0.02, 4000, 0.9, 4.5005214659029055e-08),
        Case(0.01, 0.02, 4000, 0.999999999, 5.000643801853496e-08),
        Case(1, 2, 3, 0.95, 1.511489574711978),
        Case(1, 2, 3, 0.999999, 3.243805458264255),
        Case(0.5, 0.5, 2, 0.95, 0.20408870193731868),
        Case(0.5, 0.5, 2, 0.999999, 0.24156107823603185),
        Case(3, 4, 5, 0.95, 6.6056777472758315),
        Case(3, 4, 5, 0.999999, 28.324166296500877),
        Case(2, 3, 5, 0.95, 2.5808847479171186),
        Case(2, 3, 5, 0.999999, 4.9110876686954725),
        Case(1.5, 2.5, 1, 0.95, 9.497400534843427),
        Case(1.5, 2.5, 1, 0.999999, 41.97577784652871),
        Case(0.5, 1, 1.5, -0.3, -0.08897713774582809),
        Case(2.5, 3.5, 4, -20, -7.031102766177486),
        Case(30, 2, 5.5, -1000, -17.758355719160207),
        Case(0.2, 0.3, 0.9, -1_000_000, -1.975345862423078),
        Case(0.05, 255.068, 158.767, 0.9999662818712861, 819.237599681311),
        Case(3.769, 2.174, 38.35, 0.9469783945950756, 0.2214666409327687),
        Case(0.031, 0.014, 395.101, 0.9996089117781797, 1.0994765571775184e-06),
        Case(92.015, 0.01, 2.816, 0.9790094028520625, 328.036163110947),
        Case(0.155, 823.015, 907.509, 0.9999984751258636, 0.36893470182983157),
        Case(0.014, 6.536, 1463.256, 0.9998079504102607, 6.268429015534791e-05),
        Case(0.134, 1.567, 0.014, 0.9999787218884678, 20.480609448403726),
        Case(1.892, 3.786, 0.191, 0.999975851476402, 62.355715453741034),
        Case(0.137, 2.454, 0.392, 0.9999986549967476, 28.466291472972674),
        Case(226.676, 7.826, 34.089, 0.9999870109157808, 2191.3255708948823),
        Case(1449.525, 296.293, 0.046, 0.9999016341927687, 16907.546716011166),
        Case(56.457, 49.911, 1413.915, 0.999662385625031, 2.0713804533711273),
        Case(207.103, 30.591, 0.466, 0.9966916775593437, 1444.8623094399536),
        Case(388.053, 251.32, 6.013, 0.9966261674389386, 4000.433965844344),
        Case(0.015, 0.183, 243.066, 0.9996967918603358, 1.1317671572961748e-05),
        Case(0.079, 7.141, 73.574, 0.9890309220002237, 0.008033718850264673),
        Case(0.888, 1.917, 6.257, 0.9539879838186154, 0.3669389921289141),
        Case(5.115, 1.109, 4.935, 0.9999984963248099, 16.957698633152447),
        Case(0.017, 45.456, 2555.833, 0.9964258683528268, 0.00030403000853604264),
        Case(1.114, 0.077, 5.785, 0.2367987748571666, 0.003654003916292382),
    ]

    @Test(arguments: cases) func `matches forty-digit references`(_ one: Case) throws {
        let logarithm = try logGaussHypergeometric(one.a, one.b, one.c, at: one.z)

        #expect(abs(logarithm - one.logarithm) < 2e-13 * max(1, abs(one.logarithm)))
        guard one.logarithm < 700 else { return }
        let value = try gaussHypergeometric(one.a, one.b, one.c, at: one.z)
        #expect(abs(value / exp(one.logarithm) - 1) < 4e-13 * max(1, abs(one.logarithm)))
    }

    /// From the reference file bgnbd_cdnow.json, there made with mpmath.
    @Test(arguments: [
        Case(0.243, 2.426, 2.219, 0.5, 1.2070970070440423),
        Case(0.243, 2.426, 2.219, 0.95, 2.4461866770309917),
        Case(26.243, 28.426, 28.219, 0.6, 33_237_064_884.615795),
        Case(100.243, 102.426, 102.219, 0.45, 1.2016584224156877e+26),
        Case(1.5, 2.5, 3.5, 0.99, 39.959919938974785), Case(0.5, 1, 1.5, -0.3, 0.9148664892455719),
        Case(2, 3, 4, 0.25, 1.5300841785161239), Case(10.243, 12.426, 12.219, 0.9, 27_253_369_537.496708),
    ])
    func `matches the reference file`(_ one: Case) throws {
        #expect(abs(try gaussHypergeometric(one.a, one.b, one.c, at: one.z) / one.logarithm - 1) < 1e-12)
    }

    @Test func `agrees with elementary functions`() throws {
        for z in [-40, -0.7, 0, 0.2, 0.89, 0.91, 0.999, 1 - 1e-9] {
            // ₂F₁(a, b; b; z) = (1 − z)^−a and ₂F₁(1, 1; 2; z) = −ln(1 − z)/z.
            #expect(abs(try gaussHypergeometric(1.7, 3.2, 3.2, at: z) * pow(1 - z, 1.7) - 1) < 1e-11)
            guard z != 0 else { continue }
            #expect(abs(try gaussHypergeometric(1, 1, 2, at: z) * z / -log1p(-z) - 1) < 1e-12)
        }
    }

    @Test func `does not mind in which order its numerators come`() throws {
        for one in Self.cases {
            let there = try logGaussHypergeometric(one.a, one.b, one.c, at: one.z)
            let back = try logGaussHypergeometric(one.b, one.a, one.c, at: one.z)

            #expect(abs(there - back) <= 1e-13 * max(1, abs(there)))
        }
    }

    @Test func `gives values below zero and refuses their logarithm`() throws {
        #expect(abs(try gaussHypergeometric(-1, 3, 1, at: 0.9) + 1.7) < 1e-14)
        #expect(throws: OutOfRange.self) { try logGaussHypergeometric(-1, 3, 1, at: 0.9) }
    }

    @Test func `names the input that is out of range`() throws {
        let causes: [(String, Double, Double, Double, Double)] = [
            ("a", .nan, 1, 1, 0.5), ("a", 2001, 1, 1, 0.5), ("b", 1, -6, 1, 0.5), ("c", 1, 1, 0, 0.5),
            ("z", 1, 1, 1, 1), ("z", 1, 1, 1, .nan), ("value", 2000, 2000, 0.5, 0.999),
        ]
        for (input, a, b, c, z) in causes {
            let error = #expect(throws: OutOfRange.self) { try gaussHypergeometric(a, b, c, at: z) }
            #expect(error?.input == input)
        }
    }
}
