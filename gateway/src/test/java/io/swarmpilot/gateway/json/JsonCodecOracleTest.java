package io.swarmpilot.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import com.google.protobuf.util.JsonFormat;
import io.swarmpilot.proto.predictor.v1.PredictBatchResponse;
import io.swarmpilot.proto.predictor.v1.ReportExecutionsRequest;
import io.swarmpilot.proto.scheduler.v1.ListTasksResponse;
import io.swarmpilot.proto.taskinstance.v1.DispatchResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random messages, protobuf's own JSON as the oracle.
class JsonCodecOracleTest {
  private static final int SEEDS = 120;

  static List<Message> types() {
    return List.of(
        Samples.everythingDefault(),
        ListTasksResponse.getDefaultInstance(),
        PredictBatchResponse.getDefaultInstance(),
        ReportExecutionsRequest.getDefaultInstance(),
        DispatchResponse.getDefaultInstance());
  }

  @ParameterizedTest
  @MethodSource("types")
  void protobufReadsWhatItWrites(Message prototype) throws InvalidProtocolBufferException {
    for (int seed = 0; seed < SEEDS; seed++) {
      Message message = Samples.message(prototype, new Random(seed));
      String json =
          text(JsonCodec.of(prototype.getDescriptorForType()).toJson(message.toByteArray()));
      Message.Builder read = prototype.newBuilderForType();
      JsonFormat.parser().merge(json, read);
      assertThat(read.build()).as("seed %d: %s", seed, json).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void readsWhatProtobufWrites(Message prototype) throws InvalidProtocolBufferException {
    for (int seed = 0; seed < SEEDS; seed++) {
      Message message = Samples.message(prototype, new Random(seed));
      String camel = JsonFormat.printer().print(message);
      String snake = JsonFormat.printer().preservingProtoFieldNames().print(message);
      for (String json : List.of(camel, snake)) {
        Message read = JsonCodec.fromJson(json.getBytes(StandardCharsets.UTF_8), prototype);
        assertThat(read).as("seed %d: %s", seed, json).isEqualTo(message);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void theOrderAndRepetitionOfWireFieldsMeanWhatTheyMeanToProtobuf(Message prototype)
      throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomGenerator random = new Random(seed);
      byte[] wire = shuffled(prototype, random);
      Message meant = prototype.newBuilderForType().mergeFrom(wire).build();
      JsonCodec codec = JsonCodec.of(prototype.getDescriptorForType());
      Message.Builder read = prototype.newBuilderForType();
      JsonFormat.parser().merge(text(codec.toJson(wire)), read);
      assertThat(read.build()).as("seed %d", seed).isEqualTo(meant);
    }
  }

  /// The fields of two messages of the type in random order.
  private static byte[] shuffled(Message prototype, RandomGenerator random) throws IOException {
    List<ByteString> records = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      byte[] wire = Samples.message(prototype, random).toByteArray();
      CodedInputStream in = CodedInputStream.newInstance(wire);
      int from = 0;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        assertThat(WireFormat.getTagFieldNumber(tag)).isPositive();
        in.skipField(tag);
        records.add(ByteString.copyFrom(wire, from, in.getTotalBytesRead() - from));
        from = in.getTotalBytesRead();
      }
    }
    Collections.shuffle(records, new Random(random.nextLong()));
    return ByteString.copyFrom(records).toByteArray();
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
