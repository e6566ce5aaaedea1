/// Codes of continents as location data has them.
enum Continent {
  static let codes = ["AF", "AN", "AS", "EU", "NA", "OC", "SA"]

  /// What is written for the codes, in upper case.
  static let names = [
    "AFRICA": "AF", "ANTARCTICA": "AN", "ASIA": "AS", "EUROPE": "EU", "NORTH-AMERICA": "NA", "AMERICA": "NA",
    "OCEANIA": "OC", "AUSTRALIA": "OC", "SOUTH-AMERICA": "SA",
  ]
}
