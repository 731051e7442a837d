package io.swarmpilot.taskinstance.backend.http;

import io.swarmpilot.runtime.error.Violations;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// The address of an engine as people write it: `http://host:8000/v1`, `host:8000`.
final class BaseUrl {
  private static final URI NONE = URI.create("http://invalid");

  private BaseUrl() {}

  /// The address in a setting without a slash at its end; http when it names no scheme. Notes a
  /// violation when it is none.
  static URI parse(String text, String setting, Violations violations) {
    String field = ConfigReader.field(setting);
    String full = text.contains("://") ? text : "http://" + text;
    URI url = parse(full.replaceFirst("/+$", ""));
    boolean valid = url != null && isHttp(url) && url.getHost() != null;
    if (url == null || !valid) {
      violations.require(text.isEmpty(), field, "must be an http or https address");
      return NONE;
    }
    // The address appears in messages, so nothing in it may be secret.
    violations.require(
        url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null,
        field,
        "must have neither a user, nor a query, nor a fragment");
    return url;
  }

  private static @Nullable URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static boolean isHttp(URI url) {
    return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
  }
}
