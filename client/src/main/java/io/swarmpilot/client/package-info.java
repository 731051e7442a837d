/// Java client library of the mesh.
///
/// [MeshClient] covers the everyday path: submit a task, wait for it, read its result.
/// [SchedulerClient], [TaskInstanceClient] and [PredictorClient] cover the whole contract of one
/// service each. All speak gRPC, to a gateway port or to a service's own port alike; all throw
/// [MeshClientException]; all are thread-safe and hold one connection until closed. Times are
/// milliseconds where a name ends in `Ms`, Unix seconds where it ends in `Time`. Free-form JSON
/// goes in and comes out as text, so that every digit survives; [Json] writes such text from maps.
@NullMarked
package io.swarmpilot.client;

import org.jspecify.annotations.NullMarked;
