/// The live page: HTML, its style and its script, as they are sent.
public enum Page {
  public static var html: [UInt8] { PackageResources.page_html }
  public static var css: [UInt8] { PackageResources.page_css }
  public static var script: [UInt8] { PackageResources.page_js }
}
