package io.swarmpilot.launcher.stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// A server that speaks OpenAI's interface: every chat is the tokens 0 to 4, one for each permit.
final class GatedEngine implements AutoCloseable {
  static final int TOKENS = 5;

  private final HttpServer server;
  private final Semaphore permits = new Semaphore(0);
  private final Semaphore asked = new Semaphore(0);

  private GatedEngine(HttpServer server) {
    this.server = server;
  }

  static GatedEngine start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    GatedEngine engine = new GatedEngine(server);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/models", call -> json(call, "{\"data\":[{\"id\":\"tiny\"}]}"));
    server.createContext("/v1/chat/completions", engine::chat);
    server.createContext("/", call -> json(call, "{}"));
    server.start();
    return engine;
  }

  /// What a task instance has to be told to use it, with as many slots.
  String settings(int slots) {
    return "{\"backend\":\"openai\",\"base_url\":\"http://127.0.0.1:%d\",\"slots\":%d}"
        .formatted(server.getAddress().getPort(), slots);
  }

  /// Lets so many further tokens out.
  void permit(int tokens) {
    permits.release(tokens);
  }

  /// Waits until so many further chats have begun.
  void awaitChats(int count) throws InterruptedException {
    asked.acquire(count);
  }

  /// Breaks every connection and listens no more.
  @Override
  public void close() {
    server.stop(0);
  }

  private void chat(HttpExchange call) throws IOException {
    call.getRequestBody().readAllBytes();
    call.getResponseHeaders().set("Content-Type", "text/event-stream");
    call.sendResponseHeaders(200, 0);
    asked.release();
    try (OutputStream out = call.getResponseBody()) {
      for (int i = 0; i < TOKENS; i++) {
        permits.acquireUninterruptibly();
        event(out, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%d\"}}]}".formatted(i));
      }
      event(
          out,
          "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
              + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":5}}");
      out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void event(OutputStream out, String json) throws IOException {
    out.write(("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void json(HttpExchange call, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.sendResponseHeaders(200, bytes.length);
    try (OutputStream out = call.getResponseBody()) {
      out.write(bytes);
    }
  }
}
