import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An inference server of one file that speaks OpenAI's interface and knows no model: its answers
/// are numbered words, at the pace it is told. It stands in for a real engine where there is none:
///
/// ```console
/// $ java docs/examples/engine/TinyEngine.java --port 8000 --model tiny --token-ms 20
/// ```
///
/// Options, each with a value: `--port`; `--model`; `--token-ms`, time per word (20);
/// `--start-ms`, time before it listens (0); `--child-ms`, starts a process beside it that sleeps so
/// long (0: none); `--stubborn true` does not end when it is asked to. `GET /answering` tells how
/// many requests it is answering, `GET /crash` ends it with code 3.
public final class TinyEngine {
  private static final Pattern MAX_TOKENS = Pattern.compile("\"max_tokens\"\\s*:\\s*(\\d+)");
  private static final int DEFAULT_TOKENS = 16;

  private final String model;
  private final long tokenMillis;
  private final AtomicInteger answering = new AtomicInteger();

  private TinyEngine(String model, long tokenMillis) {
    this.model = model;
    this.tokenMillis = tokenMillis;
  }

  /// Serves until it is told to end.
  public static void main(String[] args) throws Exception {
    Map<String, String> options = new TreeMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    System.out.println("tiny engine: CUDA_VISIBLE_DEVICES=" + System.getenv("CUDA_VISIBLE_DEVICES"));
    long childMillis = number(options, "--child-ms", 0);
    if (childMillis > 0) {
      Process child =
          new ProcessBuilder("sleep", Long.toString(childMillis / 1_000)).inheritIO().start();
      System.out.println("tiny engine: child " + child.pid());
    }
    if (options.getOrDefault("--stubborn", "false").equals("true")) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> sleep(Long.MAX_VALUE)));
    }
    sleep(number(options, "--start-ms", 0));
    TinyEngine engine =
        new TinyEngine(options.getOrDefault("--model", "tiny"), number(options, "--token-ms", 20));
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), (int) number(options, "--port", 8_000)),
            0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/health", exchange -> answer(exchange, 200, "{}"));
    server.createContext("/v1/models", engine::models);
    server.createContext("/v1/chat/completions", engine::chat);
    server.createContext("/answering", engine::answering);
    server.createContext("/crash", exchange -> crash());
    server.start();
    System.out.println("tiny engine: listening on " + server.getAddress());
  }

  private void models(HttpExchange exchange) throws IOException {
    answer(exchange, 200, "{\"object\":\"list\",\"data\":[{\"id\":\"" + model + "\"}]}");
  }

  private void answering(HttpExchange exchange) throws IOException {
    answer(exchange, 200, "{\"answering\":" + answering.get() + "}");
  }

  private static void crash() {
    System.out.println("tiny engine: out of memory, or so it says");
    Runtime.getRuntime().halt(3);
  }

  private void chat(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Matcher asked = MAX_TOKENS.matcher(request);
    int tokens = asked.find() ? Integer.parseInt(asked.group(1)) : DEFAULT_TOKENS;
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    answering.incrementAndGet();
    try (OutputStream out = exchange.getResponseBody()) {
      for (int i = 1; i <= tokens; i++) {
        sleep(tokenMillis);
        send(out, "{\"content\":\"word" + i + " \"}", i == tokens ? "\"length\"" : "null");
      }
      String usage = "{\"prompt_tokens\":1,\"completion_tokens\":" + tokens + "}";
      write(out, "{\"choices\":[],\"usage\":" + usage + "}");
      write(out, "[DONE]");
    } finally {
      answering.decrementAndGet();
    }
  }

  private void send(OutputStream out, String delta, String finish) throws IOException {
    write(
        out,
        "{\"object\":\"chat.completion.chunk\",\"model\":\""
            + model
            + "\",\"choices\":[{\"index\":0,\"delta\":"
            + delta
            + ",\"finish_reason\":"
            + finish
            + "}]}");
  }

  private static void write(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static long number(Map<String, String> options, String name, long absent) {
    String value = options.get(name);
    return value == null ? absent : Long.parseLong(value);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
