extension ZoneFileReader {
  /// Reads the rest of the record as service parameters: in any order, each key once, encoded in the order
  /// of the keys (RFC 9460 §2.2).
  mutating func readParameters(
    _ token: ZoneToken, _ field: RecordField, from scanner: inout ZoneScanner
  ) throws(ReadingError) {
    var parameters: [ServiceParameterKey: (parameter: ServiceParameter, place: TextPlace)] = [:]
    var next: ZoneToken? = token
    while let token = next {
      let parameter: ServiceParameter
      do throws(ServiceParameter.ParameterError) {
        guard !token.isQuoted else { throw ServiceParameter.ParameterError.malformedQuotes }
        parameter = try ServiceParameter(scanner.copy(of: token))
      } catch {
        throw ReadingError(.parameter(error), at: token.place)
      }
      guard parameters.updateValue((parameter, token.place), forKey: parameter.key) == nil else {
        throw ReadingError(.parameter(.twice(parameter.key)), at: token.place)
      }
      next = try scanner.nextParameter()
    }
    if let list = parameters[.mandatory] {
      let codes = list.parameter.value
      for index in stride(from: 0, to: codes.count - 1, by: 2) {
        let key = ServiceParameterKey(rawValue: UInt16(codes[index]) << 8 | UInt16(codes[index + 1]))
        guard parameters[key] != nil else {
          throw ReadingError(.parameter(.mandatoryMissing(key)), at: list.place)
        }
      }
    }
    if let place = parameters[.noDefaultALPN]?.place, parameters[.alpn] == nil {
      throw ReadingError(.parameter(.alpnMissing), at: place)
    }
    for (key, entry) in parameters.sorted(by: { $0.key < $1.key }) {
      data.append(uint16: key.rawValue)
      data.append(uint16: UInt16(clamping: entry.parameter.value.count))
      data.append(entry.parameter.value.span)
    }
  }
}
