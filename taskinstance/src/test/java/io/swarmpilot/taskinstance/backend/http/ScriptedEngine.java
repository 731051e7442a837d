package io.swarmpilot.taskinstance.backend.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;

/// An HTTP server on sockets, so that a test says every byte of its answers, when a connection
/// breaks, and sees when the client ends one.
public final class ScriptedEngine implements AutoCloseable {
  private final ServerSocket listener;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private ScriptedEngine(ServerSocket listener) {
    this.listener = listener;
  }

  /// A server on a free port that answers 404 to everything.
  public static ScriptedEngine start() throws IOException {
    return start(ServerSocketFactory.getDefault());
  }

  private static ScriptedEngine start(ServerSocketFactory sockets) throws IOException {
    ScriptedEngine engine =
        new ScriptedEngine(sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().name("scripted-engine").start(engine::accept);
    return engine;
  }

  /// A server of OpenAI's interface that has one model, as vLLM answers.
  public static ScriptedEngine likeVllm(String model) throws IOException {
    return likeVllm(model, ServerSocketFactory.getDefault());
  }

  /// The same on sockets of another kind.
  public static ScriptedEngine likeVllm(String model, ServerSocketFactory sockets)
      throws IOException {
    return start(sockets)
        .json("/health", 200, "")
        .json("/version", 200, "{\"version\":\"0.9.1\"}")
        .json(
            "/v1/models",
            200,
            "{\"object\":\"list\",\"data\":[{\"id\":\"%s\",\"owned_by\":\"vllm\"}]}"
                .formatted(model));
  }

  /// A server of Ollama's interface that has one model.
  public static ScriptedEngine likeOllama(String model) throws IOException {
    return start()
        .json("/api/tags", 200, "{\"models\":[{\"name\":\"%s:latest\"}]}".formatted(model))
        .json("/api/version", 200, "{\"version\":\"0.11.4\"}");
  }

  /// Answers a path by a script from now on.
  public ScriptedEngine on(String path, Script script) {
    scripts.put(path, script);
    return this;
  }

  /// Answers a path by a JSON text from now on.
  public ScriptedEngine json(String path, int status, String body) {
    return on(path, reply -> reply.json(status, body));
  }

  public String url() {
    return (listener instanceof SSLServerSocket ? "https" : "http")
        + "://127.0.0.1:"
        + listener.getLocalPort();
  }

  /// The requests so far to a path.
  public List<Received> received(String path) {
    return received.stream().filter(request -> request.path.equals(path)).toList();
  }

  /// Connections that were made so far.
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().name("scripted-connection").start(() -> serve(socket));
      }
    } catch (IOException e) {
      // The test has closed it.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String head = line(in);
      while (!head.isEmpty()) {
        Received request = read(head, in);
        received.add(request);
        scripts
            .getOrDefault(request.path, reply -> reply.json(404, "{\"detail\":\"Not Found\"}"))
            .answer(new Reply(socket, in));
        head = line(in);
      }
    } catch (IOException | UncheckedIOException e) {
      // The client or the script has ended the connection.
    }
  }

  private static Received read(String head, InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Received(head.split(" ", -1)[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  /// What a request was.
  public record Received(String path, Map<String, String> headers, String body) {
    public Received {
      headers = Map.copyOf(headers);
    }
  }

  /// How a request is answered.
  @FunctionalInterface
  public interface Script {
    void answer(Reply reply) throws IOException;
  }

  /// The answer to one request.
  public static final class Reply {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Reply(Socket socket, InputStream in) throws IOException {
      this.socket = socket;
      this.in = in;
      this.out = socket.getOutputStream();
    }

    public void json(int status, String body) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      write(
          "HTTP/1.1 %d Scripted\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(status, bytes.length));
      out.write(bytes);
    }

    /// Begins an answer in pieces.
    public Reply stream(String contentType) throws IOException {
      write(
          "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
              .formatted(contentType));
      return this;
    }

    /// Sends a piece.
    public Reply send(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return send(bytes, 0, bytes.length);
    }

    /// Sends every byte as a piece of its own.
    public Reply sendByBytes(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < bytes.length; i++) {
        send(bytes, i, 1);
      }
      return this;
    }

    /// Ends an answer in pieces in good order.
    public void end() throws IOException {
      write("0\r\n\r\n");
    }

    /// Ends the connection in the middle of whatever was said.
    public void drop() throws IOException {
      socket.close();
    }

    /// Waits until the client has ended the connection.
    public void awaitDisconnect() {
      try {
        boolean ended = false;
        while (!ended) {
          ended = in.read() < 0;
        }
      } catch (IOException e) {
        // It was reset.
      }
    }

    private Reply send(byte[] bytes, int from, int length) throws IOException {
      write(Integer.toHexString(length) + "\r\n");
      out.write(bytes, from, length);
      write("\r\n");
      return this;
    }

    private void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
