import Glibc

/// Writes MaxMind DB files, by Debian's libmaxmind-db-writer-perl.
public struct DatabaseWriter: Sendable {
  /// A network and what is said of it; nil: nothing.
  public struct Entry: Sendable {
    public var network: String
    public var latitude: Double?
    public var longitude: Double?
    public var country: String?
    public var continent: String?

    public init(
      _ network: String, _ latitude: Double? = nil, _ longitude: Double? = nil, country: String? = nil,
      continent: String? = nil
    ) {
      self.network = network
      self.latitude = latitude
      self.longitude = longitude
      self.country = country
      self.continent = continent
    }
  }

  public struct Failed: Error {}

  /// 4 or 6.
  public var version = 6
  /// In bits: 24, 28 or 32.
  public var recordSize = 28
  public var type = "Test-City"
  /// Whether IPv4-mapped, 6to4 and Teredo addresses lead to the IPv4 networks.
  public var hasAliases = true
  /// The class of numbers: `double`, or another.
  public var number = "double"

  public init() {}

  /// - Parameter entries: a later one takes the place of an earlier one where they overlap.
  /// - Returns: the path.
  @discardableResult
  public func write(_ entries: [Entry], to name: String, in folder: TemporaryFolder) throws -> String {
    let lines = entries.map { entry in
      [
        entry.network, entry.latitude.map { "\($0)" }, entry.longitude.map { "\($0)" }, entry.country,
        entry.continent,
      ].map { $0 ?? "-" }.joined(separator: " ")
    }
    let script = folder.write("\(name).pl", Self.script)
    let input = folder.write("\(name).txt", lines.map { "\($0)\n" }.joined())
    let path = "\(folder.path)/\(name)"
    // Aside, then into place, so that nobody reads half of it.
    let command =
      "perl \(script) \(path).new \(version) \(recordSize) \(type) \(hasAliases ? 1 : 0) \(number) < \(input) && mv \(path).new \(path)"
    guard system(command) == 0 else { throw Failed() }
    folder.remove("\(name).pl")
    folder.remove("\(name).txt")
    return path
  }

  private static let script = """
    use strict;
    use warnings;
    use MaxMind::DB::Writer::Tree;

    my ($path, $version, $record_size, $type, $aliases, $number) = @ARGV;
    my %types = (
        location => 'map', country => 'map', continent => 'map', registered_country => 'map', names => 'map',
        latitude => $number, longitude => $number, accuracy_radius => 'uint16', iso_code => 'utf8_string',
        code => 'utf8_string', en => 'utf8_string', geoname_id => 'uint32',
    );
    my $tree = MaxMind::DB::Writer::Tree->new(
        ip_version => $version, record_size => $record_size, database_type => $type, languages => ['en'],
        description => { en => 'For tests' }, alias_ipv6_to_ipv4 => $version == 6 && $aliases,
        remove_reserved_networks => 0, map_key_type_callback => sub { $types{ $_[0] } },
    );
    while (my $line = <STDIN>) {
        chomp $line;
        my ($network, $latitude, $longitude, $country, $continent) = split / /, $line;
        my %data = (registered_country => { iso_code => 'AQ', names => { en => 'Elsewhere' } });
        $data{location}{accuracy_radius} = 20;
        $data{location}{latitude} = $latitude if $latitude ne '-';
        $data{location}{longitude} = $longitude if $longitude ne '-';
        $data{country} = { geoname_id => 1, iso_code => $country, names => { en => $country } } if $country ne '-';
        $data{continent} = { code => $continent, names => { en => $continent } } if $continent ne '-';
        $tree->insert_network($network, \\%data);
    }
    open my $file, '>:raw', $path or die "$path: $!";
    $tree->write_tree($file);
    close $file or die "$path: $!";

    """
}
