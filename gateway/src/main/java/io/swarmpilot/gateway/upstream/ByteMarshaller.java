package io.swarmpilot.gateway.upstream;

import com.google.common.io.ByteStreams;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// Hands messages to and from gRPC as the bytes they are.
final class ByteMarshaller implements MethodDescriptor.Marshaller<byte[]> {
  static final ByteMarshaller INSTANCE = new ByteMarshaller();

  private ByteMarshaller() {}

  @Override
  public InputStream stream(byte[] message) {
    return new MessageStream(message);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try {
      // gRPC knows the length; readAllBytes would start with 16 KiB for any message.
      byte[] message = new byte[stream.available()];
      int read = ByteStreams.read(stream, message, 0, message.length);
      int beyond = stream.read();
      if (beyond < 0) {
        return read == message.length ? message : Arrays.copyOf(message, read);
      }
      ByteArrayOutputStream whole = new ByteArrayOutputStream(2 * read + 1);
      whole.write(message, 0, read);
      whole.write(beyond);
      stream.transferTo(whole);
      return whole.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Lets gRPC copy the message once, into a frame of the right size.
  private static final class MessageStream extends ByteArrayInputStream
      implements KnownLength, Drainable {
    MessageStream(byte[] message) {
      super(message);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int length = count - pos;
      target.write(buf, pos, length);
      pos = count;
      return length;
    }
  }
}
