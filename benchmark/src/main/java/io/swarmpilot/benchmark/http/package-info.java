/// Calls the HTTP servers of a benchmark: small JSON documents, in bounded time.
@NullMarked
package io.swarmpilot.benchmark.http;

import org.jspecify.annotations.NullMarked;
