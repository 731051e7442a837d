/// Measures what the mesh costs beside a bare gRPC call, and how well it foretells. Run by a
/// profile, never as a test.
@NullMarked
package io.swarmpilot.launcher.performance;

import org.jspecify.annotations.NullMarked;
