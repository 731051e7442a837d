package io.swarmpilot.launcher.contract;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/// One request as a client would make it.
///
/// @param role who is asked: `scheduler`, `predictor`, `instance0`, `instance1` or `all`
/// @param method HTTP method, or `RPC` for a gRPC method without a REST path
/// @param path path with query, or `package.Service/Method`
/// @param headers headers to send
/// @param body text of the body, if there is one
/// @param form parts of a multipart body, if it is one
record Call(
    String role,
    String method,
    String path,
    ImmutableMap<String, String> headers,
    Optional<String> body,
    ImmutableList<FormPart> form) {
  /// What the path says before its query.
  String pathOnly() {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  /// The query without its question mark; "" when there is none.
  String query() {
    int query = path.indexOf('?');
    return query < 0 ? "" : path.substring(query + 1);
  }

  @Override
  public String toString() {
    String shown = body.map(b -> b.length() > 300 ? b.substring(0, 300) + "…" : b).orElse("");
    return role + " " + method + " " + path + " " + shown;
  }

  /// One part of a multipart body.
  ///
  /// @param name name of the field
  /// @param fileName name of the file; "" when the part is a plain field
  /// @param content text of the part
  record FormPart(String name, String fileName, String content) {}
}
