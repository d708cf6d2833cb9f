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
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
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
  private final CellOutput output = new CellOutput();
  private final CellHistory history;

  JavaKernel() {
    this(new CellHistory());
  }

  private JavaKernel(CellHistory history) {
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
        history,
        new JupyterIO(StandardCharsets.UTF_8),
        new CommManager(),
        new Renderer(),
        null,
        new MagicsRegistry(),
        true,
        new StringStyler.Builder().build());
    this.history = history;
    output.start();
  }

  @Override
  protected synchronized void handleExecuteRequest(
      ShellReplyEnvironment environment, Message<ExecuteRequest> message) {
    ExecuteRequest request = message.getContent();
    if (request.shouldStoreHistory() && !request.isSilent()) {
      history.add(executionCount.get(), request.getCode());
    }
    super.handleExecuteRequest(environment, message);
  }

  /** Not put back when the cell ends: tasks that live on show what they print below it. */
  @Override
  protected void replaceOutputStreams(ShellReplyEnvironment cell) {
    output.begin(piece -> publish(piece, cell));
    System.setOut(output.out());
    System.setErr(output.err());
    System.setIn(io.in);
  }

  /** Past the environment's own methods, which any other thread would confuse. */
  private static void publish(CellOutput.Piece piece, ShellReplyEnvironment cell) {
    StreamType stream = piece.kind() == CellOutput.Kind.OUT ? StreamType.OUT : StreamType.ERR;
    PublishStream text = new PublishStream(stream, piece.text());
    cell.getIopub().sendMessage(new Message<>(cell.getContext(), text.getType(), text));
  }

  /** What was printed comes before the value, or before the error. */
  @Override
  public @Nullable DisplayData eval(String source) {
    try {
      return super.eval(source);
    } finally {
      output.show();
    }
  }

  @Override
  public void display(DisplayData data) {
    output.show();
    super.display(data);
  }

  @Override
  public @Nullable Object evalRaw(String source) {
    Object value = onCellsThread(() -> cells.run(source));
    return value != null && value.getClass().isArray()
        ? new DisplayData(CellExecution.textOf(value))
        : value;
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
    String description = onCellsThread(() -> cells.describe(code, at, extraDetail));
    return description.isEmpty() ? null : new DisplayData(description);
  }

  @Override
  public @Nullable ReplacementOptions complete(String code, int at) {
    ReplacementOptions ofCommand = LineCommands.complete(code, at);
    if (ofCommand != null) {
      return ofCommand;
    }
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
    CompletionInfo info =
        onCellsThread(() -> cells.analysis().analyzeCompletion(LineCommands.without(code)));
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
