/// Where settings come from: flags, then environment, then a configuration file, then defaults.
@NullMarked
package io.swarmpilot.launcher.settings;

import org.jspecify.annotations.NullMarked;
