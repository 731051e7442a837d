/// Proves the commands of the policy lab as they are typed.
@NullMarked
package io.swarmpilot.launcher.lab;

import org.jspecify.annotations.NullMarked;
