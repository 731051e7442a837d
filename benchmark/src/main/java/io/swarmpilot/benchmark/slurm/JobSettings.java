package io.swarmpilot.benchmark.slurm;

/// What a job needs to know beyond its recipe.
///
/// @param recipe path of the recipe on the cluster
/// @param swarmpilot path of the `swarmpilot` script on the cluster
/// @param outputDirectory directory for logs and results, shared by the nodes
public record JobSettings(String recipe, String swarmpilot, String outputDirectory) {}
