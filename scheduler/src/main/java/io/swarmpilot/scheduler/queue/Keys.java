package io.swarmpilot.scheduler.queue;

/// Where tasks belong in a [CentralQueue], when all of them are sorted anew. Asked while turns are
/// taken, see [CentralQueue#reorder]. Must not throw.
public interface Keys<T> {
  /// Its band, see [CentralQueue#add].
  int band(T task);

  /// Its user, see [CentralQueue#add].
  String user(T task);

  /// Its key, see [CentralQueue#add].
  double key(T task);

  /// Its order class, see [CentralQueue#add].
  int orderClass(T task);
}
