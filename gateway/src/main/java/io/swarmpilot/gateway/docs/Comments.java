package io.swarmpilot.gateway.docs;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import com.google.protobuf.ExtensionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the `.proto` files say about their elements, by full name.
///
/// Generated code forgets comments; the descriptor set beside it keeps them.
final class Comments {
  private static final String DESCRIPTORS = "/META-INF/swarmpilot/contracts.binpb";

  private final Map<String, String> byName = new HashMap<>();

  private Comments() {}

  /// Reads the descriptor set of the contracts.
  static Comments load() {
    try (InputStream in = Comments.class.getResourceAsStream(DESCRIPTORS)) {
      if (in == null) {
        throw new IllegalStateException(DESCRIPTORS + " is missing from the contracts");
      }
      Comments comments = new Comments();
      FileDescriptorSet.parseFrom(in, ExtensionRegistry.getEmptyRegistry())
          .getFileList()
          .forEach(comments::add);
      return comments;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The comment of an element, in one paragraph a blank line; "" when there is none.
  String of(String fullName) {
    return byName.getOrDefault(fullName, "");
  }

  /// The first sentence of it.
  String firstSentence(String fullName) {
    String whole = of(fullName);
    int end = whole.indexOf(". ");
    return end < 0 ? whole : whole.substring(0, end + 1);
  }

  private void add(FileDescriptorProto file) {
    for (SourceCodeInfo.Location location : file.getSourceCodeInfo().getLocationList()) {
      if (!location.getLeadingComments().isBlank()) {
        String name = name(file, location.getPathList());
        if (!name.isEmpty()) {
          byName.put(name, unwrap(location.getLeadingComments()));
        }
      }
    }
  }

  /// The full name of what a path of the descriptor leads to; "" for what nobody asks about.
  private static String name(FileDescriptorProto file, List<Integer> path) {
    String prefix = file.getPackage() + ".";
    if (path.size() < 2) {
      return "";
    }
    return switch (path.getFirst()) {
      case FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER ->
          message(prefix, file.getMessageType(path.get(1)), path.subList(2, path.size()));
      case FileDescriptorProto.SERVICE_FIELD_NUMBER ->
          service(prefix, file.getService(path.get(1)), path.subList(2, path.size()));
      default -> "";
    };
  }

  private static String message(String prefix, DescriptorProto message, List<Integer> rest) {
    String name = prefix + message.getName();
    if (rest.isEmpty()) {
      return name;
    }
    boolean isField = rest.size() == 2 && rest.getFirst() == DescriptorProto.FIELD_FIELD_NUMBER;
    return isField ? name + "." + message.getField(rest.get(1)).getName() : "";
  }

  private static String service(String prefix, ServiceDescriptorProto service, List<Integer> rest) {
    String name = prefix + service.getName();
    if (rest.isEmpty()) {
      return name;
    }
    boolean isMethod =
        rest.size() == 2 && rest.getFirst() == ServiceDescriptorProto.METHOD_FIELD_NUMBER;
    return isMethod ? name + "." + service.getMethod(rest.get(1)).getName() : "";
  }

  private static String unwrap(String comment) {
    return comment
        .strip()
        .replaceAll("\n[ \t]*\n[ \t]*", "\u0000")
        .replaceAll("\\s*\n\\s*", " ")
        .replace("\u0000", "\n\n");
  }
}
