package io.swarmpilot.taskinstance.weights;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/// A registry with one archive, and a mood for each request.
final class PackageServer implements AutoCloseable {
  private final HttpServer server;
  private final byte[] archive;
  private final Deque<Mood> moods = new ArrayDeque<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  PackageServer(byte[] archive, Mood... moods) throws IOException {
    this.archive = archive;
    Collections.addAll(this.moods, moods);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/npm";
  }

  /// What was asked for: path and range.
  List<String> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    asked.add(exchange.getRequestURI().getPath() + " " + range);
    Mood mood = moods.isEmpty() ? Mood.GOOD : moods.removeFirst();
    int from = range == null || mood == Mood.FORGETFUL ? 0 : start(range);
    // Only closing the exchange itself hangs up on a body that is not whole.
    try (exchange) {
      OutputStream body = exchange.getResponseBody();
      switch (mood) {
        case ABSENT -> exchange.sendResponseHeaders(404, -1);
        case BUSY -> exchange.sendResponseHeaders(503, -1);
        case CONFUSED -> exchange.sendResponseHeaders(416, -1);
        case TALKATIVE -> {
          exchange.sendResponseHeaders(200, archive.length + 1L);
          body.write(archive);
          body.write(0);
        }
        case GOOD, FORGETFUL, BREAKING, FALSE -> {
          if (from > 0) {
            exchange
                .getResponseHeaders()
                .set("Content-Range", "bytes " + from + "-" + (archive.length - 1) + "/*");
          }
          exchange.sendResponseHeaders(from > 0 ? 206 : 200, archive.length - from);
          int rest = archive.length - from;
          if (mood == Mood.FALSE) {
            body.write(new byte[rest]);
          } else {
            body.write(archive, from, mood == Mood.BREAKING ? rest / 2 : rest);
          }
        }
      }
    } catch (IOException e) {
      // Who breaks off in the middle is told so here.
    }
  }

  private static int start(String range) {
    return Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
  }

  /// How it answers a request.
  enum Mood {
    /// As asked.
    GOOD,
    /// The half of what is asked for, then it hangs up.
    BREAKING,
    /// From the beginning, whatever the range.
    FORGETFUL,
    /// Other bytes.
    FALSE,
    /// More than there is.
    TALKATIVE,
    /// It has no such thing.
    ABSENT,
    /// It has no time.
    BUSY,
    /// It does not know that range.
    CONFUSED
  }
}
