/// Commands of the policy lab: experiments on traces, without a running mesh.
@NullMarked
package io.swarmpilot.launcher.lab;

import org.jspecify.annotations.NullMarked;
