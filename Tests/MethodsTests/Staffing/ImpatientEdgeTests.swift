import Methods
import Testing

@Suite struct `Going to the edges of impatience` {
    /// The chain of states and its integrals with thirty digits, handling taken as one minute.
    struct Edge: Sendable, CustomTestStringConvertible {
        let load: Double, agents: Int, patience: Double, minutes: Double
        let waiting, abandonment, answeredWait, inTime, longer: Double
        var testDescription: String { "\(load) erlangs, \(agents) agents, patience \(patience)" }

        init(
            _ load: Double, _ agents: Int, _ patience: Double, _ minutes: Double, waiting: Double,
            abandonment: Double, answeredWait: Double, inTime: Double, longer: Double
        ) {
            (self.load, self.agents, self.patience, self.minutes) = (load, agents, patience, minutes)
            (self.waiting, self.abandonment, self.answeredWait) = (waiting, abandonment, answeredWait)
            (self.inTime, self.longer) = (inTime, longer)
        }
    }

    static let edges = [
        Edge(
            1000, 1000, 1e6, 0.05, waiting: 0.99900931861574724, abandonment: 2.5206117019326707e-5,
            answeredWait: 25.206252870627977, inTime: 0.0022509866785842354, longer: 0.99774896340245872),
        Edge(
            999.9, 1000, 1e6, 1, waiting: 0.99573893872692239, abandonment: 8.5663536209625481e-6,
            answeredWait: 8.5663574484121257, inTime: 0.10715252722435136, longer: 0.89284652934447362),
        Edge(
            480, 500, 1e5, 0.2, waiting: 0.26651017423731905, abandonment: 1.3325182256732417e-7,
            answeredWait: 0.013325177369988623, inTime: 0.99511927768326211, longer: 0.0048805915050341722),
        Edge(
            50_000, 50_100, 100, 0.01, waiting: 0.53478538989265681, abandonment: 4.9121850787601223e-5,
            answeredWait: 0.0049119911499460154, inTime: 0.81654379806602376, longer: 0.183423236978109),
        Edge(
            0.5, 1, 1e-4, 0.001, waiting: 0.33334444342603085, abandonment: 0.33331111314793829,
            answeredWait: 4.9989376819158022e-9, inTime: 0.66668888534034406, longer: 1.5118688143905142e-5),
        Edge(
            2000, 1000, 50, 34, waiting: 1, abandonment: 0.5, answeredWait: 34.656859029663932,
            inTime: 0.00081188243173735947, longer: 0.50580614631260247),
        Edge(
            0.9, 1, 1e9, 3, waiting: 0.89999999190000161, abandonment: 8.9999982090008262e-9,
            answeredWait: 8.999998200000837, inTime: 0.33326362775681445, longer: 0.6667363699105496),
        Edge(
            100.5, 100, 1e4, 40, waiting: 0.99999998182779945, abandonment: 0.0049751258297243103,
            answeredWait: 49.870429736450741, inTime: 0.16100684498204189, longer: 0.83508603147921599),
        Edge(
            0.001, 3, 2, 0.1, waiting: 1.6654766665344101e-10, abandonment: 2.3797623014947123e-11,
            answeredWait: 4.0794650147261843e-11, inTime: 0.99999999987559954, longer: 1.17373969559317e-10),
        Edge(
            5000, 5000, 1e4, 0.02, waiting: 0.99013608741915675, abandonment: 0.00011172069106710403,
            answeredWait: 1.1172327187980784, inTime: 0.021035598125105016, longer: 0.97896243277656843),
    ]

    @Test(arguments: edges)
    func `matches thirty digits`(_ edge: Edge) throws {
        let traffic = try Traffic(calls: edge.load, in: 1, handling: 60)
        let queue = try ErlangA(traffic, agents: edge.agents, patience: Time(edge.patience * 60))
        let time = Time<Seconds>(edge.minutes * 60)
        func expect(_ found: Double, _ expected: Double, within tolerance: Double = 2e-12, _ what: String) {
            #expect(abs(found - expected) <= tolerance * expected, "\(what): \(found), not \(expected)")
        }

        expect(queue.waiting, edge.waiting, "waiting")
        expect(queue.abandonment, edge.abandonment, "abandonment")
        expect(
            queue.averageWaitOfAnswered.value / 60, edge.answeredWait, within: 1e-11, "wait of the answered")
        expect(try queue.waits(longerThan: time), edge.longer, "waits longer")
        #expect(abs(try queue.answered(within: time) - edge.inTime) <= 1e-12)
    }
}
