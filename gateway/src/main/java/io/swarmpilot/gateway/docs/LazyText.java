package io.swarmpilot.gateway.docs;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A text that is made when it is first wanted: documents cost start-up time that most runs never
/// get back.
final class LazyText {
  private final Supplier<String> maker;
  private volatile @Nullable String made;

  LazyText(Supplier<String> maker) {
    this.maker = maker;
  }

  /// The text; making it twice when two ask at once does no harm.
  String get() {
    String known = made;
    if (known == null) {
      known = maker.get();
      made = known;
    }
    return known;
  }
}
