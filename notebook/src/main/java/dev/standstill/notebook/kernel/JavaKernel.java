package dev.standstill.notebook.kernel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.jspecify.annotations.Nullable;

/**
 * Answers the front end. Each channel of the protocol has a thread of its own that calls here; all
 * code of cells runs on one thread, {@code cells}, so that an interrupt can come meanwhile and can
 * hit nothing else.
 */
final class JavaKernel extends BaseKernel {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("cells").factory());

  private final Cells cells = onCellsThread(Cells::new);

  JavaKernel() {
    super(
        "standstill",
        "1",
        new LanguageInfo.Builder("java")
            .version(Runtime.version().toString())
            .mimetype("text/x-java-source")
            .fileExtension(".java")
            .pygments("java")
            .codemirror("text/x-java")
            .build(),
        List.of(),
        null,
        new JupyterIO(StandardCharsets.UTF_8),
        new CommManager(),
        new Renderer(),
        null,
        new MagicsRegistry(),
        true,
        new StringStyler.Builder().build());
  }

  @Override
  public @Nullable Object evalRaw(String source) {
    return onCellsThread(() -> cells.run(source));
  }

  @Override
  public void interrupt() {
    cells.interrupt();
  }

  @Override
  public List<String> formatError(Throwable failure) {
    return failure instanceof CellException cell
        ? cell.report().lines().toList()
        : super.formatError(failure);
  }

  @Override
  public @Nullable DisplayData inspect(String code, int at, boolean extraDetail) {
    List<String> documentation =
        onCellsThread(() ->
            cells.analysis().documentation(code, at, extraDetail).stream()
                .map(found -> found.signature() + (extraDetail ? "\n" + found.javadoc() : ""))
                .toList());
    return documentation.isEmpty() ? null : new DisplayData(String.join("\n", documentation));
  }

  @Override
  public @Nullable ReplacementOptions complete(String code, int at) {
    int[] start = {at};
    List<String> suggestions =
        onCellsThread(() ->
            cells.analysis().completionSuggestions(code, at, start).stream()
                .map(Suggestion::continuation)
                .distinct()
                .toList());
    return suggestions.isEmpty() ? null : new ReplacementOptions(suggestions, start[0], at);
  }

  @Override
  public String isComplete(String code) {
    CompletionInfo info = onCellsThread(() -> cells.analysis().analyzeCompletion(code));
    return switch (info.completeness()) {
      case COMPLETE, COMPLETE_WITH_SEMI, CONSIDERED_INCOMPLETE, EMPTY -> IS_COMPLETE_YES;
      case DEFINITELY_INCOMPLETE -> "";
      case UNKNOWN -> IS_COMPLETE_BAD;
    };
  }

  private <V extends @Nullable Object> V onCellsThread(Callable<V> call) {
    CompletableFuture<V> answer = new CompletableFuture<>();
    thread.execute(() -> {
      try {
        answer.complete(call.call());
      } catch (Throwable failure) {
        answer.completeExceptionally(failure);
      }
    });
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw JavaKernel.<RuntimeException>unchecked(e.getCause());
    }
  }

  /** The protocol's base declares no exceptions and yet takes them all. */
  @SuppressWarnings("unchecked")
  private static <X extends Throwable> X unchecked(@Nullable Throwable failure) throws X {
    throw (X) failure;
  }
}
