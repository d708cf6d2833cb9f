package dev.standstill.agent;

import java.lang.instrument.ClassFileTransformer;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites classes while they are loaded or retransformed, as the tables {@link Rewrites}, {@link
 * Clocks} and {@link CurrentThread} say. It loads no class of the application and resolves none.
 * Safe for any thread.
 */
final class Transformer implements ClassFileTransformer {

  private final Consumer<String> problems;
  private final BooleanSupplier loops;
  private final SeededProgram seeded;
  private final Supplier<@Nullable Set<String>> socketCalls;

  /**
   * @param problems is told, as sentences, what could not be rewritten
   * @param loops whether there was ever a loop in virtual time; as long as there was none, class
   *     initialisers are left alone, which saves time while the JVM starts
   * @param seeded what is changed for seeds
   * @param socketCalls the calls of natives that loops answer; null as long as none does
   */
  Transformer(
      Consumer<String> problems,
      BooleanSupplier loops,
      SeededProgram seeded,
      Supplier<@Nullable Set<String>> socketCalls) {
    this.problems = problems;
    this.loops = loops;
    this.seeded = seeded;
    this.socketCalls = socketCalls;
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
    byte[] linked = linkSockets(loader, name, original);
    byte[] rewrittenCalls = rewrite(loader, name, linked == null ? original : linked);
    byte[] redirected = rewrittenCalls == null ? linked : rewrittenCalls;
    byte[] pointed =
        seeded.change(loader, name, domain, redirected == null ? original : redirected);
    byte[] rewritten = pointed == null ? redirected : pointed;
    byte[] latest = rewritten == null ? original : rewritten;
    byte[] wrapped =
        loops.getAsBoolean() && ClassInitializers.areMentioned(latest)
            ? ClassInitializers.wrap(loader, name, isOfProgram(loader, domain), latest)
            : null;
    return wrapped == null ? rewritten : wrapped;
  }

  private byte @Nullable [] linkSockets(
      @Nullable ClassLoader loader, String type, byte[] original) {
    if (loader != null || !SocketCallRewrites.concern(type)) {
      return null;
    }
    Set<String> calls = socketCalls.get();
    if (calls == null) {
      return null;
    }
    try {
      return SocketCallRewrites.link(calls, original);
    } catch (RuntimeException | LinkageError e) {
      problems.accept(sentence(type.replace('/', '.') + " cannot be rewritten (" + e + ")"));
      return null;
    }
  }

  /** What is in a jar is a library. */
  private static boolean isOfProgram(
      @Nullable ClassLoader loader, @Nullable ProtectionDomain domain) {
    CodeSource source = domain == null ? null : domain.getCodeSource();
    URL location = source == null ? null : source.getLocation();
    return loader != null && (location == null || !location.getPath().endsWith(".jar"));
  }

  private byte @Nullable [] rewrite(@Nullable ClassLoader loader, String type, byte[] original) {
    List<MethodRewrite> optional = Rewrites.optionalOf(type);
    if (!optional.isEmpty()) {
      return rewriteIfPossible(null, original, optional);
    }
    List<MethodRewrite> ofLibrary = loader == null ? List.of() : LibraryRewrites.of(type);
    if (!ofLibrary.isEmpty()) {
      byte[] rewritten = rewriteIfPossible(loader, original, ofLibrary);
      byte[] redirected = redirect(type, false, rewritten == null ? original : rewritten);
      return redirected == null ? rewritten : redirected;
    }
    List<MethodRewrite> rows = loader == null ? Rewrites.of(type) : List.of();
    if (rows.isEmpty()) {
      return redirect(type, loader == null, original);
    }
    byte[] rewritten = rewrite(type, original, rows);
    byte[] redirected = rewritten == null ? null : redirect(type, true, rewritten);
    return redirected == null ? rewritten : redirected;
  }

  private byte @Nullable [] redirect(String type, boolean inJdk, byte[] original) {
    byte[] clocks = redirectClocks(type, original);
    byte[] threads = redirectCurrentThread(type, inJdk, clocks == null ? original : clocks);
    return threads == null ? clocks : threads;
  }

  private byte @Nullable [] rewrite(String type, byte[] original, List<MethodRewrite> rows) {
    try {
      ClassRewrite rewrite = new ClassRewrite(original, rows);
      byte[] rewritten = rewrite.apply();
      for (MethodRewrite row : rewrite.missing()) {
        problems.accept(sentence(row.missing()));
      }
      return rewritten;
    } catch (RuntimeException e) {
      problems.accept(sentence(type.replace('/', '.') + " cannot be rewritten (" + e + ")"));
      return null;
    }
  }

  /** Loops can do without what is missing there. */
  private static byte @Nullable [] rewriteIfPossible(
      @Nullable ClassLoader loader, byte[] original, List<MethodRewrite> rows) {
    try {
      return new ClassRewrite(ClassInitializers.classFileOf(loader), original, rows).apply();
    } catch (RuntimeException e) {
      return null;
    }
  }

  private byte @Nullable [] redirectClocks(String type, byte[] original) {
    if (!Clocks.areMentioned(original) || Clocks.isRealTime(type)) {
      return null;
    }
    try {
      return Clocks.redirect(type, original);
    } catch (IllegalStateException e) {
      problems.accept(tooLarge(type, "read the real clocks", e));
      return null;
    }
  }

  private byte @Nullable [] redirectCurrentThread(String type, boolean inJdk, byte[] original) {
    if (!CurrentThread.isRedirected(type, inJdk) || !CurrentThread.isMentioned(original)) {
      return null;
    }
    try {
      return CurrentThread.redirect(inJdk, original);
    } catch (IllegalStateException e) {
      problems.accept(tooLarge(type, "see the virtual threads below its own", e));
      return null;
    }
  }

  private static String tooLarge(String type, String what, IllegalStateException e) {
    return "%s would %s, because %s: make the class smaller."
        .formatted(type.replace('/', '.'), what, e.getMessage());
  }

  /** Says which JDK lacks what, and what to do about it. */
  static String sentence(String lack) {
    return "On JDK %s, %s. Run on JDK 25.0.3, for which the agent was written, or use a newer Standstill."
        .formatted(Runtime.version(), lack);
  }
}
