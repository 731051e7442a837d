package io.swarmpilot.scheduler.prefix;

import com.google.common.primitives.ImmutableLongArray;

/// A prompt as hashes of its leading blocks. Each hash stands for everything up to the end of its
/// block: the first n hashes of two prompts are equal exactly when their first n blocks are, but
/// for chance.
///
/// A block is 2,048 bytes of UTF-8, about 512 tokens, ended by the character that completes it:
/// bytes follow tokens in every script better than characters do. Smaller blocks would find little
/// more, for more work: prompts that share anything mostly share a system prompt or a conversation.
/// What does not fill a block has no hash, as engines cache only full blocks, and what lies beyond
/// 64 blocks, about 32,000 tokens, is not looked at.
public final class PromptBlocks {
  /// Tokens of a block, about.
  public static final int TOKENS = 512;

  /// Most blocks of a prompt.
  public static final int MOST = 64;

  /// Bytes of a block, in UTF-8.
  public static final int BYTES = 4 * TOKENS;

  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private PromptBlocks() {}

  /// The hashes of a prompt, the first block first; empty for one shorter than a block.
  public static ImmutableLongArray of(CharSequence prompt) {
    ImmutableLongArray.Builder hashes = ImmutableLongArray.builder();
    long hash = FNV_BASIS;
    int bytes = 0;
    int blocks = 0;
    for (int i = 0; i < prompt.length() && blocks < MOST; i++) {
      char c = prompt.charAt(i);
      hash = (hash ^ c) * FNV_PRIME;
      bytes += bytesOf(c);
      if (bytes >= BYTES) {
        hashes.add(Mixing.of(hash));
        bytes = 0;
        blocks++;
      }
    }
    return hashes.build();
  }

  /// Half of a surrogate pair has half of its four bytes.
  private static int bytesOf(char c) {
    if (c < 0x80) {
      return 1;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }
}
