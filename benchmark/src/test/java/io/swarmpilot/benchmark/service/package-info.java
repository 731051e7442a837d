/// Tests of the factory of services.
@NullMarked
package io.swarmpilot.benchmark.service;

import org.jspecify.annotations.NullMarked;
