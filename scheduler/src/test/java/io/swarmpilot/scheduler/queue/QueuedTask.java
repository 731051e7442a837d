package io.swarmpilot.scheduler.queue;

/// A task as the tests of the queue know it.
final class QueuedTask {
  final long sequence;
  final double arrivalMs;
  final double costMs;
  double chargedMs;
  int band;
  String user = "";
  double key;
  int orderClass;
  double urgency;
  boolean demoted;
  final QueueEntry<QueuedTask> entry;

  QueuedTask(long sequence, double arrivalMs, double costMs) {
    this.sequence = sequence;
    this.arrivalMs = arrivalMs;
    this.costMs = costMs;
    this.entry = new QueueEntry<>(this, sequence);
  }

  QueuedTask of(String user) {
    this.user = user;
    return this;
  }

  QueuedTask band(int band) {
    this.band = band;
    return this;
  }

  QueuedTask key(double key) {
    this.key = key;
    return this;
  }

  void addTo(CentralQueue<QueuedTask> queue) {
    queue.add(entry, band, user, key, orderClass, costMs, arrivalMs);
  }

  @Override
  public String toString() {
    return "task " + sequence;
  }

  /// Sorts by what the tasks say themselves.
  static final class OwnKeys implements Keys<QueuedTask> {
    @Override
    public int band(QueuedTask task) {
      return task.band;
    }

    @Override
    public String user(QueuedTask task) {
      return task.user;
    }

    @Override
    public double key(QueuedTask task) {
      return task.key;
    }

    @Override
    public int orderClass(QueuedTask task) {
      return task.orderClass;
    }
  }
}
