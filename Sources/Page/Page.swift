/// The live page's files: HTML, its style and its scripts.
public struct Page: Sendable {
  public let contentType: String
  public let content: [UInt8]

  /// By their paths.
  public static let files: [String: Page] = [
    "/": Page(contentType: "text/html; charset=utf-8", content: PackageResources.page_html),
    "/page.css": Page(contentType: "text/css; charset=utf-8", content: PackageResources.page_css),
    "/page.js": script(PackageResources.page_js),
    "/figures.js": script(PackageResources.figures_js),
    "/explain.js": script(PackageResources.explain_js),
    "/world.js": script(PackageResources.world_js),
  ]

  private static func script(_ content: [UInt8]) -> Page {
    Page(contentType: "text/javascript; charset=utf-8", content: content)
  }
}
