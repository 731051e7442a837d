package io.swarmpilot.taskinstance.weights;

/// A file of a model.
///
/// @param name name it is kept under
/// @param from package that holds it
/// @param member its path in there
/// @param bytes its size
/// @param sha256 its checksum, in hexadecimal
public record WeightFile(
    String name, WeightPackage from, String member, long bytes, String sha256) {}
