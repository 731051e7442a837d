/// Admits task instances: address checks, reachability and health.
@NullMarked
package io.swarmpilot.scheduler.registry;

import org.jspecify.annotations.NullMarked;
