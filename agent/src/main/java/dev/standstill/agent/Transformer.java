package dev.standstill.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites classes while they are loaded or retransformed, as the tables {@link Rewrites} and
 * {@link Clocks} say. It loads no class of the application and resolves none. Safe for any thread.
 */
final class Transformer implements ClassFileTransformer {

  private final Consumer<String> problems;

  /** Makes a transformer that tells {@code problems}, as sentences, what it could not rewrite. */
  Transformer(Consumer<String> problems) {
    this.problems = problems;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String type,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] original) {
    String name = type == null ? "" : type;
    boolean inTable = loader == null && Rewrites.types().contains(name);
    byte[] rewritten = inTable ? rewrite(name, original) : null;
    byte[] redirected = redirect(name, rewritten == null ? original : rewritten);
    return redirected == null ? rewritten : redirected;
  }

  private byte @Nullable [] rewrite(String type, byte[] original) {
    try {
      return Rewrites.apply(type, original, row -> problems.accept(sentence(row.missing())));
    } catch (RuntimeException e) {
      problems.accept(sentence(type.replace('/', '.') + " cannot be rewritten (" + e + ")"));
      return null;
    }
  }

  private byte @Nullable [] redirect(String type, byte[] original) {
    if (!Clocks.areMentioned(original) || Clocks.isRealTime(type)) {
      return null;
    }
    try {
      return Clocks.redirect(original);
    } catch (IllegalStateException e) {
      problems.accept(
          sentence(type.replace('/', '.') + " would read the real clocks: " + e.getMessage()));
      return null;
    }
  }

  /** Says which JDK it is and what to do about it. */
  static String sentence(String lack) {
    return "On JDK %s, %s. Run on JDK 25.0.3, for which it was written, or use a newer Standstill."
        .formatted(Runtime.version(), lack);
  }
}
