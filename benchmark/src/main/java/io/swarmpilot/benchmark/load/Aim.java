package io.swarmpilot.benchmark.load;

import com.google.common.collect.ImmutableList;

/// What a run is aimed at.
///
/// @param targets addresses of servers, `http://host:port`, taken in turn; none for [Api#DUMMY]
///   only. Without a scheme it is http
/// @param api how they are spoken to
/// @param model name of the model; "" where the server needs none
/// @param apiKey sent as a bearer token; "" for none
/// @param stream whether answers are asked for piece by piece; without it there are no gaps and no
///   time to the first output
/// @param maxOutputTokens most output tokens where a prompt does not say; 0 for the server's own
/// @param exactLength whether the server is asked to write as many tokens as a prompt wants, no
///   fewer (`ignore_eos` and `min_tokens`, which vLLM and SGLang know)
public record Aim(
    ImmutableList<String> targets,
    Api api,
    String model,
    String apiKey,
    boolean stream,
    int maxOutputTokens,
    boolean exactLength) {
  /// Refuses an aim at nothing.
  public Aim {
    if (targets.isEmpty() && api != Api.DUMMY) {
      throw new IllegalArgumentException("there is no server to put load on");
    }
    if (model.isEmpty() && needsModel(api)) {
      throw new IllegalArgumentException("a model must be named");
    }
    if (maxOutputTokens < 0) {
      throw new IllegalArgumentException("the most output tokens must be at least 0");
    }
    targets = targets.stream().map(Aim::address).collect(ImmutableList.toImmutableList());
  }

  /// A streaming aim without a key or a limit.
  public static Aim at(Api api, String model, String... targets) {
    return new Aim(ImmutableList.copyOf(targets), api, model, "", true, 0, false);
  }

  private static boolean needsModel(Api api) {
    return api != Api.DUMMY;
  }

  private static String address(String target) {
    String text = target.contains("://") ? target : "http://" + target;
    if (!text.startsWith("http://") && !text.startsWith("https://")) {
      throw new IllegalArgumentException("'" + target + "' is no http or https address");
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
