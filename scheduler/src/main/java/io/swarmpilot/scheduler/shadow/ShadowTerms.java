package io.swarmpilot.scheduler.shadow;

/// What a shadow is to be.
///
/// @param name its name, unique among the shadows
/// @param strategy canonical name of its strategy
/// @param window the last tasks that its figures are about, at least 1
/// @param longestLag how far it may stay behind for want of an execution time before it goes on
///   with the predicted one, ns
/// @param startedUnix when it was started, Unix seconds
public record ShadowTerms(
    String name, String strategy, int window, long longestLag, double startedUnix) {}
