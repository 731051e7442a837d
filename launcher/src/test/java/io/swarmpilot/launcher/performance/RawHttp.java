package io.swarmpilot.launcher.performance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The cheapest HTTP/1.1 client there is, so that what is measured is the server: one kept-alive
/// connection and one thread each, a request encoded once, an answer read by its content length.
final class RawHttp implements AutoCloseable {
  private final byte[] request;
  private final BlockingQueue<Runnable> waiting;
  private final Thread[] workers;

  RawHttp(String host, int port, String path, String json, int connections) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, host, port, body.length);
    this.request = (head + json).getBytes(StandardCharsets.UTF_8);
    this.waiting = new LinkedBlockingQueue<>(connections);
    this.workers = new Thread[connections];
    for (int i = 0; i < connections; i++) {
      workers[i] = Thread.ofPlatform().daemon().name("raw-http-" + i).start(() -> work(host, port));
    }
  }

  /// Sends the request on a free connection and calls `done` once its answer has been read.
  void post(Runnable done) {
    waiting.add(done);
  }

  @Override
  public void close() {
    for (Thread worker : workers) {
      worker.interrupt();
    }
  }

  private void work(String host, int port) {
    try (Socket socket = new Socket(host, port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
      while (true) {
        Runnable done = waiting.take();
        out.write(request);
        readAnswer(in);
        done.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void readAnswer(InputStream in) throws IOException {
    String status = readLine(in);
    int length = 0;
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).trim());
      }
    }
    byte[] body = in.readNBytes(length);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status + " " + new String(body, StandardCharsets.UTF_8));
    }
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("connection closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
