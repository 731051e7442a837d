/// What runs a model: the interface that every engine is driven through, and their registry.
@NullMarked
package io.swarmpilot.taskinstance.backend;

import org.jspecify.annotations.NullMarked;
