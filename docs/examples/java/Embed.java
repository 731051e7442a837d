import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmpilot.client.Json;
import io.swarmpilot.client.MeshClient;
import io.swarmpilot.client.MeshClientException;
import io.swarmpilot.client.Submission;
import io.swarmpilot.client.Task;

/// Embeds three words through the mesh and compares them. Usage: Embed.java [http://host:port]
static final String MODEL = "all-minilm-l6-v2";

static final JsonMapper JSON = JsonMapper.builder().build();

void main(String... args) throws Exception {
  try (MeshClient mesh = new MeshClient(args.length > 0 ? args[0] : MeshClient.DEFAULT_URL)) {
    List<Submission> submitted =
        Stream.of("food", "bread", "movie").map(word -> submit(mesh, word)).toList();
    List<double[]> embeddings = new ArrayList<>();
    for (Submission task : submitted) {
      embeddings.add(embedding(mesh.waitForCompletion(task.taskId())));
    }
    System.out.printf("cosine(food, bread) = %.3f%n", cosine(embeddings.get(0), embeddings.get(1)));
    System.out.printf("cosine(food, movie) = %.3f%n", cosine(embeddings.get(0), embeddings.get(2)));

    try {
      mesh.submitTask(MODEL, "[]");
    } catch (MeshClientException refused) {
      System.out.printf("a wrong input answers %s: %s%n", refused.code(), refused.getMessage());
    }
  }
}

/// Submits one text; the answer says where it was placed.
Submission submit(MeshClient mesh, String text) {
  return mesh.submitTask(MODEL, Json.of(Map.of("text", text)));
}

/// The vector in the result of a completed task.
double[] embedding(Task task) throws IOException {
  JsonNode vector = JSON.readTree(task.result().orElseThrow()).required("embedding");
  return vector.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
}

/// Cosine of the angle between two vectors.
double cosine(double[] a, double[] b) {
  double dot = 0;
  double squaresOfA = 0;
  double squaresOfB = 0;
  for (int i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    squaresOfA += a[i] * a[i];
    squaresOfB += b[i] * b[i];
  }
  return dot / Math.sqrt(squaresOfA * squaresOfB);
}
