package io.swarmpilot.launcher.performance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server of OpenAI's chats whose tokens come at a fixed pace: `max_tokens` of them, `gap_us`
/// microseconds apart. It works on so many requests at the same moment; others wait their turn.
final class PacedEngine implements AutoCloseable {
  static final String MODEL = "paced";

  private static final Pattern TOKENS = Pattern.compile("\"max_tokens\":\\s*(\\d+)");
  private static final Pattern GAP = Pattern.compile("\"gap_us\":\\s*(\\d+)");
  private static final String CHUNK =
      "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,"
          + "\"delta\":{\"content\":\"token \"},\"finish_reason\":%s}]}\n\n";
  private static final byte[] HEAD =
      text(
          """
          HTTP/1.1 200 OK\r
          Content-Type: text/event-stream\r
          Transfer-Encoding: chunked\r
          \r
          """);
  private static final byte[] TOKEN = chunk(CHUNK.formatted("null"));
  private static final byte[] LAST =
      chunk(CHUNK.formatted("\"stop\"") + "data: [DONE]\n\n", "0\r\n\r\n");

  private final ServerSocket listener;
  private final Semaphore slots;

  private PacedEngine(ServerSocket listener, int slots) {
    this.listener = listener;
    this.slots = new Semaphore(slots, true);
  }

  static PacedEngine start(int slots) throws IOException {
    PacedEngine engine =
        new PacedEngine(new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress()), slots);
    Thread.ofVirtual().name("paced-engine").start(engine::accept);
    return engine;
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        Thread.ofVirtual().name("paced-connection").start(() -> serve(socket));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String head = line(in); !head.isEmpty(); head = line(in)) {
        String body = body(in);
        if (head.startsWith("POST")) {
          chat(body, out);
        } else {
          about(head, out);
        }
      }
    } catch (IOException e) {
      // The client has left.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void chat(String body, OutputStream out) throws IOException, InterruptedException {
    int tokens = number(TOKENS, body);
    long gapNanos = number(GAP, body) * 1_000L;
    slots.acquire();
    try {
      out.write(HEAD);
      long start = System.nanoTime();
      for (int i = 1; i <= tokens; i++) {
        long due = start + i * gapNanos;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        out.write(i < tokens ? TOKEN : LAST);
      }
    } finally {
      slots.release();
    }
  }

  private static void about(String head, OutputStream out) throws IOException {
    String answer =
        head.contains("/v1/models")
            ? "{\"data\":[{\"id\":\"" + MODEL + "\",\"owned_by\":\"paced\"}]}"
            : "{}";
    String status = head.contains("/metrics") ? "404 Not Found" : "200 OK";
    out.write(
        text(
            "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, answer.length(), answer)));
  }

  private static String body(InputStream in) throws IOException {
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  private static int number(Pattern setting, String body) {
    Matcher found = setting.matcher(body);
    if (!found.find()) {
      throw new IllegalArgumentException("the request has no " + setting);
    }
    return Integer.parseInt(found.group(1));
  }

  private static byte[] chunk(String data) {
    return chunk(data, "");
  }

  private static byte[] chunk(String data, String end) {
    return text(Integer.toHexString(data.length()) + "\r\n" + data + "\r\n" + end);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
