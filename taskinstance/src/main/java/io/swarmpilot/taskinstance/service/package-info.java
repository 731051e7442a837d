/// The calls that clients and operators make.
@NullMarked
package io.swarmpilot.taskinstance.service;

import org.jspecify.annotations.NullMarked;
