/// The contract as data: the cases of `contract/*.json`, run against a mesh of this process over
/// HTTP, over gRPC and through in-process channels.
///
/// To add a case, add a scenario to a file there: [Step] and [Expectation] say what a step can do,
/// [Shape] what can be asked of an answer. It needs no Java.
@NullMarked
package io.swarmpilot.launcher.contract;

import org.jspecify.annotations.NullMarked;
