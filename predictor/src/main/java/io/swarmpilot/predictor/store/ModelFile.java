package io.swarmpilot.predictor.store;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import com.google.common.io.ByteStreams;
import com.google.protobuf.ByteString;
import io.swarmpilot.predictor.learn.TrainedModel;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// The format of a model file. All numbers are big-endian:
///
/// | bytes | what |
/// |---|---|
/// | 8 | `SWPMODEL` |
/// | 4 | version of the format, 1 |
/// | 4 | length of the header, h |
/// | 8 | length of the model, m |
/// | h | the header, JSON |
/// | m | the model, as its [ModelCodec] writes it |
/// | 32 | SHA-256 of everything before |
///
/// Nothing in a file is executed, and nothing is believed before its length and digest are right.
final class ModelFile {
  static final int FORMAT = 1;

  private static final byte[] MAGIC = "SWPMODEL".getBytes(StandardCharsets.US_ASCII);
  private static final int PROLOGUE_LENGTH = 24;
  private static final int DIGEST_LENGTH = 32;
  private static final int MAX_HEADER_LENGTH = 1 << 20;
  private static final int MAX_LENGTH = 256 << 20;

  private final ModelCodec codec;

  ModelFile(ModelCodec codec) {
    this.codec = codec;
  }

  void write(StoredModel stored, OutputStream out) throws IOException {
    byte[] header = HeaderJson.write(ModelHeader.of(stored));
    ByteString model = codec.encode(stored.model());
    if ((long) header.length + model.size() > MAX_LENGTH) {
      throw new ModelFileException("the model is too large to be kept");
    }
    HashingOutputStream digesting = new HashingOutputStream(Hashing.sha256(), out);
    DataOutputStream data = new DataOutputStream(digesting);
    data.write(MAGIC);
    data.writeInt(FORMAT);
    data.writeInt(header.length);
    data.writeLong(model.size());
    data.write(header);
    model.writeTo(data);
    data.flush();
    out.write(digesting.hash().asBytes());
  }

  /// The version in a file.
  ///
  /// @throws ModelFileException saying what is wrong with the file
  StoredModel read(Path file) throws IOException {
    if (Files.size(file) > MAX_LENGTH + (long) PROLOGUE_LENGTH + DIGEST_LENGTH) {
      throw new ModelFileException("it is larger than a model can be");
    }
    byte[] bytes = Files.readAllBytes(file);
    Prologue prologue = Prologue.of(bytes);
    long stated = prologue.length();
    if (bytes.length != stated) {
      throw new ModelFileException(
          "it has %d bytes and should have %d".formatted(bytes.length, stated));
    }
    int end = bytes.length - DIGEST_LENGTH;
    HashCode digest = Hashing.sha256().hashBytes(bytes, 0, end);
    if (!Arrays.equals(digest.asBytes(), Arrays.copyOfRange(bytes, end, bytes.length))) {
      throw new ModelFileException("it is damaged: its checksum does not fit");
    }
    int start = PROLOGUE_LENGTH + prologue.header;
    ModelHeader header = HeaderJson.read(Arrays.copyOfRange(bytes, PROLOGUE_LENGTH, start));
    TrainedModel model = codec.decode(ByteString.copyFrom(bytes, start, end - start));
    return new StoredModel(
        header.identity(), header.version(), model, header.origin(), header.trainedAt());
  }

  /// The header of a file, which is otherwise neither read nor checked.
  ///
  /// @throws ModelFileException saying what is wrong with it
  static ModelHeader readHeader(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Prologue prologue = Prologue.of(in.readNBytes(PROLOGUE_LENGTH));
      byte[] header = new byte[prologue.header];
      if (ByteStreams.read(in, header, 0, header.length) < header.length) {
        throw new ModelFileException("it is cut short");
      }
      return HeaderJson.read(header);
    }
  }

  /// The start of a file.
  ///
  /// @param header length of the header
  /// @param model length of the model
  private record Prologue(int header, long model) {
    static Prologue of(byte[] bytes) throws ModelFileException {
      if (bytes.length < PROLOGUE_LENGTH) {
        throw new ModelFileException("it is cut short");
      }
      if (!Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
        throw new ModelFileException("it is no model file");
      }
      ByteBuffer numbers = ByteBuffer.wrap(bytes).position(MAGIC.length);
      int format = numbers.getInt();
      if (format != FORMAT) {
        throw new ModelFileException(
            "it has format %d, and this version reads format %d".formatted(format, FORMAT));
      }
      Prologue prologue = new Prologue(numbers.getInt(), numbers.getLong());
      if (prologue.header < 0
          || prologue.header > MAX_HEADER_LENGTH
          || prologue.model < 0
          || prologue.model > MAX_LENGTH) {
        throw new ModelFileException("it is damaged: it states lengths that no model has");
      }
      return prologue;
    }

    long length() {
      return PROLOGUE_LENGTH + header + model + DIGEST_LENGTH;
    }
  }
}
