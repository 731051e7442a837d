package io.swarmpilot.predictor.learn;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;

/// A binary decision tree over rows of numbers.
///
/// Nodes are numbered from the root, 0; an inner node tests whether a number is at most a threshold
/// and goes to `children[2 n]` if so, else (or if it is missing) to `children[2 n + 1]`. A negative
/// child is the complement of a leaf's number.
///
/// @param features column that each inner node tests
/// @param thresholds what it is tested against
/// @param children two for each inner node
/// @param leaves how many leaves there are
record Tree(
    ImmutableIntArray features,
    ImmutableDoubleArray thresholds,
    ImmutableIntArray children,
    int leaves) {}
