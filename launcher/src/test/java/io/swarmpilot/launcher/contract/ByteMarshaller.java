package io.swarmpilot.launcher.contract;

import com.google.protobuf.Descriptors;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Sends and takes messages as their wire bytes.
enum ByteMarshaller implements MethodDescriptor.Marshaller<byte[]> {
  /// The only one.
  INSTANCE;

  /// The gRPC method of a descriptor, over bytes.
  static MethodDescriptor<byte[], byte[]> method(Descriptors.MethodDescriptor method) {
    String service = method.getService().getFullName();
    return MethodDescriptor.newBuilder(INSTANCE, INSTANCE)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, method.getName()))
        .setType(method.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY)
        .build();
  }

  @Override
  public InputStream stream(byte[] value) {
    return new ByteArrayInputStream(value);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
