package io.swarmpilot.benchmark.recipe.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import io.swarmpilot.benchmark.recipe.Issue;
import io.swarmpilot.benchmark.recipe.Recipe;
import io.swarmpilot.benchmark.recipe.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// The form of recipes, as JSON Schema draft-07. One for whole recipes, one for workloads alone.
public final class RecipeSchema {
  private static final String OWN = "recipe.schema.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Schema nested;
  private final Schema flat;

  private RecipeSchema(Schema nested, Schema flat) {
    this.nested = nested;
    this.flat = flat;
  }

  /// Our own schema.
  public static RecipeSchema own() {
    try (InputStream text = RecipeSchema.class.getResourceAsStream(OWN)) {
      if (text == null) {
        throw new IllegalStateException(OWN + " is not in the jar");
      }
      JsonNode whole = JSON.readTree(text);
      ObjectNode flat = JSON.createObjectNode();
      flat.set("definitions", whole.get("definitions"));
      flat.put("$ref", "#/definitions/flat");
      return new RecipeSchema(compiled(whole), compiled(flat));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A schema from a file; it judges every document.
  ///
  /// @throws RecipeFileException when it is no schema
  public static RecipeSchema from(Path file) {
    try {
      Schema schema = compiled(JSON.valueToTree(RecipeFile.read(file).root()));
      return new RecipeSchema(schema, schema);
    } catch (SchemaException e) {
      throw new RecipeFileException(file, "is not a JSON Schema: " + e.getMessage());
    }
  }

  /// What is wrong with a document's form, each fault once.
  public List<Issue> check(Tree document) {
    Schema schema = Recipe.isNested(document) ? nested : flat;
    List<Issue> issues = new ArrayList<>();
    for (Error error : schema.validate(JSON.<JsonNode>valueToTree(document.root()))) {
      issues.add(Issue.error(path(error), message(error)));
    }
    return List.copyOf(new LinkedHashSet<>(issues));
  }

  private static Schema compiled(JsonNode schema) {
    Schema compiled =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(schema);
    compiled.initializeValidators();
    return compiled;
  }

  private static String path(Error error) {
    NodePath location = error.getInstanceLocation();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < location.getNameCount(); i++) {
      parts.add(String.valueOf(location.getElement(i)));
    }
    if (error.getProperty() != null) {
      parts.add(error.getProperty());
    }
    return String.join(" -> ", parts);
  }

  private static String message(Error error) {
    String path = String.valueOf(error.getInstanceLocation());
    String message = error.getMessage();
    return message.startsWith(path + ": ") ? message.substring(path.length() + 2) : message;
  }
}
