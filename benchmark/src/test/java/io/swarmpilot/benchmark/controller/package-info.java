/// Tests of controllers with real executors.
@NullMarked
package io.swarmpilot.benchmark.controller;

import org.jspecify.annotations.NullMarked;
