package io.swarmpilot.gateway.upstream;

import com.google.protobuf.Descriptors;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;

/// Methods of generated services, turned into methods on bytes.
public final class ByteMethods {
  private ByteMethods() {}

  /// The same method with messages left as bytes.
  public static MethodDescriptor<byte[], byte[]> of(MethodDescriptor<?, ?> method) {
    return MethodDescriptor.newBuilder(ByteMarshaller.INSTANCE, ByteMarshaller.INSTANCE)
        .setType(method.getType())
        .setFullMethodName(method.getFullMethodName())
        .setSchemaDescriptor(method.getSchemaDescriptor())
        .build();
  }

  /// The protobuf descriptor of a generated method.
  public static Descriptors.MethodDescriptor descriptor(MethodDescriptor<?, ?> method) {
    if (method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier) {
      return supplier.getMethodDescriptor();
    }
    throw new IllegalArgumentException(method.getFullMethodName() + " is not generated from proto");
  }
}
