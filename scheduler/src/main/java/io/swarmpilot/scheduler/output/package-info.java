/// Partial output on its way from instances to those who follow tasks: asked for only while
/// somebody does, kept in one bounded place for all readers of a task.
@NullMarked
package io.swarmpilot.scheduler.output;

import org.jspecify.annotations.NullMarked;
