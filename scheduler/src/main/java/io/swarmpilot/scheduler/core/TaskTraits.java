package io.swarmpilot.scheduler.core;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.scheduler.policy.Priority;

/// How a task wants to be treated, from its metadata.
///
/// @param priority how urgent it is
/// @param sloMs time after its submission within which it is to be completed, ms; NaN for none
/// @param timeoutMs time after its submission at which it is given up, ms; NaN for never
/// @param costBudget the most it may cost, in the currency of prices; +∞ for any
/// @param user who submitted it, "" when it does not say
/// @param maxTokens most tokens it may generate, 0 when it does not say
/// @param inputTokens tokens of its input, 0 when it does not say
/// @param sheddable whether it may be refused or dropped when it cannot meet its objective
/// @param strategy canonical name of the strategy it asks to be placed by, "" for the one in force
/// @param prefix its prompt as chained hashes of blocks, empty when it tells nothing of it
public record TaskTraits(
    Priority priority,
    double sloMs,
    double timeoutMs,
    double costBudget,
    String user,
    int maxTokens,
    int inputTokens,
    boolean sheddable,
    String strategy,
    ImmutableLongArray prefix) {
  /// Of a task that asks for nothing.
  public static final TaskTraits PLAIN =
      new TaskTraits(
          Priority.NORMAL,
          Double.NaN,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          "",
          0,
          0,
          false,
          "",
          ImmutableLongArray.of());
}
