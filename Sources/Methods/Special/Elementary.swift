import RealModule

// The elementary functions under the names mathematics gives them, without a system's C library:
// swift-numerics has them for every platform.

func exp(_ x: Double) -> Double { .exp(x) }
func expm1(_ x: Double) -> Double { .expMinusOne(x) }
func log(_ x: Double) -> Double { .log(x) }
func log1p(_ x: Double) -> Double { .log(onePlus: x) }
func sqrt(_ x: Double) -> Double { x.squareRoot() }
func pow(_ x: Double, _ power: Double) -> Double { .pow(x, power) }
func cos(_ x: Double) -> Double { .cos(x) }
func sin(_ x: Double) -> Double { .sin(x) }
func tan(_ x: Double) -> Double { .tan(x) }
func erf(_ x: Double) -> Double { .erf(x) }
func erfc(_ x: Double) -> Double { .erfc(x) }
