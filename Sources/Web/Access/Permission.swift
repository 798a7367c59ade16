/// One thing a person may be allowed to do. Routes name one; roles are sets of them.
///
/// The raw value is what is stored and what the audit says, so a case is never renamed.
public enum Permission: String, Sendable, Hashable, CaseIterable, Codable {
    // Customers and what they did.
    case seeCustomers, editCustomers, mergeCustomers, exportCustomers, eraseCustomers
    case recordPurchases, recordAdvocacy
    // Keeping in touch.
    case planTouches
    // Bringing data in.
    case importFiles, undoImports
    // What the numbers say.
    case seeProfile, exportProfile, setTargets
    // What customers cost and bring.
    case seeEconomics, recordSpend
    // What waits for a customer, and why.
    case placeHolds
    // Looking at the places where customers meet us.
    case walkThrough, keepPlaces
    // Running the desk.
    case changeSettings, invitePeople, manageKeys, manageSample
    case seeJobs, retryJobs, seeAudit
}
