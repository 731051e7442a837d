package io.swarmpilot.taskinstance.weights;

/// A package of a registry that speaks npm's protocol, at one version, byte for byte.
///
/// @param name such as "@scope/name"
/// @param version such as "1.2.2"
/// @param bytes size of the archive
/// @param sha512 checksum of the archive, in base64
public record WeightPackage(String name, String version, long bytes, String sha512) {
  /// Name of the archive, as `npm pack` writes it.
  public String fileName() {
    return name.replace("@", "").replace('/', '-') + "-" + version + ".tgz";
  }

  /// Path of the archive under the address of a registry.
  String path() {
    String plain = name.substring(name.indexOf('/') + 1);
    return name + "/-/" + plain + "-" + version + ".tgz";
  }

  @Override
  public String toString() {
    return name + "@" + version;
  }
}
