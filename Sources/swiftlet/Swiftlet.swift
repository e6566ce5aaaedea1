import ArgumentParser

@main
struct Swiftlet: ParsableCommand {
}
