internal import Answering

/// Has queries explained, one after the other, on a thread of its own.
///
/// It gives way to all that answer: what comes faster than it can explain is refused by the workers.
struct ExplanationWorker: ~Copyable {
  private let channel: ExplanationChannel
  private let listeners: Listeners
  private let explainer: Explainer
  private var packet: ExplanationPacket

  init(
    _ channel: ExplanationChannel, _ listeners: Listeners, explainer: @escaping Explainer
  ) throws(Errno) {
    packet = try ExplanationPacket()
    self.channel = channel
    self.listeners = listeners
    self.explainer = explainer
  }
}

extension ExplanationWorker: Worker {
  /// Explains until the channel is closed.
  mutating func run() {
    System.lowerPriority()
    while packet.receive(from: channel.queries.explainer), !channel.isClosed {
      let origin = packet.origin
      let udpWorkers = listeners.seats.count
      let isUDP = origin.worker < udpWorkers
      let response = explainer(
        ExplanationRequest(
          message: packet.message, client: origin.client, transport: isUDP ? .udp : .tcp))
      if !isUDP {
        ExplanationResponses.send(
          response,
          to: ExplanationResponses.Recipient(slot: origin.slot, generation: origin.generation),
          over: channel.responses[origin.worker - udpWorkers].explainer)
      } else if !response.isEmpty {
        packet.respond(with: response, over: listeners.seats[origin.worker].socket)
      }
    }
  }
}
