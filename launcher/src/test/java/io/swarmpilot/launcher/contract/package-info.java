/// The contract as data: the cases of `contract/*.json`, run against a mesh of this process over
/// HTTP, over gRPC and through in-process channels.
@NullMarked
package io.swarmpilot.launcher.contract;

import org.jspecify.annotations.NullMarked;
