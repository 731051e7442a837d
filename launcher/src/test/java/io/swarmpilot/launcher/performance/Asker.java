package io.swarmpilot.launcher.performance;

import java.io.IOException;

/// A way to have chats answered.
@FunctionalInterface
interface Asker {
  /// Has a chat answered and notes when its tokens came; blocks until it is.
  void ask(Chat chat, TokenTimes times) throws IOException, InterruptedException;
}
