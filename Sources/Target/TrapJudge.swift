/// Decides, while a guest with several vCPUs runs, whether a trap of one of them is to stop it.
public protocol TrapJudge: AnyObject {
    /// Whether the selected vCPU, which came to a trap, may go on at once. The others run on meanwhile: of them nothing can be known,
    /// nor may they be touched.
    func letsPass() -> Bool
}
