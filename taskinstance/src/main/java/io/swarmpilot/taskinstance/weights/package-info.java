/// Weights of models that are not part of the distribution: which there are, how they are fetched
/// on request, and where they are kept.
@NullMarked
package io.swarmpilot.taskinstance.weights;

import org.jspecify.annotations.NullMarked;
