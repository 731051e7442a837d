package io.swarmpilot.predictor.training;

import com.google.protobuf.ByteString;
import io.swarmpilot.predictor.file.ConfinedDirectory;
import io.swarmpilot.predictor.file.UnavailableFile;
import io.swarmpilot.predictor.learn.Sample;
import io.swarmpilot.predictor.trace.Faults;
import io.swarmpilot.predictor.trace.RowFile;
import io.swarmpilot.predictor.trace.RowSink;
import io.swarmpilot.predictor.trace.SampleLimits;
import io.swarmpilot.predictor.trace.SampleList;
import io.swarmpilot.predictor.trace.TraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads what a caller wants learned: the configuration, and the samples in it, beside it, or in a
/// file of the trace directory.
final class SampleSource {
  private static final String FILE = "trace_file";
  private static final int ROWS_A_NOTICE = 1_000;

  private final ConfinedDirectory traces;

  SampleSource(ConfinedDirectory traces) {
    this.traces = traces;
  }

  /// The configuration and the samples; empty when they cannot be learned from, for the reasons
  /// noted.
  Optional<Content> read(TrainingInput input, TrainingWatch watch, Faults faults) {
    SampleList samples = new SampleList();
    RowSink noticing =
        (row, path) -> {
          samples.take(row, path);
          if (samples.size() % ROWS_A_NOTICE == 0) {
            watch.requireWanted();
            watch.at("reading", samples.size(), 0);
          }
        };
    try {
      TrainingConfig config = ConfigReader.read(input.config(), noticing, faults);
      if (faults.areNone()) {
        readFile(config, input.file(), noticing, faults);
      }
      List<Sample> taken = samples.finish(config.hasSamples() ? "samples" : FILE, faults);
      if (faults.areNone()) {
        watch.at("reading", taken.size(), taken.size());
        return Optional.of(new Content(config, taken));
      }
    } catch (TraceException e) {
      faults.add(e);
    }
    return Optional.empty();
  }

  private void readFile(TrainingConfig config, ByteString file, RowSink sink, Faults faults)
      throws TraceException {
    boolean named = !config.traceFile().isEmpty();
    int sources = (config.hasSamples() ? 1 : 0) + (named ? 1 : 0) + (file.isEmpty() ? 0 : 1);
    if (sources != 1) {
      throw new TraceException(
          "samples",
          sources == 0
              ? "Field required; features_list, trace_file or an uploaded file will do as well"
              : "give samples, features_list, trace_file or an uploaded file, only one of them");
    }
    if (named) {
      readNamed(config.traceFile(), sink, faults);
    } else if (!file.isEmpty()) {
      RowFile.read(file.newInput(), FILE, sink, faults);
    }
  }

  private void readNamed(String name, RowSink sink, Faults faults) throws TraceException {
    try {
      Path path = traces.resolve(ConfinedDirectory.spelled(name));
      if (Files.size(path) > SampleLimits.FILE_BYTES) {
        throw new TraceException(
            FILE, "must have at most " + (SampleLimits.FILE_BYTES >> 20) + " MiB");
      }
      try (InputStream content = Files.newInputStream(path)) {
        RowFile.read(content, FILE, sink, faults);
      }
    } catch (UnavailableFile e) {
      throw new TraceException(
          FILE,
          switch (e.reason()) {
            case REFUSED, ELSEWHERE -> "must be the name of a file in the trace directory";
            case ABSENT -> "there is no file " + name + " in the trace directory";
            case UNREADABLE -> name + " cannot be opened";
          });
    } catch (IOException e) {
      throw new TraceException(FILE, name + " cannot be read");
    }
  }

  /// What was read.
  ///
  /// @param config the configuration
  /// @param samples the samples, in their order
  record Content(TrainingConfig config, List<Sample> samples) {}
}
