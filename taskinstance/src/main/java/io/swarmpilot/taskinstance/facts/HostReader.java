package io.swarmpilot.taskinstance.facts;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.HardwareAbstractionLayer;

/// Asks the operating system what machine this is.
final class HostReader {
  private static final Logger log = LoggerFactory.getLogger(HostReader.class);

  private HostReader() {}

  /// What it says; nothing where it cannot be asked. The first call takes up to a second of
  /// computing, for all instances of this process.
  static Optional<HostFacts> read() {
    return Once.FACTS;
  }

  private static Optional<HostFacts> ask() {
    try {
      SystemInfo system = new SystemInfo();
      HardwareAbstractionLayer hardware = system.getHardware();
      CentralProcessor processor = hardware.getProcessor();
      return Optional.of(
          new HostFacts(
              system.getOperatingSystem().toString(),
              System.getProperty("os.arch", ""),
              processor.getProcessorIdentifier().getName().strip(),
              processor.getPhysicalProcessorCount(),
              processor.getLogicalProcessorCount(),
              hardware.getMemory().getTotal()));
    } catch (RuntimeException | LinkageError e) {
      log.warn("the facts about this machine cannot be read: {}", e.toString());
      return Optional.empty();
    }
  }

  /// Machines do not change while a process runs.
  private static final class Once {
    static final Optional<HostFacts> FACTS = ask();
  }
}
