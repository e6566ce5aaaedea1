/// What is wrong, and where, in the file that is being read.
struct ReadingError: Error {
  let place: TextPlace
  let problem: ReadingProblem

  init(_ problem: ReadingProblem, at place: TextPlace) {
    self.place = place
    self.problem = problem
  }
}
