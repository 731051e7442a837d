package io.swarmpilot.taskinstance.queue;

/// A piece of a task's partial output.
///
/// @param sequence its number, from 0; one that is missing was dropped
/// @param frame whether it belongs to the answer without being output
/// @param json JSON text of any value
public record OutputPiece(int sequence, boolean frame, String json) {}
