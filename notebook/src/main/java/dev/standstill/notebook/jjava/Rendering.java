package dev.standstill.notebook.jjava;

import dev.standstill.notebook.LoopTasks;
import dev.standstill.notebook.TestRun;
import java.util.function.Function;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * Teaches a kernel that is built on JJava's protocol, ours and JJava itself, to show runs of tests
 * and tasks. Such kernels find it through {@code ServiceLoader}.
 */
public final class Rendering implements Extension {

  /** Called by {@code ServiceLoader}. */
  public Rendering() {}

  @Override
  public void install(BaseKernel kernel) {
    show(TestRun.class, TestRun::toHtml, kernel);
    show(LoopTasks.class, LoopTasks::toHtml, kernel);
  }

  private static <T> void show(Class<T> type, Function<T, String> toHtml, BaseKernel kernel) {
    kernel
        .getRenderer()
        .createRegistration(type)
        .preferring(MIMEType.TEXT_HTML)
        .register((value, context) ->
            context.renderIfRequested(MIMEType.TEXT_HTML, () -> toHtml.apply(value)));
  }
}
