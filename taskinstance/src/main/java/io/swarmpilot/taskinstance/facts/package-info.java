/// What machine an instance runs on: read once, or now and then in the background, never while
/// somebody waits.
@NullMarked
package io.swarmpilot.taskinstance.facts;

import org.jspecify.annotations.NullMarked;
