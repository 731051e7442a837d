/// REST by the `google.api.http` rules of the descriptors: routes, binding, answers, errors.
@NullMarked
package io.swarmpilot.gateway.rest;

import org.jspecify.annotations.NullMarked;
