package io.swarmpilot.taskinstance.backend;

/// Takes what an execution has to show before it ends. Used by the execution's own thread; nothing
/// here blocks or throws.
///
/// What is shown goes to whoever follows the task at that moment; the latest part is kept for those
/// who come later, within bounds. Who reads too slowly misses pieces and can tell by their numbers.
/// The result is returned whole by [Replica#run] whatever was shown.
public interface ExecutionOutput {
  /// Of an execution that nobody watches.
  ExecutionOutput NONE =
      new ExecutionOutput() {
        @Override
        public void emit(String json) {}

        @Override
        public void frame(String json) {}

        @Override
        public void tokens(long prompt, long completion) {}
      };

  /// Shows a piece of output, the JSON text of any value. Its time counts: the first is the time to
  /// first output, each further one ends a gap.
  void emit(String json);

  /// Shows what belongs to the answer without being output, such as the opening of a message; the
  /// JSON text of any value.
  void frame(String json);

  /// Tells how many tokens the task had; a negative number when it is not known.
  void tokens(long prompt, long completion);
}
