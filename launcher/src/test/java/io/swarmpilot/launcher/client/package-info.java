/// What the client commands ask and how they show the answer.
@NullMarked
package io.swarmpilot.launcher.client;

import org.jspecify.annotations.NullMarked;
