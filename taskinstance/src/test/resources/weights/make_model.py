"""Makes moonshine-tiny/*: models with the inputs and outputs of Moonshine's, and next to no size.

Needs the python package "onnx". Run in this directory.

The encoder makes a vector of every tenth of a second. The decoder answers TOKENS one after another, each found by how
much it remembers, so that a caller who loses its memory gets something else; to a loud sound it answers without end.
"""

import base64

from onnx import TensorProto, checker, helper, save

PIECES = ["<unk>", "<s>", "</s>", "<0xE2>", "<0x82>", "<0xAC>", "\u2581Hello", "\u2581mesh", "!"]
TOKENS = [6, 7, 3, 4, 5, 8]
END = 2
SAMPLES, HEADS, WIDTH = 1600, 2, 3
FLOAT, INT64, BOOL = TensorProto.FLOAT, TensorProto.INT64, TensorProto.BOOL


def constant(name, kind, shape, values):
    return helper.make_tensor(name, kind, shape, values)


def info(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def write(file, name, nodes, inputs, outputs, constants):
    graph = helper.make_graph(nodes, name, inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    checker.check_model(model)
    save(model, file)


def encoder():
    node = helper.make_node
    write(
        "moonshine-tiny/encoder_model.onnx",
        "encoder",
        [
            node("Abs", ["input_values"], ["loudness"]),
            node("Unsqueeze", ["loudness", "one"], ["channel"]),
            node("AveragePool", ["channel"], ["tenths"], kernel_shape=[SAMPLES], strides=[SAMPLES]),
            node("Transpose", ["tenths"], ["last_hidden_state"], perm=[0, 2, 1]),
        ],
        [info("input_values", FLOAT, ["batch", "samples"])],
        [info("last_hidden_state", FLOAT, ["batch", "vectors", 1])],
        [constant("one", INT64, [1], [1])],
    )


def decoder():
    node = helper.make_node
    kinds = [f"{of}.{part}" for of in ("decoder", "encoder") for part in ("key", "value")]
    nodes = [
        # How many steps were made, by what is remembered of them.
        node("Shape", ["past_key_values.0.decoder.key"], ["remembered"], start=2, end=3),
        node("Where", ["use_cache_branch", "remembered", "zero"], ["step"]),
        # Whether the sound is remembered since the first step.
        node("Shape", ["encoder_hidden_states"], ["vectors"], start=1, end=2),
        node("Shape", ["past_key_values.0.encoder.value"], ["known"], start=2, end=3),
        node("Equal", ["vectors", "known"], ["same"]),
        node("Not", ["use_cache_branch"], ["first"]),
        node("Or", ["same", "first"], ["sane"]),
        # The token of this step, the end behind the last of them, or the beginning again.
        node("ReduceMax", ["encoder_hidden_states"], ["loudest"], keepdims=0),
        node("Greater", ["loudest", "half"], ["loud"]),
        node("Mod", ["step", "count"], ["turn"]),
        node("Min", ["step", "count"], ["capped"]),
        node("Where", ["loud", "turn", "capped"], ["index"]),
        node("Gather", ["tokens", "index"], ["good"]),
        node("Where", ["sane", "good", "zero"], ["token"]),
        node("OneHot", ["token", "depth", "values"], ["scores"], axis=-1),
        node("Unsqueeze", ["scores", "zero"], ["logits"]),
        node("Add", ["step", "one"], ["length"]),
        node("Where", ["use_cache_branch", "zero", "vectors"], ["told"]),
        node("Concat", ["heads", "length", "width"], ["decoder_shape"], axis=0),
        node("Concat", ["heads", "told", "width"], ["encoder_shape"], axis=0),
    ]
    nodes += [node("Expand", ["nothing", kind.split(".")[0] + "_shape"], [f"present.0.{kind}"]) for kind in kinds]
    write(
        "moonshine-tiny/decoder_model_merged.onnx",
        "decoder",
        nodes,
        [
            info("input_ids", INT64, ["batch", "tokens"]),
            info("encoder_hidden_states", FLOAT, ["batch", "vectors", 1]),
            *[info(f"past_key_values.0.{kind}", FLOAT, ["past", HEADS, f"{kind} length", WIDTH]) for kind in kinds],
            info("use_cache_branch", BOOL, [1]),
        ],
        [
            info("logits", FLOAT, ["batch", "tokens", len(PIECES)]),
            *[info(f"present.0.{kind}", FLOAT, ["batch", HEADS, f"{kind} length now", WIDTH]) for kind in kinds],
        ],
        [
            constant("zero", INT64, [1], [0]),
            constant("one", INT64, [1], [1]),
            constant("count", INT64, [1], [len(TOKENS)]),
            constant("tokens", INT64, [len(TOKENS) + 1], [*TOKENS, END]),
            constant("depth", INT64, [1], [len(PIECES)]),
            constant("values", FLOAT, [2], [0.0, 1.0]),
            constant("half", FLOAT, [], [0.5]),
            constant("nothing", FLOAT, [1], [0.0]),
            constant("heads", INT64, [2], [1, HEADS]),
            constant("width", INT64, [1], [WIDTH]),
        ],
    )


def vocabulary():
    text = base64.b64encode("\n".join(PIECES).encode()).decode()
    with open("moonshine-tiny/llama-tokenizer.js", "w", encoding="utf-8") as script:
        script.write(f'const llama_vocab_base64 = "{text}"\n')


encoder()
decoder()
vocabulary()
