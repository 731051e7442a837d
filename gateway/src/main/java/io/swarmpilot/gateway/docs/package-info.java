/// What the descriptors say, for people: OpenAPI and its page.
@NullMarked
package io.swarmpilot.gateway.docs;

import org.jspecify.annotations.NullMarked;
