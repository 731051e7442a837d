/// What readers see: immutable snapshots of tasks and instances, published by the loop.
@NullMarked
package io.swarmpilot.scheduler.view;

import org.jspecify.annotations.NullMarked;
