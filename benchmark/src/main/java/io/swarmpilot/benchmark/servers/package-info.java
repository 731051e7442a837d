/// What a benchmark does with inference servers before load: health, models, settings, Ray.
@NullMarked
package io.swarmpilot.benchmark.servers;

import org.jspecify.annotations.NullMarked;
