package io.swarmpilot.predictor.history;

import com.google.common.collect.ImmutableSortedMap;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.model.ModelIdentity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/// How executions, and what they are of, are written as bytes: numbers big-endian, texts as
/// [DataOutputStream#writeUTF(String)] writes them.
final class RecordFormat {
  private RecordFormat() {}

  static byte[] bytes(ModelIdentity identity) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(identity.type());
    out.writeUTF(identity.name());
    out.writeUTF(identity.hardware());
    out.writeUTF(identity.softwareName());
    out.writeUTF(identity.softwareVersion());
    return bytes.toByteArray();
  }

  static ModelIdentity identity(byte[] record) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
    return new ModelIdentity(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
  }

  /// @throws IOException when a text is longer than 65,535 bytes
  static byte[] bytes(PastExecution execution) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeDouble(execution.time());
    out.writeDouble(execution.milliseconds());
    out.writeUTF(execution.instance());
    out.writeByte(execution.features().values().size());
    for (Map.Entry<String, Double> feature : execution.features().values().entrySet()) {
      out.writeUTF(feature.getKey());
      out.writeDouble(feature.getValue());
    }
    return bytes.toByteArray();
  }

  /// @throws IOException when it ends early
  /// @throws IllegalArgumentException when a number is none that could have been written
  static PastExecution execution(byte[] record) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
    double time = in.readDouble();
    double milliseconds = in.readDouble();
    String instance = in.readUTF();
    int count = in.readUnsignedByte();
    ImmutableSortedMap.Builder<String, Double> features = ImmutableSortedMap.naturalOrder();
    for (int i = 0; i < count; i++) {
      // Names recur in every record: one copy of each is enough.
      features.put(in.readUTF().intern(), in.readDouble());
    }
    return new PastExecution(
        new Features(features.buildOrThrow()), milliseconds, instance.intern(), time);
  }
}
