package io.swarmpilot.predictor.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableDirectoryTest {
  @TempDir Path home;
  private Path tables;
  private Path secret;
  private TableDirectory directory;

  @BeforeEach
  void layOut() throws IOException {
    tables = home.resolve("tables");
    Files.createDirectories(tables.resolve("sub"));
    secret = Files.writeString(home.resolve("secret.json"), "[]");
    Files.writeString(tables.resolve("good.json"), "[]");
    Files.writeString(tables.resolve("sub/nested.json"), "[]");
    Files.createDirectories(home.resolve("tables-evil"));
    Files.writeString(home.resolve("tables-evil/x.json"), "[]");
    Files.createSymbolicLink(tables.resolve("link.json"), secret);
    Files.createSymbolicLink(tables.resolve("out"), home);
    Files.createSymbolicLink(tables.resolve("alias.json"), tables.resolve("good.json"));
    Files.createSymbolicLink(tables.resolve("loop.json"), tables.resolve("loop.json"));
    Files.createSymbolicLink(tables.resolve("dangling.json"), home.resolve("nowhere.json"));
    directory = new TableDirectory(tables, Optional.empty());
  }

  @Test
  void resolvesNamesAndPathsWithinTheDirectory() throws TableException, IOException {
    Path good = tables.resolve("good.json").toRealPath();

    assertThat(directory.resolve("good.json")).isEqualTo(good);
    assertThat(directory.resolve("./good.json")).isEqualTo(good);
    assertThat(directory.resolve("alias.json")).isEqualTo(good);
    assertThat(directory.resolve(tables.resolve("good.json").toString())).isEqualTo(good);
    assertThat(directory.resolve("sub/nested.json"))
        .isEqualTo(good.resolveSibling("sub/nested.json"));
  }

  @Test
  void refusesEverySpellingOfAWayOut() {
    List<String> spellings = waysOut();

    assertThat(spellings).hasSizeGreaterThanOrEqualTo(60);
    for (String spelling : spellings) {
      TableException refusal =
          catchThrowableOfType(TableException.class, () -> directory.resolve(spelling));
      assertThat(refusal).as("spelling <%s>", spelling).isNotNull();
      assertThat(refusal.message())
          .as("spelling <%s>", spelling)
          .isEqualTo("Lookup table not allowed: give the name of a file in the table directory");
    }
  }

  private List<String> waysOut() {
    List<String> spellings = new ArrayList<>();
    for (String up :
        List.of(
            "../",
            "./../",
            "sub/../../",
            "..//",
            ".././",
            "/../",
            "a/b/../../../",
            "sub/./../../",
            "good.json/../../",
            "..\\",
            "..\\/",
            "../sub/../../",
            "//../",
            "../tables/../")) {
      spellings.add(up + "secret.json");
      spellings.add(up.repeat(8) + "etc/passwd");
    }
    for (String dot :
        List.of("%2e", "%2E", "%252e", "%c0%ae", "%u002e%2e", "%00%2e", ".%2e", "%2e.")) {
      spellings.add(dot + dot + "/secret.json");
      spellings.add(dot + dot + "%2fsecret.json");
      spellings.add(dot + dot + "%5csecret.json");
    }
    for (String odd :
        List.of(
            "\0",
            "good.json\0",
            "../secret.json\0.json",
            "good.json\n",
            "\r../secret.json",
            "\t",
            "good\\json",
            "C:\\windows\\win.ini",
            "\\\\host\\share\\x.json",
            "..\\..\\secret.json",
            "",
            " ",
            "   ",
            "..",
            "../",
            "/..",
            "sub/..",
            "..%2f..%2fsecret.json")) {
      spellings.add(odd);
    }
    spellings.addAll(
        List.of(
            "/etc/passwd",
            "/",
            "//etc/passwd",
            "/proc/self/environ",
            "/dev/zero",
            "/dev/stdin",
            secret.toString(),
            home.toString(),
            home.resolve("tables-evil/x.json").toString(),
            tables + "-evil/x.json",
            tables + "/../secret.json",
            "link.json",
            "./link.json",
            "out/secret.json",
            "out/tables-evil/x.json",
            tables.resolve("link.json").toString(),
            "a".repeat(513),
            "../".repeat(500)));
    return spellings;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "absent.json",
        ".",
        "sub",
        "sub/",
        "dangling.json",
        "good.json/x",
        "file:///etc/passwd",
        "~/x",
        "．．／secret.json",
        "…/secret.json",
        "%x",
        "$HOME/x.json",
        "out/absent.json",
        "good.json ",
      })
  void saysThatThereIsNoSuchTable(String name) {
    assertThatExceptionOfType(TableException.class)
        .isThrownBy(() -> directory.resolve(name))
        .withMessageStartingWith("Lookup table ")
        .withMessageContaining(name);
  }

  @Test
  void survivesALinkToItself() {
    assertThatExceptionOfType(TableException.class)
        .isThrownBy(() -> directory.resolve("loop.json"))
        .withMessage("Lookup table loop.json cannot be opened");
  }

  @Test
  void theDefaultTableMayLieElsewhere() throws TableException, IOException {
    TableDirectory withDefault = new TableDirectory(tables, Optional.of(secret));

    assertThat(withDefault.defaultTable()).contains(secret.toRealPath());
    assertThat(withDefault.resolve(secret.toString())).isEqualTo(secret.toRealPath());
    assertThat(withDefault.resolve("secret.json")).isEqualTo(secret.toRealPath());
    assertThatExceptionOfType(TableException.class)
        .isThrownBy(() -> withDefault.resolve("../secret.json"));
    assertThatExceptionOfType(TableException.class)
        .isThrownBy(() -> withDefault.resolve(home.resolve("tables-evil/x.json").toString()));
  }

  @Test
  void aFileOfTheDirectoryHidesADefaultTableOfTheSameName() throws TableException, IOException {
    Path other = Files.writeString(home.resolve("good.json"), "[]");

    assertThat(new TableDirectory(tables, Optional.of(other)).resolve("good.json"))
        .isEqualTo(tables.resolve("good.json").toRealPath());
  }

  @Test
  void theDefaultTableMayBeNamedByItsFileName() throws IOException {
    assertThat(new TableDirectory(tables, Optional.of(Path.of("good.json"))).defaultTable())
        .contains(tables.resolve("good.json").toRealPath());
  }

  @Test
  void listsTablesWithoutFollowingLinksOut() throws IOException {
    Files.writeString(tables.resolve("notes.txt"), "x");
    Files.writeString(tables.resolve("z.CSV.gz"), "x");

    assertThat(directory.list())
        .containsExactly(
            tables.resolve("good.json").toRealPath(), tables.resolve("z.CSV.gz").toRealPath());
  }

  @Test
  void isUnusableWhenItIsGone() throws IOException, TableException {
    assertThat(directory.isUsable()).isTrue();
    TableDirectory absent = new TableDirectory(home.resolve("absent"), Optional.of(secret));

    assertThat(absent.isUsable()).isFalse();
    assertThat(absent.list()).containsExactly(secret.toRealPath());
    assertThat(absent.resolve("secret.json")).isEqualTo(secret.toRealPath());
    assertThatExceptionOfType(TableException.class).isThrownBy(() -> absent.resolve("good.json"));
  }
}
