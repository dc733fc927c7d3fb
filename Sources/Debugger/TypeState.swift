import Types

/// What is known of the types of the guest's program, and for which guest it was found.
struct TypeState {
    /// The type information; nil while none was asked for.
    var information: TypeInformation?
    /// The program and the number of the guest that it was found in; nil for what the user named, which stays.
    var origin: (program: Program?, guestNumber: Int)?
    /// The types that were asked for, by keyword and name: looking for one goes through all of them.
    var found: [String: CType] = [:]
    /// The enumerators that were asked for.
    var enumerators: [String: Value] = [:]
    /// The types of the variables that were asked for, nil for one that has none.
    var variables: [String: CType?] = [:]
    /// A program whose file is known to have no types.
    var untyped: Program?
}
