package dev.standstill.notebook.jjava;

import dev.standstill.notebook.TestRun;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * Teaches a kernel that is built on JJava's protocol, ours and JJava itself, to show runs of tests.
 * Such kernels find it through {@code ServiceLoader}.
 */
public final class Rendering implements Extension {

  /** Called by {@code ServiceLoader}. */
  public Rendering() {}

  @Override
  public void install(BaseKernel kernel) {
    kernel
        .getRenderer()
        .createRegistration(TestRun.class)
        .preferring(MIMEType.TEXT_HTML)
        .register(
            (run, context) -> context.renderIfRequested(MIMEType.TEXT_HTML, () -> run.toHtml()));
  }
}
